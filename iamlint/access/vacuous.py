"""Which conditions look as if they let every value of their key pass?

A look at the text that spares searches: what is found here is still to be asked of the engine.
"""

from __future__ import annotations

from iamlint.access.presence import may_always_be_sent, may_never_be_sent, never_sent
from iamlint.access.together import is_legal
from iamlint.knowledge.keys import value_format
from iamlint.policy.operator import Family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.document import Kind
    from iamlint.policy.statement import Statement

# `arn:aws:iam::*:*` and the like; patterns that say more keep something out.
_LITTLE = 14


def looks_vacuous(condition: Condition, statement: Statement, kind: Kind) -> bool:
    """Whether it is worth asking if `condition` keeps anything out; addresses and times aside."""
    operator = condition.operator
    if operator.is_null:
        return operator.for_all or len(condition.values) > 1
    if operator.base.negated:
        return not any(is_legal(condition, value) for value in condition.values) or never_sent(condition.key, statement, kind)
    loose = operator.if_exists or operator.for_all
    if loose and never_sent(condition.key, statement, kind):
        return True
    return _takes_all(condition, operator.base.family) and (loose or may_always_be_sent(condition.key))


def may_look_vacuous(condition: Condition) -> bool:
    """Whether `looks_vacuous` says so in some statement."""
    operator = condition.operator
    if operator.is_null:
        return operator.for_all or len(condition.values) > 1
    if operator.base.negated:
        return may_never_be_sent(condition.key) or not any(is_legal(condition, value) for value in condition.values)
    loose = operator.if_exists or operator.for_all
    if loose and may_never_be_sent(condition.key):
        return True
    return _takes_all(condition, operator.base.family) and (loose or may_always_be_sent(condition.key))


def _takes_all(condition: Condition, family: Family) -> bool:
    if family is Family.BOOL:
        return len(condition.values) > 1
    if condition.operator.base.positive not in ("StringLike", "ArnLike", "ArnEquals"):
        return False
    # Without a known form, a pattern that asks for any character keeps something out.
    most = _LITTLE if value_format(condition.key) else 0
    return any(isinstance(value, str) and "*" in value and len(value.replace("*", "")) <= most for value in condition.values)


def whole_families(condition: Condition) -> tuple[str, ...]:
    """The families of addresses, `IPv4` and `IPv6`, of which an `IpAddress` condition lets every one pass."""
    if sum(map(_share, condition.values)) < 1:
        return ()
    from iamlint.access.sets.points import address_range
    from iamlint.access.sets.value_sets import IPV6, NO_POINTS, between

    found = NO_POINTS
    for value in condition.values:
        found = found.join(address_range(str(value)))
    families = {"IPv4": between(0, IPV6 - 1), "IPv6": between(IPV6, IPV6 + (1 << 128) - 1)}
    return tuple([name for name, whole in families.items() if whole.meet(found) == whole])


def _share(value: str | Unknown) -> float:
    """How much of the addresses of its family a range has at most."""
    prefix = value.partition("/")[2] if isinstance(value, str) else ""
    return 0.5 ** int(prefix) if prefix.isdecimal() and len(prefix) < 4 else 0.0
