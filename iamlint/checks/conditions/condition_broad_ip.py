"""Does a range of addresses that should restrict a statement span those of many networks?"""

from __future__ import annotations

from iamlint.access.sets.values import address_range
from iamlint.access.vacuous import whole_families
from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.addresses import privacy
from iamlint.policy.operator import Family
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Statement

# The largest ranges that one owner is likely to have, and that one may have at all, as numbers of addresses.
_LARGE = {4: 1 << 16, 6: 1 << 96}
_HUGE = {4: 1 << 24, 6: 1 << 96}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each range of the internet that is wider than a network of one owner."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.operator.base.family is Family.IP and condition.key.lower() == "aws:sourceip" and _restricts(statement, condition):
                for n, value in enumerate(condition.values):
                    size = _size(value)
                    if size is not None:
                        yield _finding(case, statement, condition, n, size)


def _restricts(statement: Statement, condition: Condition) -> bool:
    """Whether the ranges are who may, and some address is outside: `condition-always-true` tells of those that are all."""
    allows = condition.operator.base.negated is statement.denies
    return allows and not whole_families(condition)


def _size(value: str | Unknown) -> tuple[int, int] | None:
    """The version and the number of addresses, where they are too many."""
    found = address_range(value) if isinstance(value, str) else None
    if found is None or privacy(*found):
        return None
    version, first, last = found
    count = last - first + 1
    return (version, count) if count > _LARGE[version] else None


def _finding(case: Case, statement: Statement, condition: Condition, position: int, size: tuple[int, int]) -> Finding:
    version, count = size
    value = str(condition.values[position])
    return case.finding(
        f"`{value}` spans {_told(version, count)}, far more than one network has",
        Place(condition.value_route(position)),
        label="a wide range",
        severity=Severity.MEDIUM if count > _HUGE[version] else None,
        statement=statement.index,
        subject=value,
        fix=Fix(Safety.MANUAL, "write the ranges that your own network has on the internet"),
    )


def _told(version: int, count: int) -> str:
    return f"{count:,} addresses" if version == 4 else f"2^{count.bit_length() - 1} IPv6 addresses"
