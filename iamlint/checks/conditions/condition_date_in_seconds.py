"""Is a date written as seconds since 1970?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
"""

from __future__ import annotations

from iamlint.access.sets.values import number
from iamlint.finding import Confidence, Fix, Safety
from iamlint.policy.operator import Family
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

# The key whose own values are seconds.
_IN_SECONDS = "aws:epochtime"
# Less is a time before 1973, and more likely a year or a day.
_LIKELY = 100_000_000
_LAST = 253_402_300_799


def check(case: Case) -> Iterator[Finding]:
    """A finding for each number under an operator for dates."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.operator.base.family is Family.DATE and condition.key.lower() != _IN_SECONDS:
                for position, value in enumerate(condition.values):
                    seconds = number(value) if isinstance(value, str) else None
                    if isinstance(seconds, int) and 0 <= seconds <= _LAST:
                        yield _finding(case, statement, condition, position, seconds)


def _finding(case: Case, statement: Statement, condition: Condition, position: int, seconds: int) -> Finding:
    from iamlint.access.sets.points import moment_text
    from iamlint.text.edit import SetValue

    value, moment, place = str(condition.values[position]), moment_text(seconds), Place(condition.value_route(position))
    likely = seconds >= _LIKELY
    changes = (SetValue(place, moment),) if likely and not case.document.embedded else ()
    return case.finding(
        f"`{value}` is read as seconds since 1970, which is {moment}",
        place,
        confidence=Confidence.HIGH if likely else Confidence.MEDIUM,
        statement=statement.index,
        subject=value,
        fix=Fix(Safety.UNSAFE if changes else Safety.MANUAL, f"write `{moment}`" if likely else "write the whole date", changes),
        aws_codes=("INVALID_DATE_VALUE",),
    )
