"""Does a statement, or a value in one, say nothing that another does not say?"""

from __future__ import annotations

from iamlint.access.subsumed import idle, says_no_more
from iamlint.finding import Fix, Label, Safety
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Patterns, Statement
    from iamlint.text.edit import Change

_CODES = {
    **dict.fromkeys(("Action", "NotAction"), "REDUNDANT_ACTION"),
    **dict.fromkeys(("Resource", "NotResource"), "REDUNDANT_RESOURCE"),
}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such statement, and for each such value of the others."""
    kept: list[Statement] = []
    statements = case.document.policy.statements
    for statement in statements:
        # Of two that say the same, the first stays.
        later = [other for other in statements if other.index > statement.index and not says_no_more(other, statement)]
        other = next((other for other in (*kept, *later) if says_no_more(statement, other)), None)
        if other is not None:
            yield _statement(case, statement, other)
            continue
        kept.append(statement)
        for patterns in (statement.actions, statement.resources):
            if patterns is not None and len(patterns.values) > 1:
                yield from _values(case, statement, patterns)


def _without(case: Case, place: Place) -> tuple[Change, ...]:
    """The change that takes out what is at `place`; none where the text cannot be edited."""
    from iamlint.text.edit import Remove

    return () if case.document.embedded else (Remove(place),)


def _statement(case: Case, statement: Statement, other: Statement) -> Finding:
    changes = _without(case, Place(statement.route))
    return case.finding(
        "the statement says nothing that another does not say",
        Place(statement.route),
        secondary=(Label(Place(other.route), "says the same, or more"),),
        statement=statement.index,
        subject=statement.sid or str(statement.index),
        fix=Fix(Safety.SAFE if changes else Safety.MANUAL, "take the statement out", changes),
        aws_codes=("REDUNDANT_STATEMENT",),
    )


def _values(case: Case, statement: Statement, patterns: Patterns) -> Iterator[Finding]:
    for position, other in idle(patterns):
        value, covering = patterns.values[position], patterns.values[other]
        same = str(value).lower() == str(covering).lower()
        changes = _without(case, Place(patterns.value_route(position)))
        yield case.finding(
            f"`{value}` is there twice" if same else f"`{covering}` covers `{value}`",
            Place(patterns.value_route(position)),
            secondary=(Label(Place(patterns.value_route(other)), "the same" if same else "covers it"),),
            statement=statement.index,
            subject=str(value),
            fix=Fix(Safety.SAFE if changes else Safety.MANUAL, f"take `{value}` out", changes),
            aws_codes=(_CODES[patterns.name],),
        )
