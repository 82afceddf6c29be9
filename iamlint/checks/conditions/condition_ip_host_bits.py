"""Does a range of addresses have bits behind its prefix, which IAM ignores?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.sets.values import address, address_range
from iamlint.finding import Fix, Safety
from iamlint.policy.operator import Family
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each range that begins elsewhere than it says."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.operator.base.family is Family.IP:
                for position, value in enumerate(condition.values):
                    network = _network(value) if isinstance(value, str) and "/" in value else None
                    if network is not None:
                        yield _finding(case, statement, condition, position, network)


@lru_cache(maxsize=256)
def _network(text: str) -> str | None:
    """The range as it is read, where the text says another address; None for what is no range."""
    start, _, prefix = text.partition("/")
    found, said = address_range(text), address(start)
    if found is None or said is None or said[1] == found[1]:
        return None
    from ipaddress import IPv4Address, IPv6Address

    version, first, _ = found
    return f"{IPv4Address(first) if version == 4 else IPv6Address(first)}/{prefix}"


def _finding(case: Case, statement: Statement, condition: Condition, position: int, network: str) -> Finding:
    from iamlint.text.edit import SetValue

    place = Place(condition.value_route(position))
    changes = () if case.document.embedded else (SetValue(place, network),)
    return case.finding(
        f"`{condition.values[position]}` is read as `{network}`",
        place,
        label=f"the bits behind the first {network.partition('/')[2]} are ignored",
        statement=statement.index,
        subject=str(condition.values[position]),
        fix=Fix(Safety.SAFE if changes else Safety.MANUAL, f"write `{network}`", changes),
        aws_codes=("IMPROVE_IP_RANGE",),
    )
