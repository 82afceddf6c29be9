"""Is a dead statement told with its reason, and left to the rule that knows more?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.trust.asking import OWN, VENDOR, findings, trust

ROLE = "arn:aws:iam::111122223333:role/deploy"
SERVICE = {"Service": "ec2.amazonaws.com"}


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (trust(SERVICE, {"StringEquals": {"aws:username": "jane"}}), "`aws:username` is never there for service `ec2.amazonaws.com`"),
        (trust(ROLE, {"Null": {"aws:PrincipalArn": "true"}}), "`aws:PrincipalArn` is always there for role `deploy`"),
        (trust(ROLE, {"StringEquals": {"aws:PrincipalType": "User"}}), "`aws:PrincipalType` never has such a value for role `deploy`"),
        (
            trust(OWN, {"StringEquals": {"aws:PrincipalType": "User"}, "Null": {"aws:username": "true"}}),
            "the condition on `aws:PrincipalType` contradicts the others",
        ),
        (trust({"CanonicalUser": "a" * 64}), f"`{'a' * 64}` can call none of its actions"),
        (trust({"AWS": []}), "it is about nobody"),
        (trust({"Federated": "*"}), "`*` stands for identity providers, which can call none of its actions"),
        (
            trust({"Federated": ["*"]}, {"StringEquals": {"sts:ExternalId": "7f4c2a9e-51d3"}}, "sts:AssumeRoleWithSAML"),
            "`sts:ExternalId` is never there for any identity provider (`*`)",
        ),
    ],
)
def test_the_reason_is_told(statement: dict[str, Any], why: str) -> None:
    [finding] = findings("trust-dead-statement", statement, alone=True)
    assert finding.message == f"the statement can never match: {why}"


@pytest.mark.parametrize(
    "statement",
    [
        trust(SERVICE, {"StringEquals": {"sts:ExternalId": "7f4c2a9e-51d3-4b0e-9a6d-2f8c1e0b7d35"}}),
        trust(SERVICE, {"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
        trust(SERVICE, action="sts:AssumeRoleWithSAML"),
        trust("AROAEXAMPLE1234567890"),
        trust(VENDOR, {"StringEquals": {"aws:PrincipalOrgID": "o-*"}}),
        trust(OWN, action="s3:GetObject"),
    ],
)
def test_a_rule_that_knows_more_speaks_instead(statement: dict[str, Any]) -> None:
    assert findings("trust-dead-statement", statement, alone=True)
    assert findings("trust-dead-statement", statement) == []
    assert findings("trust-no-usable-principal", statement) == []


@pytest.mark.parametrize(
    "statement",
    [
        trust("${var.principal}", {"StringEquals": {"aws:PrincipalType": "User"}}),
        trust(ROLE, {"ArnEquals": {"aws:PrincipalArn": "${var.role}"}}),
        trust(ROLE, {"Null": {"aws:PrincipalArn": "${var.absent}"}}),
        trust(ROLE, {"StringEquals": {"aws:username": "${var.x}"}}, effect="Deny"),
        trust(OWN, action="${var.action}"),
        trust(ROLE, {"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}),
    ],
)
def test_what_is_open_or_a_matter_of_time_is_not_dead(statement: dict[str, Any]) -> None:
    if statement["Effect"] == "Deny":
        statement = {**statement, "Principal": {"AWS": "${var.principal}"}}
    assert findings("trust-dead-statement", statement, alone=True) == []
