"""Is what a card forbids asked of each statement that lets a subject in?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.lint.run import lint
from iamlint.policy.read import find_documents
from iamlint.rulebook import ask
from iamlint.text.json import read_json
from iamlint.text.source import Source
from tests.checks.trust.asking import CARDS, VENDOR, ZONE, findings, trust

ROLE = "arn:aws:iam::444455556666:role/collector"
USER = "arn:aws:iam::444455556666:user/jane"
ID = {"sts:ExternalId": "7f4c2a9e-51d3-4b0e-9a6d-2f8c1e0b7d35"}
NETWORK = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
ORGANIZATION = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}


@pytest.mark.parametrize(
    ("rule", "one", "other"),
    [
        ("trust-missing-external-id", trust(VENDOR), trust(ROLE)),
        ("trust-external-id-bypassable", trust(VENDOR, {"StringEqualsIfExists": ID}), trust(ROLE, {"ForAllValues:StringEquals": ID})),
        (
            "trust-external-id-wildcard",
            trust(VENDOR, {"StringLike": {"sts:ExternalId": "*"}}),
            trust(ROLE, {"Null": {"sts:ExternalId": "false"}}),
        ),
        ("trust-unknown-account", trust(VENDOR, {"StringEquals": ID}), trust(ROLE, {"StringEquals": ID})),
        ("trust-user-without-mfa", trust(USER), trust(USER, NETWORK)),
        ("trust-public-principal", trust("*"), trust(["*"])),
        ("trust-org-wide", trust("*", ORGANIZATION), trust("*", ORGANIZATION, "sts:*")),
    ],
)
def test_a_mistake_made_in_two_statements_is_two_findings(rule: str, one: dict[str, Any], other: dict[str, Any]) -> None:
    assert [finding.statement for finding in findings(rule, one, other)] == [0, 1]


def test_hundreds_of_accounts_are_asked_about_one_by_one() -> None:
    accounts = [f"{number:012}" for number in range(700_000_000_000, 700_000_000_300)]
    assert [finding.subject for finding in findings("trust-missing-external-id", trust(accounts))] == accounts


def test_more_principals_than_can_be_asked_about_are_said_not_to_be_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "_BOUND", 10)
    accounts = [f"{number:012}" for number in range(700_000_000_000, 700_000_000_005)]
    text = json.dumps({"Version": "2012-10-17", "Statement": [trust(accounts)]})
    [document] = find_documents(read_json(Source("policy.json", text.encode())))
    outcome = lint([document], [card for card in CARDS if card.name == "trust-missing-external-id"], ZONE, 0)
    assert [finding.subject for finding in outcome.findings] == accounts[:3]
    assert ["names 5 principals, which are too many" in failure.message for failure in outcome.failures] == [True]


def test_an_open_statement_does_not_hide_another() -> None:
    statements = trust("*"), trust("*", NETWORK)
    assert [finding.statement for finding in findings("trust-public-principal", *statements)] == [0]
    assert [finding.statement for finding in findings("trust-public-network-gated", *statements)] == [1]


def test_the_witness_names_the_statement_that_is_told() -> None:
    first, second = findings("trust-missing-external-id", trust(VENDOR), trust(ROLE))
    assert [first.primary.place.route[1], second.primary.place.route[1]] == [0, 1]


def test_a_statement_that_asks_for_more_is_not_told() -> None:
    [finding] = findings("trust-external-id-bypassable", trust(VENDOR, {"StringEquals": ID}), trust(ROLE))
    assert finding.statement == 1


def test_what_statements_allow_together_is_one_finding() -> None:
    statements = [
        trust(
            {"Federated": "cognito-identity.amazonaws.com"},
            {
                "StringEquals": {"cognito-identity.amazonaws.com:aud": "us-east-1:12345678-dcba-4321-abcd-123456abcdef"},
                "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": who},
            },
            "sts:AssumeRoleWithWebIdentity",
        )
        for who in ("authenticated", "unauthenticated")
    ]
    assert len(findings("cognito-missing-amr", *statements)) == 1
