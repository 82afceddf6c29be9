"""May the MFA that a role asks for have been long ago?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthage
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety, Severity
from iamlint.policy.operator import Family
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition

_KEY = "aws:multifactorauthage"
_LONG, _VERY_LONG = 12 * 3600, 7 * 24 * 3600


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Allow that takes an MFA of more than twelve hours ago."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions if statement.effect is Effect.ALLOW else ():
            seconds = _limit(condition)
            if seconds > _LONG:
                yield case.finding(
                    f"MFA may have been {seconds // 3600:,} hours ago",
                    Place(condition.value_route(0)),
                    label="seconds",
                    severity=Severity.LOW if seconds > _VERY_LONG else None,
                    statement=statement.index,
                    subject=condition.key,
                    fix=Fix(Safety.MANUAL, "write `3600`, or as many seconds as a task takes"),
                )


def _limit(condition: Condition) -> int:
    """The most seconds that a condition lets pass; 0 when it says nothing of the kind, or more than one value."""
    base = condition.operator.base
    if condition.key.lower() != _KEY or base.family is not Family.NUMERIC or "LessThan" not in base.name or len(condition.values) != 1:
        return 0
    value = condition.values[0]
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else 0
