"""Which callers pass a test of numbers on a key that they determine?"""

from __future__ import annotations

import pytest

from iamlint.access.access import Access
from tests.access.build import allow


def account(operator: str, value: str) -> str | None:
    """The account of a caller that a condition on the account, read as a number, lets in; None when there is none."""
    found = Access(allow(Principal={"AWS": "*"}, Condition={operator: {"aws:PrincipalAccount": value}}), None).meets([])
    return None if found is None else found.request.caller.account


@pytest.mark.parametrize("operator", ["NumericEquals", "DateEquals"])
def test_an_account_is_a_number(operator: str) -> None:
    assert account(operator, "111122223333") == "111122223333"


def test_leading_zeros_do_not_count() -> None:
    assert account("NumericLessThan", "1") == "000000000000"


@pytest.mark.parametrize("value", ["111122223333.5", "1e12", "a word"])
def test_no_account_has_a_number_with_decimals_or_more_digits(value: str) -> None:
    assert account("NumericEquals", value) is None


def test_a_range_of_numbers_has_both_ends() -> None:
    block = {"NumericGreaterThan": {"aws:PrincipalAccount": "199999999998"}, "NumericLessThan": {"aws:PrincipalAccount": "200000000000"}}
    found = Access(allow(Principal={"AWS": "*"}, Condition=block), None).meets([])
    assert found is not None
    assert found.request.caller.account == "199999999999"


@pytest.mark.parametrize(("operator", "meets"), [("NumericEquals", False), ("NumericNotEquals", True), ("NotIpAddress", True)])
def test_an_arn_is_never_a_number_or_an_address(operator: str, meets: bool) -> None:
    value = "10.0.0.0/8" if operator == "NotIpAddress" else "7"
    found = Access(allow(Principal={"AWS": "*"}, Condition={operator: {"aws:PrincipalArn": value}}), None).meets([])
    assert (found is not None) == meets
