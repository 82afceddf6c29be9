"""Is everything that is wrong with a card noticed?"""

from __future__ import annotations

import re

import pytest

from iamlint.lint.cards import CardResult, try_card
from iamlint.lint.examples import updated
from iamlint.rulebook.book import Book, load_book
from iamlint.rulebook.card import Card
from iamlint.rulebook.page import read_page

# The card of a rule that needs nothing but the grammar; each test changes one thing in it.
CARD = """\
---
name: missing-element
summary: a statement lacks an element
severity: medium
applies-to: any
fix: manual
since: 0.1.0
references: [https://example.com]
from: grammar
---
# missing-element

## What it does

Looks for gaps.

## Why is this bad?

IAM refuses it.

## Example

```json bad kind=trust
{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}}
}
```

```text reports
medium[missing-element]: the statement has no `Action`
 --> policy.json:3:16
  |
3 |   "Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}}
  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: add `Action`: the actions it is about
  = note: confidence high; see `iamlint explain missing-element`
```

```json good kind=trust
{"Version": "2012-10-17", "Statement": []}
```

## How to fix it

Add it.

## When to leave it

Never.
"""
GOOD = '{"Version": "2012-10-17", "Statement": []}'
BAD = CARD[CARD.index("{\n") : CARD.index("\n```\n\n```text")]
REPORTS = CARD[CARD.index("```text reports") : CARD.index("```json good")]
OTHERS = tuple(card for card in load_book().cards if card.name != "missing-element" and card.origin == "grammar")


def tried(text: str = CARD) -> CardResult:
    page = read_page(text, "rules/validity/missing-element.md")
    card = Card(page.front.facts, "validity", page.source)
    return try_card(card, page, Book([card, *OTHERS]))


def complaints(text: str) -> list[str]:
    return [complaint.message for complaint in tried(text).complaints]


def test_a_card_that_holds_has_no_complaints() -> None:
    assert complaints(CARD) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("summary: a statement", "sumary: a\nsummary: a statement", "`sumary` is not known"),
        ("fix: manual", "fix: safe", "`fix` is `safe`, but the examples show `manual`"),
        ("since: 0.1.0\n", "", "`since` is missing"),
        ("references: [https://example.com]\n", "", "`references` is missing"),
        ("from: grammar", "from: grammar\nmay-report: [no-such-rule]", "`may-report` names `no-such-rule`, which is no rule"),
        ("from: grammar", "from: grammar\nyields-to: [no-such-rule]", "`yields-to` names `no-such-rule`, which is no rule"),
        ("from: grammar\n", "", "the card has neither `forbids` nor a check"),
        ("## When to leave it\n\nNever.\n", "", "the section `When to leave it` is missing or empty"),
        ("Looks for gaps.\n", "", "the section `What it does` is missing or empty"),
        (f"```json good kind=trust\n{GOOD}\n```", "", "the card has no good example"),
        (REPORTS, "", "the bad example has no `reports` block"),
        ("has no `Action`", "lacks `Action`", "the `reports` block is not what is reported"),
        (BAD, GOOD, "the bad example is not reported"),
        (GOOD, BAD, "the good example is reported: the statement has no `Action`"),
        (GOOD, GOOD.replace("[]", "[,]"), "the example cannot be read: "),
        (GOOD, "{}", "no policy is found in the example"),
        ("good kind=trust", "good kind=turst", "`turst` is not a kind of policy"),
        ("good kind=trust", "good kind=trust now=tomorrow", "`now=tomorrow` is not a date"),
        ("good kind=trust", "good kind=trust tenant=acme", "`tenant=acme` names no issuer"),
        (
            GOOD,
            GOOD.replace('"Version"', '"Id": "x", "Versions": 1, "Version"'),
            "`unknown-element` speaks on this good example: unknown element `Versions`",
        ),
    ],
)
def test_what_is_wrong_with_a_card_is_told(old: str, new: str, message: str) -> None:
    text = CARD.replace(old, new, 1)
    assert text != CARD
    assert any(told.startswith(message) for told in complaints(text)), complaints(text)


def test_another_rule_may_speak_where_the_card_says_so() -> None:
    text = CARD.replace(GOOD, GOOD.replace('"Version"', '"Versions": 1, "Version"')).replace("fix:", "may-report: [unknown-element]\nfix:")
    assert complaints(text) == []


def test_a_complaint_points_at_its_line() -> None:
    [complaint] = tried(CARD.replace("fix: manual", "fix: none")).complaints
    assert CARD.split("\n")[complaint.line - 1] == "fix: manual"


def test_a_syntax_error_is_told_at_its_line_on_the_card() -> None:
    text = CARD.replace(GOOD, '{\n  "Version": "2012-10-17",\n  "Statement": [,]\n}')
    line = next(complaint.line for complaint in tried(text).complaints if "cannot be read" in complaint.message)
    assert text.split("\n")[line - 1] == '  "Statement": [,]'


def test_a_removed_rule_needs_no_examples() -> None:
    text = re.sub(r"(?s)## What.*", "", CARD).replace("fix:", "status: removed\nfix:")
    assert complaints(text) == []


def test_an_update_changes_the_reports_block_only() -> None:
    stale = CARD.replace("has no `Action`", "lacks `Action`").replace("  = help: add `Action`: the actions it is about\n", "")
    result = tried(stale)
    assert result.stale
    assert updated(result.page, result.trials) == CARD


def test_an_update_writes_a_missing_reports_block() -> None:
    result = tried(CARD.replace(REPORTS, ""))
    assert updated(result.page, result.trials) == CARD


def test_an_update_of_a_card_that_holds_changes_nothing() -> None:
    result = tried()
    assert not result.stale
    assert updated(result.page, result.trials) == CARD


def test_an_update_leaves_a_bad_example_that_is_not_reported_alone() -> None:
    text = CARD.replace(BAD, GOOD)
    result = tried(text)
    assert updated(result.page, result.trials) == text
