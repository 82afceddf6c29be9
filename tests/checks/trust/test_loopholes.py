"""Is the text that lets a request in found, and mended only where nobody legitimate is shut out?"""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.finding import Safety
from tests.checks.trust.asking import OWN, VENDOR, findings, marked, mended, trust

ID = {"sts:ExternalId": "7f4c2a9e-51d3-4b0e-9a6d-2f8c1e0b7d35"}
MFA = {"aws:MultiFactorAuthPresent": "true"}
NO_MFA = {"aws:MultiFactorAuthPresent": "false"}


def test_another_key_under_the_operator_keeps_it() -> None:
    both = {"StringEqualsIfExists": {**ID, "aws:RequestedRegion": "eu-west-1"}}
    [finding] = findings("trust-external-id-bypassable", trust(VENDOR, both))
    [statement] = mended(finding)
    assert statement["Condition"] == {"StringEqualsIfExists": {"aws:RequestedRegion": "eu-west-1"}, "StringEquals": ID}


def test_what_would_shut_out_an_own_account_is_not_safe() -> None:
    [finding] = findings("trust-external-id-bypassable", trust([VENDOR, OWN], {"StringEqualsIfExists": ID}))
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE


def test_each_account_outside_has_its_finding() -> None:
    found = findings("trust-external-id-bypassable", trust([VENDOR, "777788889999"], {"StringEqualsIfExists": ID}))
    assert [finding.subject for finding in found] == ["444455556666", "777788889999"]


@pytest.mark.parametrize(
    ("statements", "text"),
    [
        ([trust(VENDOR, {"StringEqualsIfExists": ID})], '"StringEqualsIfExists"'),
        ([trust(VENDOR, {"Null": {"sts:ExternalId": "true"}})], '"true"'),
        ([trust(VENDOR, {"StringNotEquals": ID})], '"StringNotEquals"'),
        ([trust(VENDOR, {"StringEquals": ID}), trust(VENDOR)], '"sts:AssumeRole"'),
        ([trust(VENDOR), trust("*", {"ForAnyValue:StringNotEquals": ID}, effect="Deny")], '"ForAnyValue:StringNotEquals"'),
    ],
)
def test_the_text_that_lets_it_is_marked(statements: list[dict[str, Any]], text: str) -> None:
    [finding] = findings("trust-external-id-bypassable", *statements)
    assert marked(finding) == text


def test_a_deny_that_services_would_feel_is_not_mended_safely() -> None:
    service = trust({"Service": "lambda.amazonaws.com"})
    [finding] = findings("trust-mfa-bypassable", trust(OWN), service, trust("*", {"Bool": NO_MFA}, effect="Deny"))
    assert finding.fix is not None
    assert finding.fix.safety is Safety.UNSAFE


def test_a_deny_of_people_is_mended_safely() -> None:
    [finding] = findings("trust-mfa-bypassable", trust(OWN), trust("*", {"Bool": NO_MFA}, effect="Deny"))
    assert mended(finding)[1]["Condition"] == {"BoolIfExists": NO_MFA}


@pytest.mark.parametrize(
    "statements",
    [
        [trust(OWN, {"Bool": MFA})],
        [trust(OWN, {"StringEquals": MFA})],
        [trust(OWN, {"Bool": {"aws:MultiFactorAuthPresent": True}})],
        [
            trust(OWN),
            trust("*", {"Null": {"aws:MultiFactorAuthPresent": "true"}}, effect="Deny"),
            trust("*", {"Bool": NO_MFA}, effect="Deny"),
        ],
    ],
)
def test_mfa_that_is_required_is_not_called_bypassable(statements: list[dict[str, Any]]) -> None:
    assert findings("trust-mfa-bypassable", *statements) == []
