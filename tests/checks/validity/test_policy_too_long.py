"""What counts towards the length of a policy?"""

from __future__ import annotations

import json

import pytest

from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.rulebook.book import load_book
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone
from tests.policy.reading import found

# Kinds of policies whose quota is so large that an example on the card would be pages of text.
QUOTAS = [
    (Kind.IDENTITY, None, 10240, "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
    (Kind.SCP, None, 10240, "POLICY_SIZE_EXCEEDS_SCP_QUOTA"),
    (Kind.RCP, None, 5120, "POLICY_SIZE_EXCEEDS_RCP_QUOTA"),
    (Kind.RESOURCE, "AWS::S3::Bucket", 20480, "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"),
]
CARDS = [card for card in load_book().cards if card.name == "policy-too-long"]


def reported(account: str, roles: int) -> bool:
    principals = [f"arn:aws:iam::{account}:role/number-{number:02}" for number in range(roles)]
    statement = {"Effect": "Allow", "Principal": {"AWS": principals}, "Action": "sts:AssumeRole"}
    documents = found(json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=4), Kind.TRUST)
    return bool(lint(documents, CARDS, Zone(), 0).findings)


def test_every_character_but_blanks_counts() -> None:
    assert not reported("210987654321", 43)
    assert reported("210987654321", 46)


def test_what_the_source_fills_in_may_be_short() -> None:
    assert not reported("${data.aws_caller_identity.current.account_id}", 43)
    assert reported("${data.aws_caller_identity.current.account_id}", 70)


def codes(kind: Kind, resource_type: str | None, length: int) -> list[tuple[str, ...]]:
    """What is said of a policy of this many characters without blanks."""
    statement = {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": ""}
    if kind not in (Kind.RESOURCE, Kind.RCP):
        del statement["Principal"]
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    bare = len(json.dumps(policy, separators=(",", ":")))
    statement["Resource"] = "r" * (length - bare)
    tree = read_json(Source("policy.json", json.dumps(policy).encode()))
    findings = lint(find_documents(tree, kind=kind, resource_type=resource_type), CARDS, Zone(), 0).findings
    return [finding.aws_codes for finding in findings]


@pytest.mark.parametrize(("kind", "resource_type", "quota", "code"), QUOTAS)
def test_one_character_more_than_the_quota_is_too_many(kind: Kind, resource_type: str | None, quota: int, code: str) -> None:
    assert codes(kind, resource_type, quota) == []
    assert codes(kind, resource_type, quota + 1) == [(code,)]
