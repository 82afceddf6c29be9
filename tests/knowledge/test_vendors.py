"""Whose account is it?"""

from __future__ import annotations

import pytest

from iamlint.knowledge import vendors
from iamlint.knowledge.vendors import vendor_of


@pytest.mark.parametrize(
    ("account", "name", "aws"),
    [
        ("464622532012", "Datadog", False),
        ("754728514883", "New Relic", False),
        ("127311923021", "Elastic Load Balancing logs", True),
        ("113285607260", "CloudTrail", True),
        ("438908802199", "Qualys", False),
    ],
)
def test_a_documented_account_has_an_owner(account: str, name: str, aws: bool) -> None:
    vendor = vendor_of(account)
    assert vendor is not None
    assert (vendor.account, vendor.name, vendor.aws) == (account, name, aws)
    assert vendor.source.startswith("https://")


@pytest.mark.parametrize("account", ["111122223333", "", "Datadog", "46462253201"])
def test_any_other_account_has_none(account: str) -> None:
    assert vendor_of(account) is None


def test_every_id_is_an_account_id() -> None:
    ids = [*vendors._VENDORS, *vendors._ELB_LOGS.split()]
    assert [account for account in ids if len(account) != 12 or not account.isdigit()] == []
    assert len(set(ids)) == len(ids)
