"""Which wildcards in a condition's values does its operator take literally?

Only the `Like` operators and those for ARNs have wildcards:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String.
"""

from __future__ import annotations

from iamlint.policy.pattern import split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.condition import Condition

WITH_WILDCARDS = {
    "StringEquals": "StringLike",
    "StringNotEquals": "StringNotLike",
    "StringEqualsIgnoreCase": "StringLike",
    "StringNotEqualsIgnoreCase": "StringNotLike",
}
"""The operators that compare the whole text, and those that would read the wildcards in it."""

# Their values may really have a `*`: what a caller searches or tags with, and the domains of a certificate
# (https://docs.aws.amazon.com/acm/latest/userguide/acm-conditions.html).
_LITERAL_KEYS = frozenset({"s3:prefix", "s3:delimiter", "acm:domainnames"})


def literal_wildcards(condition: Condition) -> tuple[int, ...]:
    """The positions of the values in which a `*` or `?` was meant as a wildcard and is none."""
    if condition.operator.base.name not in WITH_WILDCARDS:
        return ()
    found = [n for n, value in enumerate(condition.values) if isinstance(value, str) and wildcard_in(value)]
    return tuple(found) if found and not _may_hold_wildcards(condition.key.lower()) else ()


def wildcard_in(value: str) -> str:
    """The first wildcard in `value`, or nothing; those in variables, in `${*}` and in unknown parts are none."""
    if "*" not in value and "?" not in value:
        return ""
    return next((char for part in split(value) if isinstance(part, str) for char in part if char in "*?"), "")


def _may_hold_wildcards(key: str) -> bool:
    return key in _LITERAL_KEYS or key.endswith("tagkeys")
