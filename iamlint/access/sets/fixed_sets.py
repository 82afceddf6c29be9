"""Which texts and which addresses of a key does a policy fix, as sets that the engine can ask about?"""

from __future__ import annotations

from iamlint.access.sets.glob import exact, ignoring_case, wildcard
from iamlint.access.sets.value_sets import NO_POINTS, PointSet, TextSet
from iamlint.policy.fixed import PATTERNS, conditions_on, is_fixed
from iamlint.policy.operator import Family
from iamlint.policy.pattern import with_wildcards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.sets.glob import Glob
    from iamlint.policy.statement import Policy

# A range of more addresses than these (/8, IPv6: /32) is nobody's:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
_WIDEST = {4: 1 << 24, 6: 1 << 96}


def fixed_texts(policy: Policy, key: str) -> TextSet:
    """The values of `key` that the policy fixes."""
    globs: list[Glob] = []
    for _, condition in conditions_on(policy, key):
        likes = condition.operator.base.positive in PATTERNS
        any_case = condition.operator.base.positive == "StringEqualsIgnoreCase"
        for value in condition.values:
            if isinstance(value, str) and is_fixed(key, value, likes):
                globs.append(wildcard(with_wildcards(value)) if likes else ignoring_case(exact(value)) if any_case else exact(value))
    return TextSet(globs)


def fixed_addresses(policy: Policy, key: str) -> PointSet:
    """The addresses of `key` that the policy fixes: ranges that are not too wide to be anybody's."""
    from iamlint.access.sets.points import address_range
    from iamlint.access.sets.values import address_range as spanned

    found = NO_POINTS
    for _, condition in conditions_on(policy, key):
        if condition.operator.base.family is not Family.IP:
            continue
        for value in condition.values:
            span = spanned(value) if isinstance(value, str) else None
            if span is not None and span[2] - span[1] < _WIDEST[span[0]]:
                found = found.join(address_range(str(value)))
    return found
