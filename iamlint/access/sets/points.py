"""Which numbers, instants or addresses pass an ordered test?

Numbers, dates and addresses: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
"""

from __future__ import annotations

from iamlint.access.sets.value_sets import IPV6, NO_POINTS, PointSet, above, at, below, between
from iamlint.access.sets.values import address_range as parsed_range
from iamlint.access.sets.values import instant, number
from iamlint.knowledge.keys import key_type
from iamlint.policy.operator import Family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.sets.values import Rational
    from iamlint.policy.operator import Base

_YEAR_10000 = 253_402_300_800


def point_set(base: Base, value: str) -> PointSet:
    """What one value of an ordered operator (read as its positive form) lets pass; nothing when it is not of the operator's type."""
    if base.family is Family.IP:
        return address_range(value)
    found = instant(value) if base.family is Family.DATE else number(value)
    return NO_POINTS if found is None else _compared(base.positive, found)


def _compared(operator: str, value: Rational) -> PointSet:
    if operator.endswith("LessThan"):
        return below(value, inclusive=False)
    if operator.endswith("LessThanEquals"):
        return below(value, inclusive=True)
    if operator.endswith("GreaterThan"):
        return above(value, inclusive=False)
    if operator.endswith("GreaterThanEquals"):
        return above(value, inclusive=True)
    return at(value)


def meaning(key: str, text: str, *, address: bool) -> PointSet:
    """What one value of `key` is as a number, a date or an address; nothing when it is none."""
    if address:
        return address_range(text)
    found = instant(text) if key_type(key) == "Date" else number(text)
    return NO_POINTS if found is None else at(found)


def address_range(text: str) -> PointSet:
    """The addresses of a range in CIDR notation, or of one address."""
    found = parsed_range(text)
    if found is None:
        return NO_POINTS
    return addresses(*found)


def addresses(version: int, first: int, last: int) -> PointSet:
    """The addresses from `first` to `last`."""
    shift = IPV6 if version == 6 else 0
    return between(first + shift, last + shift)


def address_text(number: Rational) -> str:
    """The address that a whole number of the address space stands for."""
    import ipaddress

    assert isinstance(number, int)
    return str(ipaddress.IPv6Address(number - IPV6) if number >= IPV6 else ipaddress.IPv4Address(number))


def number_text(value: Rational) -> str:
    """A number in decimal digits."""
    if isinstance(value, int):
        return str(value)
    from fractions import Fraction

    found = Fraction(value)
    if found.denominator == 1:
        return str(found.numerator)
    from decimal import Decimal

    return format(Decimal(found.numerator) / Decimal(found.denominator), "f")


def moment_text(seconds: Rational) -> str:
    """An instant in ISO 8601, UTC; in seconds since 1970 where the calendar does not reach."""
    if isinstance(seconds, int) and 0 <= seconds < _YEAR_10000:
        from time import gmtime, strftime

        return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(seconds))
    from datetime import UTC, datetime
    from fractions import Fraction

    found = Fraction(seconds)
    try:
        moment = datetime.fromtimestamp(float(found), UTC)
    except (OverflowError, ValueError, OSError):
        return number_text(found)
    return moment.isoformat().replace("+00:00", "Z") if found.denominator in (1, 2, 4, 8) else number_text(found)
