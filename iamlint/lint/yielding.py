"""Which findings are superfluous because another one says more of the same statement?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from iamlint.finding import Finding
    from iamlint.rulebook.card import Card


def kept(findings: list[Finding], cards: Mapping[str, Card]) -> list[Finding]:
    """The findings of one document without those whose rule yields to that of a finding about the same statement.

    A finding without a statement is about all of them. INVARIANT: one that is itself dropped drops no other, and of rules that yield to
    each other one stays, so nothing disappears without something that stays in its place.
    """
    if not findings or not any(cards[rule].yields_to for rule in {finding.rule for finding in findings} if rule in cards):
        return findings
    staying: dict[str, set[int | None]] = {}
    dropped: set[int] = set()
    for rule in _stronger_first(findings, cards):
        for finding in findings:
            if finding.rule != rule:
                continue
            if any(_same(finding.statement, staying.get(other)) for other in _yields_to(rule, cards) if other != rule):
                dropped.add(id(finding))
            else:
                staying.setdefault(rule, set()).add(finding.statement)
    return [finding for finding in findings if id(finding) not in dropped]


def _same(statement: int | None, statements: set[int | None] | None) -> bool:
    if not statements:
        return False
    return statement is None or statement in statements or None in statements


def _yields_to(rule: str, cards: Mapping[str, Card]) -> tuple[str, ...]:
    return cards[rule].yields_to if rule in cards else ()


def _stronger_first(findings: list[Finding], cards: Mapping[str, Card]) -> list[str]:
    """The rules that found something, each after those that it yields to."""
    present = {finding.rule for finding in findings}
    order: list[str] = []
    visited: set[str] = set()

    def visit(rule: str) -> None:
        if rule in visited:
            return
        visited.add(rule)
        for other in sorted(_yields_to(rule, cards)):
            visit(other)
        order.append(rule)

    for rule in sorted(present):
        visit(rule)
    return [rule for rule in order if rule in present]
