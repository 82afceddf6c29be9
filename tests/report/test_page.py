"""Is a rule's card readable in a terminal, and the list of rules?"""

from __future__ import annotations

import pytest

from iamlint.report.escape import width
from iamlint.report.look import Look
from iamlint.report.page import explain, facts, table
from iamlint.rulebook.book import load_book
from iamlint.rulebook.card import Card
from iamlint.rulebook.page import read_page
from iamlint.rulebook.pages import page_of, read_card_text

BOOK = load_book()
TEXT = """\
---
name: no-stars
summary: a policy has a star
severity: high
applies-to: [trust]
fix: manual
since: 0.1.0
tags: [stars]
maps-to: {cwe: [CWE-1], access-analyzer: [STAR]}
references: [https://example.com/a, https://example.com/b]
---
# no-stars

## What it does

Looks for stars.

## Why is this bad?

A star is everybody.

## Example

```json bad
{"Principal": "*"}
```

```text reports
high[no-stars]: a star
```

```json good
{"Principal": "me"}
```

## How to fix it

Name somebody.

## When to leave it

Never.
"""
EXPLAINED = """\
no-stars                                     high · trust policies · since 0.1.0
A policy has a star

WHAT IT DOES
  Looks for stars.

WHY IS THIS BAD?
  A star is everybody.

EXAMPLE
  {"Principal": "*"}

WHAT IS REPORTED
  high[no-stars]: a star

USE INSTEAD
  {"Principal": "me"}

HOW TO FIX IT
  Name somebody.

WHEN TO LEAVE IT
  Never.

FIX   manual: shown, never applied; it takes something only you know
TAGS  stars, CWE-1
AWS   STAR
SEE   https://example.com/a
      https://example.com/b
"""


def explained(text: str = TEXT, look: Look | None = None) -> str:
    page = read_page(text, "rules/trust/no-stars.md")
    return explain(Card(page.front.facts, "trust", page.source), page, look or Look(80))


def test_a_card_is_rendered_for_reading() -> None:
    assert explained() == EXPLAINED


@pytest.mark.parametrize("card", BOOK.cards, ids=lambda card: card.name)
def test_prose_fits_eighty_columns(card: Card) -> None:
    lines = explain(card, page_of(card), Look(80)).split("\n")
    # Policies are shown as they are written, in examples and in what mends them.
    code = {line.strip() for block in read_card_text(card.source).split("```")[1::2] for line in block.split("\n")}
    assert [line for line in lines if width(line) > 80 and line.strip() not in code and "://" not in line] == []


def test_a_narrow_terminal_puts_the_facts_below_the_name() -> None:
    assert explained(look=Look(40)).split("\n")[:2] == ["no-stars", "high · trust policies · since 0.1.0"]


def test_a_terminal_without_unicode_gets_ascii() -> None:
    assert explained(look=Look(80, unicode=False)).isascii()


def test_colour_is_only_where_it_is_allowed() -> None:
    assert "\x1b[" not in explained()
    assert "\x1b[1m" in explained(look=Look(80, colour=True))


def test_a_hostile_card_cannot_command_the_terminal() -> None:
    text = (
        TEXT.replace("Looks for stars.", "\x1b[2J\u202e").replace("a policy has a star", '"\\e[31m a star"').replace("stars]", '"\\e[0m"]')
    )
    assert not any(character in explained(text) for character in "\x1b\u202e")


def test_sections_that_a_repositorys_card_leaves_out_are_left_out() -> None:
    text = TEXT[: TEXT.index("## What")]
    assert "WHAT IT DOES" not in explained(text)


def test_a_card_that_was_replaced_says_by_what() -> None:
    assert "Use few-stars instead." in explained(TEXT.replace("tags:", "status: deprecated\nreplaced-by: few-stars\ntags:"))


def test_the_table_groups_rules_by_family() -> None:
    lines = table(BOOK.cards, Look(80)).split("\n")
    assert lines[0].split() == ["NAME", "SEVERITY", "FOR", "FIX", "STATUS"]
    assert [line for line in lines[1:-2] if not line.startswith(" ")] == [*BOOK.families]


@pytest.mark.parametrize("columns", [80, 100])
def test_the_table_fits_the_width(columns: int) -> None:
    assert all(width(line) <= columns for line in table(BOOK.cards, Look(columns), BOOK.cards[1:]).split("\n"))


def test_rules_that_do_not_run_are_marked_off() -> None:
    lines = table(BOOK.cards, Look(80), BOOK.cards[1:]).split("\n")
    assert [line.split()[0] for line in lines if line.endswith(" off")] == [BOOK.cards[0].name]
    assert lines[-2] == f"{len(BOOK.cards)} rules, {len(BOOK.cards) - 1} on"


def test_a_rule_is_listed_with_its_facts_for_programs() -> None:
    card = BOOK.known("missing-element")
    listed = facts(card, running=True)
    assert (listed["name"], listed["family"], listed["severity"], listed["status"]) == ("missing-element", "validity", "medium", "stable")
    assert listed["enabled"] is True
