"""Does a condition hold only for requests that carry a key, or also for those that lack it?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.condition import Condition


def requires_key(condition: Condition, key: str) -> bool:
    """Whether `condition` is about `key` and fails without it."""
    if condition.key != key and condition.key.lower() != key.lower():
        return False
    operator = condition.operator
    if operator.is_null:
        return not operator.quantified and condition.values == ("false",)
    if operator.quantified:
        return operator.for_any
    return not (operator.if_exists or operator.base.negated)


def holds_without_key(condition: Condition) -> bool:
    """Whether `condition` is true for a request that lacks its key."""
    operator = condition.operator
    if operator.is_null:
        return not operator.for_any and "true" in condition.values
    if operator.quantified:
        return operator.if_exists or operator.for_all
    return operator.if_exists or operator.base.negated
