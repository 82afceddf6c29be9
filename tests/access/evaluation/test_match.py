"""Values by themselves: numbers, instants, addresses, bytes, truth, ARNs."""

from __future__ import annotations

from fractions import Fraction

import pytest

from iamlint.access.evaluation.match import TEXTS, arn_fields
from iamlint.access.evaluation.scope import glob
from iamlint.access.evaluation.typed import TYPED
from iamlint.access.sets.values import address, address_range, binary, boolean, instant, number
from iamlint.policy.operator import BASES, Family

NUMBERS = [
    ("0", 0),
    ("-5", -5),
    ("+5", 5),
    ("007", 7),
    ("1.", 1),
    ("2.50", Fraction(5, 2)),
    ("-0.1", Fraction(-1, 10)),
    ("1e2", 100),
    ("1.5E-1", Fraction(3, 20)),
    ("18446744073709551617", 2**64 + 1),
    ("", None),
    ("-", None),
    (".", None),
    ("1,5", None),
    ("0x10", None),
    (" 1", None),
    ("1\n", None),
    ("NaN", None),
    ("Infinity", None),
    ("1e9999", None),
    ("9" * 5000, None),
    ("١", None),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_a_number_is_read_exactly(text: str, expected: Fraction | int | None) -> None:
    assert number(text) == expected


NEW_YEAR = 1767225600
INSTANTS = [
    ("2026-01-01", NEW_YEAR),
    ("2026-01", NEW_YEAR),
    ("2026-01-01T00:00Z", NEW_YEAR),
    ("2026-01-01T00:00:00Z", NEW_YEAR),
    ("2026-01-01T00:00:00", NEW_YEAR),
    ("2026-01-01T01:30:00+01:30", NEW_YEAR),
    ("2026-01-01T01:30:00+0130", NEW_YEAR),
    ("2025-12-31T19:00:00-05:00", NEW_YEAR),
    ("2026-01-01T00:00:00.25Z", NEW_YEAR + Fraction(1, 4)),
    ("1767225600", NEW_YEAR),
    ("1767225600.5", NEW_YEAR + Fraction(1, 2)),
    ("1970-01-01", 0),
    ("1969-12-31T23:59:59Z", -1),
    ("2024-02-29", 1709164800),
    ("2026", 2026),
    ("2023-02-29", None),
    ("2026-13-01", None),
    ("2026-00-01", None),
    ("0000-01-01", None),
    ("2026-01-01T24:00:00Z", None),
    ("2026-01-01T00:60:00Z", None),
    ("2026-01-01T00:00:60Z", None),
    ("2026-01-01T00Z", None),
    ("2026-01-01T00:00:00+25:00", None),
    ("2026-1-1", None),
    ("01/01/2026", None),
    ("2026-01-01 00:00:00", None),
    ("today", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), INSTANTS)
def test_an_instant_is_a_date_or_epoch_seconds(text: str, expected: Fraction | int | None) -> None:
    assert instant(text) == expected


RANGES = [
    ("203.0.113.5", (4, 0xCB007105, 0xCB007105)),
    ("203.0.113.5/32", (4, 0xCB007105, 0xCB007105)),
    ("203.0.113.5/24", (4, 0xCB007100, 0xCB0071FF)),
    ("0.0.0.0/0", (4, 0, 2**32 - 1)),
    ("::1", (6, 1, 1)),
    ("::/0", (6, 0, 2**128 - 1)),
    ("2001:DB8::/32", (6, 0x20010DB8 << 96, (0x20010DB9 << 96) - 1)),
    ("::ffff:203.0.113.5", (6, 0xFFFFCB007105, 0xFFFFCB007105)),
    ("203.0.113", None),
    ("203.0.113.256", None),
    ("203.0.113.5/33", None),
    ("203.0.113.5/", None),
    ("203.0.113.5/255.0.0.0", None),
    ("203.0.113.5/-1", None),
    ("203.0.113.*", None),
    ("fe80::1%eth0", None),
    ("example.com", None),
    ("3405803781", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_a_range_of_addresses_is_read(text: str, expected: tuple[int, int, int] | None) -> None:
    assert address_range(text) == expected


def test_a_range_is_no_single_address() -> None:
    assert address("203.0.113.0/24") is None
    assert address("203.0.113.1") == address_range("203.0.113.1/32")


@pytest.mark.parametrize(("text", "expected"), [("true", True), ("False", False), ("TRUE", True), ("1", None), ("", None), (" true", None)])
def test_a_truth_value_is_read_in_any_case(text: str, expected: bool | None) -> None:
    assert boolean(text) is expected


@pytest.mark.parametrize(("text", "expected"), [("QQ==", b"A"), ("", b""), ("QQ", None), ("Q Q=", None), ("é", None)])
def test_bytes_are_read_from_base64(text: str, expected: bytes | None) -> None:
    assert binary(text) == expected


def test_the_last_field_of_an_arn_holds_further_colons() -> None:
    assert arn_fields("arn:aws:logs:eu-west-1:1:log-group:a:b") == ("arn", "aws", "logs", "eu-west-1", "1", "log-group:a:b")
    assert arn_fields("arn:aws:logs") is None


def test_every_positive_operator_has_its_test() -> None:
    positive = {base.positive for base in BASES.values() if base.family is not Family.NULL}

    assert positive == {*TEXTS, *TYPED}


def test_a_hostile_pattern_is_matched_in_no_time() -> None:
    assert not glob(("*a" * 200 + "b",))("a" * 20000)
