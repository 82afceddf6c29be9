"""What do the values of a policy or request mean: numbers, instants, truth values, bytes, address ranges?

Each reader gives None for a text that is not of its type. The types are those of
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
"""

from __future__ import annotations

import re
from functools import lru_cache

from iamlint.policy.operator import Family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction
    from typing import TypeAlias

    Rational: TypeAlias = "int | Fraction"
    Range: TypeAlias = tuple[int, int, int]

# Compiled by `re` when first used: few policies have numbers or dates.
_NUMBER = r"([+-]?)([0-9]+)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?"
_INSTANT = r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?)?"
_LONGEST_NUMBER = 400
_EPOCH_DAY = 719163
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY = 86400


@lru_cache(maxsize=1024)
def number(text: str) -> Rational | None:
    """The number that `text` writes, exact to its last digit."""
    match = re.fullmatch(_NUMBER, text)
    if match is None or len(text) > _LONGEST_NUMBER:
        return None
    sign, whole, decimals, exponent = match[1], match[2], match[3] or "", int(match[4] or 0)
    digits = int(sign + whole + decimals)
    scale = exponent - len(decimals)
    return digits * 10**scale if scale >= 0 else _ratio(digits, 10**-scale)


def is_number(text: str) -> bool:
    """Whether `text` writes a number."""
    return len(text) <= _LONGEST_NUMBER and re.fullmatch(_NUMBER, text) is not None


def _ratio(numerator: int, denominator: int) -> Rational:
    whole, rest = divmod(numerator, denominator)
    if not rest:
        return whole
    from fractions import Fraction

    return Fraction(numerator, denominator)


@lru_cache(maxsize=1024)
def instant(text: str) -> Rational | None:
    """The seconds since 1970 that `text` means: epoch seconds, or ISO 8601 in W3C's profile (UTC unless it has an offset)."""
    match = re.fullmatch(_INSTANT, text)
    if match is None:
        return number(text)
    year, month, day, hour, minute, second, decimals, zone = match.groups()
    days = _days(int(year), int(month), int(day or 1))
    seconds = _seconds(int(hour or 0), int(minute or 0), int(second or 0))
    offset = _offset(zone)
    if days is None or seconds is None or offset is None:
        return None
    whole = days * _DAY + seconds - offset
    return whole + _ratio(int(decimals), 10 ** len(decimals)) if decimals and len(decimals) < _LONGEST_NUMBER else whole


def _days(year: int, month: int, day: int) -> int | None:
    """The days from 1970 to a day of the calendar, counted here because importing it costs more than the rest of a check's dates."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= _MONTHS[month - 1] + (leap and month == 2):
        return None
    past = year - 1
    return past * 365 + past // 4 - past // 100 + past // 400 + sum(_MONTHS[: month - 1]) + (leap and month > 2) + day - _EPOCH_DAY


def _seconds(hour: int, minute: int, second: int) -> int | None:
    return hour * 3600 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else None


def _offset(zone: str | None) -> int | None:
    if zone is None or zone == "Z":
        return 0
    seconds = _seconds(int(zone[1:3]), int(zone[-2:]), 0)
    return None if seconds is None else -seconds if zone[0] == "-" else seconds


def boolean(text: str) -> bool | None:
    """The truth value that `text` writes, in any case."""
    return {"true": True, "false": False}.get(text.lower())


@lru_cache(maxsize=256)
def binary(text: str) -> bytes | None:
    """The bytes that `text` encodes in base64."""
    from binascii import Error, a2b_base64

    try:
        return a2b_base64(text.encode("ascii"), strict_mode=True)
    except (Error, UnicodeEncodeError):
        return None


@lru_cache(maxsize=1024)
def address_range(text: str) -> Range | None:
    """The addresses that `text` spans: IP version, first and last; host bits are ignored, no prefix means one address."""
    from ipaddress import ip_network

    _, slash, prefix = text.partition("/")
    if "%" in text or (slash and not (prefix.isascii() and prefix.isdigit())):
        return None
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return None
    return network.version, int(network.network_address), int(network.broadcast_address)


@lru_cache(maxsize=1024)
def address(text: str) -> Range | None:
    """The single address that `text` writes, as a range of one."""
    return None if "/" in text else address_range(text)


def inside(given: Range, wanted: Range) -> bool:
    """Whether the addresses `given` all lie in `wanted`; an IPv6 address is in no IPv4 range."""
    return given[0] == wanted[0] and wanted[1] <= given[1] and given[2] <= wanted[2]


_READERS: dict[Family, Callable[[str], object | None]] = {
    Family.DATE: instant,
    Family.IP: address_range,
    Family.BOOL: boolean,
    Family.BINARY: binary,
}


def is_of(family: Family, text: str) -> bool:
    """Whether `text` is a value that operators of the family can read."""
    return is_number(text) if family is Family.NUMERIC else _READERS[family](text) is not None
