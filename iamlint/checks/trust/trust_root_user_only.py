"""Is nobody but the root user meant, who cannot assume a role?

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: AssumeRole cannot be called with the credentials of root.
"""

from __future__ import annotations

from iamlint.access.liveness import can_apply
from iamlint.finding import Fix, Label, Safety
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition

_KEY = "aws:principalarn"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Allow that such a condition keeps from ever being used."""
    for statement in case.document.policy.statements:
        if statement.denies:
            continue
        asking = tuple(filter(_asks_for_root, statement.conditions))
        if not asking or can_apply(case.access, statement) or not can_apply(case.access, statement, without=asking):
            continue
        principals = statement.principals
        yield case.finding(
            "only the root user meets the condition, and it can never call `sts:AssumeRole`",
            Place(asking[0].route),
            label="the root user alone",
            secondary=() if principals is None else (Label(Place(principals.route), "trusted"),),
            statement=statement.index,
            subject=asking[0].key,
            fix=Fix(Safety.MANUAL, "take the condition out to trust the whole account, or ask for a role"),
        )


def _asks_for_root(condition: Condition) -> bool:
    values = [value for value in condition.values if isinstance(value, str)]
    if condition.key.lower() != _KEY or condition.operator.base.negated or len(values) < len(condition.values):
        return False
    return bool(values) and all(value.lower().endswith(":root") for value in values)
