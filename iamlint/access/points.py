"""Which numbers, instants or addresses pass an ordered test?

Numbers, dates and addresses: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
"""

from __future__ import annotations

from iamlint.access.sets import NO_POINTS, PointSet, above, at, below, between
from iamlint.access.space import IPV6
from iamlint.access.values import parse_instant, parse_network, parse_number
from iamlint.policy.operator import Family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.operator import Base


def point_set(base: Base, value: str) -> PointSet:
    """What one value of an ordered operator (read as its positive form) lets pass; nothing when it is not of the operator's type."""
    if base.family is Family.IP:
        return address_range(value)
    number = parse_instant(value) if base.family is Family.DATE else parse_number(value)
    return NO_POINTS if number is None else _compared(base.positive, number)


def _compared(operator: str, number: object) -> PointSet:
    if operator.endswith("LessThan"):
        return below(number, inclusive=False)
    if operator.endswith("LessThanEquals"):
        return below(number, inclusive=True)
    if operator.endswith("GreaterThan"):
        return above(number, inclusive=False)
    if operator.endswith("GreaterThanEquals"):
        return above(number, inclusive=True)
    return at(number)


def address_range(text: str) -> PointSet:
    """The addresses of a range in CIDR notation, or of one address."""
    network = parse_network(text)
    if network is None:
        return NO_POINTS
    shift = IPV6 if network.version == 6 else 0
    first = int(network.network_address) + shift
    return between(first, first + network.num_addresses - 1)


def address_text(number: int) -> str:
    """The address that a whole number of the address space stands for."""
    import ipaddress

    return str(ipaddress.IPv6Address(number - IPV6) if number >= IPV6 else ipaddress.IPv4Address(number))


def number_text(number: object) -> str:
    """A number in decimal digits."""
    from fractions import Fraction

    found = Fraction(number)  # type: ignore[arg-type] # points of this space are numbers
    if found.denominator == 1:
        return str(found.numerator)
    from decimal import Decimal

    return format(Decimal(found.numerator) / Decimal(found.denominator), "f")


def moment_text(seconds: object) -> str:
    """An instant in ISO 8601, UTC; in seconds since 1970 where the calendar does not reach."""
    from datetime import UTC, datetime
    from fractions import Fraction

    found = Fraction(seconds)  # type: ignore[arg-type] # points of this space are seconds
    try:
        moment = datetime.fromtimestamp(float(found), UTC)
    except (OverflowError, ValueError, OSError):
        return number_text(found)
    return moment.isoformat().replace("+00:00", "Z") if found.denominator in (1, 2, 4, 8) else number_text(found)
