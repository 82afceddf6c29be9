"""Does a condition on the region name one that AWS cannot have?"""

from __future__ import annotations

from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.regions import partition_of, suggest_region
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Statement

_KEYS = ("aws:requestedregion", "ec2:region")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each value that has not the form of a region."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.key.lower() in _KEYS and condition.operator.base.family is Family.STRING:
                for position, value in enumerate(condition.values):
                    if isinstance(value, str) and _is_none(value):
                        yield _finding(case, statement, condition, position, value)


def _is_none(value: str | Unknown) -> bool:
    """Whether a text can be no region; one that AWS adds later has the form of the others."""
    if not isinstance(value, str) or not value or "*" in value or "?" in value or has_hole(value) or has_variable(value):
        return False
    return partition_of(value.lower()) is None


def _finding(case: Case, statement: Statement, condition: Condition, position: int, value: str) -> Finding:
    meant = suggest_region(value.lower())
    # Where the value is to be left alone, or is all that a Deny is about, nothing is kept out.
    open_door = condition.operator.base.negated is (statement.effect is Effect.ALLOW)
    return case.finding(
        f"`{value}` is no region, so no request is made to it",
        Place(condition.value_route(position)),
        label="never equal",
        severity=Severity.MEDIUM if open_door else None,
        statement=statement.index,
        subject=value,
        fix=Fix(Safety.MANUAL, f"did you mean `{meant}`?" if meant else "write a region, such as `eu-west-1`"),
        aws_codes=("INVALID_REGION",),
    )
