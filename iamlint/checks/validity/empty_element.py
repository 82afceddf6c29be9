"""Does a statement name nobody, no action or no resource at all?

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety, Severity
from iamlint.policy.rewrite import sid_place, value_at
from iamlint.text.tree import Mapping, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each element of a statement that is an empty list, object or name."""
    for statement in case.document.policy.statements:
        for patterns in (statement.actions, statement.resources):
            if patterns is not None and not patterns.values:
                code = "EMPTY_ARRAY_ACTION" if patterns.name.endswith("Action") else "EMPTY_ARRAY_RESOURCE"
                yield _finding(case, statement, Place(patterns.route), patterns.name, code)
        principals = statement.principals
        if principals is not None and not principals.entries:
            yield from _nobody(case, statement)
        if statement.sid == "":
            yield _unnamed(case, statement)


def _nobody(case: Case, statement: Statement) -> Iterator[Finding]:
    assert statement.principals is not None
    value = value_at(case.document.tree.root, statement.principals.route)
    listed = isinstance(value, Mapping) and value.members
    place = Place((*statement.principals.route, 0) if listed else statement.principals.route)
    name = "NotPrincipal" if statement.principals.negated else "Principal"
    yield _finding(case, statement, place, name, "EMPTY_ARRAY_PRINCIPAL" if listed else "EMPTY_OBJECT_PRINCIPAL")


def _unnamed(case: Case, statement: Statement) -> Finding:
    """An empty name does no harm: nobody goes by it."""
    from iamlint.text.edit import Remove

    place = sid_place(case.document.tree, statement)
    whole = case.document.embedded or place.route == statement.route
    fix = Fix(Safety.MANUAL, "take it out") if whole else Fix(Safety.SAFE, "take it out", (Remove(place),))
    return case.finding(
        "`Sid` is empty",
        place,
        severity=Severity.INFO,
        statement=statement.index,
        subject="Sid",
        fix=fix,
        aws_codes=("EMPTY_SID_VALUE",),
    )


def _finding(case: Case, statement: Statement, place: Place, name: str, code: str) -> Finding:
    return case.finding(
        f"`{name}` is empty",
        place,
        statement=statement.index,
        subject=name,
        fix=Fix(Safety.MANUAL, "write what is meant, or take the statement out"),
        aws_codes=(code,),
    )
