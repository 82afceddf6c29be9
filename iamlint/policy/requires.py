"""Does a condition hold only for requests that carry a key, or also for those that lack it?"""

from __future__ import annotations

from iamlint.policy.operator import Family, Quantifier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.condition import Condition


def requires_key(condition: Condition, key: str) -> bool:
    """Whether `condition` is about `key` and fails without it."""
    if condition.key != key and condition.key.lower() != key.lower():
        return False
    operator = condition.operator
    if operator.base.family is Family.NULL:
        return operator.quantifier is Quantifier.NONE and condition.values == ("false",)
    if operator.quantifier is not Quantifier.NONE:
        return operator.quantifier is Quantifier.ANY
    return not (operator.if_exists or operator.base.negated)


def holds_without_key(condition: Condition) -> bool:
    """Whether `condition` is true for a request that lacks its key."""
    operator = condition.operator
    if operator.base.family is Family.NULL:
        return operator.quantifier is not Quantifier.ANY and "true" in condition.values
    if operator.quantifier is not Quantifier.NONE:
        return operator.if_exists or operator.quantifier is Quantifier.ALL
    return operator.if_exists or operator.base.negated
