"""What is said of a source that cannot be read."""

from __future__ import annotations

import pytest

from iamlint.lint.unreadable import unopened, unreadable
from iamlint.report.look import Look
from iamlint.report.outcome import FailureKind, Outcome
from iamlint.report.text import render
from iamlint.rulebook.card import Card
from iamlint.text.json import read_json
from iamlint.text.source import Source, TextError

CARD = Card(
    {"name": "invalid-json", "summary": "s", "severity": "high", "applies-to": "any", "from": "grammar"}, "validity", "invalid-json.md"
)


def outcome_of(data: bytes, *cards: Card) -> Outcome:
    source = Source("a.json", data)
    with pytest.raises(TextError) as error:
        read_json(source)
    return unreadable(source, error.value, cards)


def test_it_is_a_finding_and_never_a_pass() -> None:
    outcome = outcome_of(b'{"Statement": [,]}', CARD)
    assert [finding.rule for finding in outcome.findings] == ["invalid-json"]
    assert [failure.kind for failure in outcome.failures] == [FailureKind.INVALID]
    assert outcome.documents == 1


def test_it_is_incomplete_when_the_rule_is_not_asked() -> None:
    outcome = outcome_of(b'{"Statement": [,]}')
    assert outcome.findings == ()
    assert outcome.incomplete


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"{", b"{'a': 1}", b"\xff\xfe\x00", b"\xef\xbb\xbf{", b'{"a": "\xe9"}', b"[" * 100_000, b'{"a": 1} x', b"\x00"]
)
def test_the_report_shows_where(data: bytes) -> None:
    outcome = outcome_of(data, CARD)
    text = "".join(render(outcome, Look()))
    assert text.startswith("high[invalid-json]: ")
    assert "\n --> a.json:" in text
    assert "^" in text


def test_a_source_that_cannot_be_opened_breaks_the_run() -> None:
    outcome = unopened("gone.json", "no such file", "check the path")
    assert outcome.broken
    assert outcome.documents == 0


def test_outcomes_are_joined_in_the_order_of_their_paths() -> None:
    bad = outcome_of(b"{", CARD)
    joined = unopened("b.json", "no such file").joined(bad)
    assert [failure.path for failure in joined.failures] == ["a.json", "b.json"]
    assert (joined.documents, set(joined.sources), list(joined.cards)) == (1, {"a.json", "b.json"}, ["invalid-json"])
