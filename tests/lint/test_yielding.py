"""Which findings give way."""

from __future__ import annotations

import pytest

from iamlint.finding import Finding
from iamlint.lint.yielding import kept
from iamlint.rulebook.card import Card
from tests.report.sample import document, finding

POLICY = document('{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}')


def cards(**yields: list[str]) -> dict[str, Card]:
    return {name: card(name, to) for name, to in yields.items()}


def card(name: str, yields_to: list[str]) -> Card:
    facts = {"name": name, "summary": "s", "severity": "low", "applies-to": "any"}
    return Card({**facts, "yields-to": [*yields_to]}, "sample", f"{name}.md")


def about(rule: str, statement: int | None = None) -> Finding:
    return finding(POLICY, '"*"', rule=rule, statement=statement)


def left(findings: list[Finding], known: dict[str, Card]) -> list[tuple[str, int | None]]:
    return [(one.rule, one.statement) for one in kept(findings, known)]


@pytest.mark.parametrize(
    ("weak", "strong", "stays"),
    [(0, 0, False), (0, 1, True), (None, 1, False), (1, None, False), (None, None, False)],
)
def test_it_gives_way_to_one_about_the_same_statement_or_where_either_is_about_all(
    weak: int | None, strong: int | None, stays: bool
) -> None:
    found = left([about("weak", weak), about("strong", strong)], cards(weak=["strong"], strong=[]))
    assert (("weak", weak) in found) is stays
    assert ("strong", strong) in found


def test_one_that_gave_way_makes_no_other_give_way() -> None:
    known = cards(a=["b"], b=["c"], c=[])
    assert left([about("a"), about("b"), about("c")], known) == [("a", None), ("c", None)]


def test_of_two_that_give_way_to_each_other_one_stays() -> None:
    assert len(left([about("a"), about("b")], cards(a=["b"], b=["a"]))) == 1


def test_a_rule_does_not_give_way_to_itself() -> None:
    assert len(left([about("a"), about("a")], cards(a=["a"]))) == 2


def test_ten_thousand_findings_are_no_trouble() -> None:
    many = [about(rule, number) for number in range(5_000) for rule in ("a", "b")]
    assert len(left(many, cards(a=["b"], b=[]))) == 5_000
