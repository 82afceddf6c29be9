"""Does a statement, or a value in one, say nothing that another does not say?"""

from __future__ import annotations

from iamlint.access.subsumed import idle, idle_bounds, idle_sessions, says_no_more
from iamlint.finding import Fix, Label, Safety
from iamlint.policy.alternatives import is_there_with
from iamlint.policy.document import Kind
from iamlint.policy.operator import Family
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.document import Document
    from iamlint.policy.principal import Principals
    from iamlint.policy.statement import Patterns, Statement
    from iamlint.text.edit import Change

_CODES = {
    **dict.fromkeys(("Action", "NotAction"), "REDUNDANT_ACTION"),
    **dict.fromkeys(("Resource", "NotResource"), "REDUNDANT_RESOURCE"),
}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such statement, and for each such value of the others."""
    kept: list[Statement] = []
    document = case.document
    statements = document.policy.statements
    for statement in statements:
        # Of two that say the same, the first stays.
        later = [other for other in statements if other.index > statement.index and not _makes_idle(document, other, statement)]
        other = next((other for other in (*kept, *later) if _makes_idle(document, statement, other)), None)
        if other is not None:
            yield _statement(case, statement, other)
            continue
        kept.append(statement)
        yield from _within(case, statement)


def _makes_idle(document: Document, statement: Statement, other: Statement) -> bool:
    """Whether `other` says all that the statement says, and is there wherever that is."""
    return says_no_more(statement, other) and is_there_with(document, other, statement)


def _within(case: Case, statement: Statement) -> Iterator[Finding]:
    """What is idle in a statement that is not."""
    for patterns in (statement.actions, statement.resources):
        if patterns is not None and len(patterns.values) > 1:
            yield from _values(case, statement, patterns)
    for condition in statement.conditions:
        if len(condition.values) > 1:
            yield from _bounds(case, statement, condition)
    if case.document.kind is Kind.TRUST and statement.principals is not None:
        yield from _sessions(case, statement, statement.principals)


def _without(case: Case, place: Place) -> tuple[Change, ...]:
    """The change that takes out what is at `place`; none where the text cannot be edited."""
    from iamlint.text.edit import Remove

    return () if case.document.embedded else (Remove(place),)


def _statement(case: Case, statement: Statement, other: Statement) -> Finding:
    # To take out what a template's condition decides on takes a look at the template.
    changes = _without(case, Place(statement.route)) if is_there_with(case.document, statement, other) else ()
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


def _bounds(case: Case, statement: Statement, condition: Condition) -> Iterator[Finding]:
    """The bounds beside a wider one: a request has to pass one of the values."""
    numeric = condition.operator.base.family is Family.NUMERIC
    for position, other in idle_bounds(condition):
        value, wider = condition.values[position], condition.values[other]
        changes = _without(case, Place(condition.value_route(position)))
        yield case.finding(
            f"`{condition.operator.text}` `{wider}` takes all that `{value}` takes",
            Place(condition.value_route(position)),
            secondary=(Label(Place(condition.value_route(other)), "takes as much, or more"),),
            statement=statement.index,
            subject=str(value),
            fix=Fix(Safety.SAFE if changes else Safety.MANUAL, f"take `{value}` out", changes),
            aws_codes=("REDUNDANT_CONDITION_VALUE_NUM",) if numeric else (),
        )


def _sessions(case: Case, statement: Statement, principals: Principals) -> Iterator[Finding]:
    """The sessions of roles that are named beside them."""
    for session, role in idle_sessions(principals):
        changes = _without(case, Place(session.route))
        yield case.finding(
            f"`{session.text}` is a session of `{role.text}`, which is named too",
            Place(session.route),
            secondary=(Label(Place(role.route), "every session of it"),),
            statement=statement.index,
            subject=session.text,
            # Permissions boundaries bind a session less that is named itself.
            fix=Fix(Safety.UNSAFE if changes else Safety.MANUAL, f"take `{session.text}` out", changes),
            aws_codes=("REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY",),
        )
