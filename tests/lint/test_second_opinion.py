"""Does policyuniverse, an open-source judge of its own making, say of policies what we say: whom they name, and whether strangers get in?

Where it says otherwise, a table tells why we hold ours to be right. An entry that is no longer true fails, so that the tables stay short.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.text.json import read_json
from iamlint.text.source import Source
from tests.lint.opinions import Asked, policies

IF_EXISTS = "it takes `…IfExists` for a limit, and a caller without the key gets in"
ALL_VALUES = "it takes `ForAllValues` for a limit, and a caller without the key gets in"
ONE_OPEN = "it takes one open condition for enough, and the others hold too"
DENIED = "it overlooks the Deny that shuts strangers out"
NETWORK = "it takes an address or a VPC for a caller; whoever is there gets in, with credentials of any account"
UNKNOWN_KEY = "it does not know the key that shuts strangers out"
UNKNOWN_CLAIM = "it takes a provider for one caller, and everybody there gets in by a token"
BY_DESIGN = "an API is public by design: what calls it is asked by its authorizers"
NOBODY = "a provider cannot call `sts:AssumeRole`, so nobody gets in; another rule says that"
OTHER_RULE = "another rule says it: `federated-wildcard`"
OVER = "what was allowed until a day that has passed lets nobody in, and it knows no time"
TIED = "it knows no key that says whose the resource is, to be compared with the caller's"
CRASHES = "it expects a string there, and ends"

# By the card and the digest of its example (what `policies()` calls it), or the path of the fixture: why policyuniverse says otherwise.
OTHERWISE: Mapping[str, str] = {
    "baseline-new-external-access dc85d0": DENIED,
    "public-resource-policy 82821a": TIED,
    "trust-drift 644d77": CRASHES,
    "condition-ifexists-in-allow 09dbd8": IF_EXISTS,
    "federated-wildcard 427a63": OTHER_RULE,
    "federated-wildcard 2a3696": OTHER_RULE,
    "federated-wildcard 94ec2c": OTHER_RULE,
    "federated-wildcard e26e8b": OTHER_RULE,
    "federated-wildcard edaa69": NOBODY,
    "invalid-element de28f4": CRASHES,
    "invalid-principal e6b2e1": CRASHES,
    "oidc-missing-subject 4e9b38": UNKNOWN_CLAIM,
    "oidc-missing-subject ce41f7": UNKNOWN_CLAIM,
    "oidc-missing-subject a57729": UNKNOWN_CLAIM,
    "oidc-missing-subject aa3be6": UNKNOWN_CLAIM,
    "oidc-missing-subject 1d3fb9": UNKNOWN_CLAIM,
    "oidc-unsupported-claim 9b072d": UNKNOWN_CLAIM,
    "public-resource-policy 2ef344": UNKNOWN_KEY,
    "public-resource-policy a49d9b": BY_DESIGN,
    "trust-dead-statement edaa69": NOBODY,
    "trust-org-wide 2cf451": DENIED,
    "trust-org-wide 4daa19": ONE_OPEN,
    "trust-org-wide 71b3b6": ONE_OPEN,
    "trust-public-external-id-only 4228a0": DENIED,
    "trust-public-network-gated 8d447d": NETWORK,
    "trust-public-network-gated 10d84a": NETWORK,
    "trust-public-principal c820b9": IF_EXISTS,
    "trust-public-principal 8a48ed": ALL_VALUES,
    "trust-public-principal 87901a": DENIED,
    "trust-public-principal 00422f": ONE_OPEN,
    "policies/anyone/office-network.json": NETWORK,
    "policies/anyone/organization-for-all-values.json": ALL_VALUES,
    "policies/anyone/organization-if-exists.json": IF_EXISTS,
    "policies/cross-account/organization-by-deny.json": DENIED,
    "policies/cross-account/own-account-by-deny.json": DENIED,
    "policies/federation/github-missing-subject.json": UNKNOWN_CLAIM,
    "policies/federation/gitlab-missing-subject.json": UNKNOWN_CLAIM,
    "quiet/resource/file-system-default.json": UNKNOWN_KEY,
    "quiet/resource/rest-api.json": BY_DESIGN,
    "quiet/trust/organization-one-role.json": ONE_OPEN,
    "condition-window-expired 2ced48": OVER,
    "invalid-arn 1702ad": BY_DESIGN,
    "quiet/resource/bucket-access-points-by-arn.json": UNKNOWN_KEY,
    "quiet/resource/bucket-delegates-to-access-points.json": UNKNOWN_KEY,
    "quiet/resource/bucket-denied-outside-organization.json": DENIED,
    "quiet/resource/file-system-with-tls.json": UNKNOWN_KEY,
    "quiet/resource/rest-api-private.json": DENIED,
    "quiet/trust/organization-and-arn.json": ONE_OPEN,
    "trust-public-network-gated aa5541": NETWORK,
    "trust-public-principal 3bc38c": TIED,
}

# Whom it finds named that we do not, or the other way round.
NAMED_OTHERWISE: Mapping[str, str] = {
    "trust-drift 644d77": CRASHES,
    "invalid-element de28f4": "it keeps a number, which is an account all the same",
    "invalid-principal e528c1": "it keeps a blank that IAM refuses, which we report and read past",
    "invalid-principal 200abd": "it overlooks a kind of principal in the wrong capitals, which we report and read",
    "invalid-principal e6b2e1": CRASHES,
}


def otherwise() -> dict[str, tuple[bool, bool | str]]:
    """What we and it say of each policy of which the two differ."""
    said = {asked.name: (asked.is_public(), asked.is_public_to_policyuniverse()) for asked in policies()}
    return {name: verdicts for name, verdicts in said.items() if verdicts[0] != verdicts[1]}


def test_what_it_says_otherwise_is_listed_and_explained() -> None:
    assert sorted(otherwise()) == sorted(OTHERWISE)


def test_of_most_policies_both_say_the_same() -> None:
    assert len(policies()) > 900
    assert sum(asked.is_public() for asked in policies()) > 30


def test_whom_it_finds_named_otherwise_is_listed_and_explained() -> None:
    differing = [asked.name for asked in policies() if asked.named() != asked.named_to_policyuniverse()]
    assert sorted(differing) == sorted(NAMED_OTHERWISE)


# One statement each, added to a bucket's policy that lets everybody read: what policyuniverse says, and why we say otherwise if we do.
SAME = ""
PRINCIPALS: tuple[tuple[object, bool | str, str], ...] = (
    ("*", True, SAME),
    ({"AWS": ["111122223333", "*"]}, True, SAME),
    ({"AWS": "111122223333"}, False, SAME),
    ({"AWS": "arn:aws:iam::111122223333:role/reader"}, False, SAME),
    ({"AWS": "arn:aws:iam::${var.account}:root"}, False, SAME),
    ({"Service": "cloudfront.amazonaws.com"}, False, SAME),
    ({"Service": "ec2.amazonaws.com.cn"}, False, SAME),
    ({"Service": "*.amazonaws.com"}, False, SAME),
    ({"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, False, SAME),
    ({"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}, False, SAME),
    ({"AWS": "arn:aws:iam::111122223333111122223333:root"}, False, SAME),
    ({"AWS": "arn:aws:iam::1111*:root"}, True, "IAM refuses a wildcard in the account, and so nobody gets in; `invalid-principal` says it"),
    ({"AWS": 111122223333}, "TypeError", CRASHES),
    ({"AWS": {"Id": "111122223333"}}, "TypeError", CRASHES),
)
ORGANIZATION = {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}
CONDITIONS: tuple[tuple[dict[str, object], bool | str, str], ...] = (
    ({"StringEquals": ORGANIZATION}, False, SAME),
    ({"StringEqualsIgnoreCase": ORGANIZATION}, False, SAME),
    ({"StringNotEquals": ORGANIZATION}, True, SAME),
    ({"StringEqualsIfExists": ORGANIZATION}, False, IF_EXISTS),
    ({"ForAllValues:StringEquals": ORGANIZATION}, False, ALL_VALUES),
    ({"StringLike": {"aws:PrincipalOrgID": "*"}}, False, "it takes `*` for no organization, and every organization is meant"),
    ({"StringLike": {"aws:PrincipalOrgID": "o-*"}}, True, SAME),
    ({"StringEquals": {"aws:PrincipalAccount": "111122223333"}}, False, SAME),
    ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}, False, SAME),
    ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/ci"}}, True, SAME),
    ({"StringEquals": {"aws:PrincipalTag/team": "data"}}, True, SAME),
    ({"StringEquals": {"aws:SourceAccount": "111122223333"}}, False, SAME),
    ({"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}, True, UNKNOWN_KEY),
    ({"ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:topic"}}, False, SAME),
    ({"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:topic"}}, True, SAME),
    ({"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::reports"}}, False, SAME),
    ({"ArnLike": {"aws:SourceArn": "*"}, "StringEquals": {"aws:SourceAccount": "111122223333"}}, True, ONE_OPEN),
    ({"StringEquals": {"kms:CallerAccount": "111122223333"}}, False, SAME),
    ({"StringEquals": {"s3:DataAccessPointAccount": "111122223333"}}, True, UNKNOWN_KEY),
    ({"StringEquals": {"aws:SourceVpc": "vpc-0a1b2c3d4e5f67890"}}, False, SAME),
    ({"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d4e5f67890"}}, False, SAME),
    ({"StringEquals": {"aws:VpceAccount": "111122223333"}}, True, UNKNOWN_KEY),
    ({"ArnEquals": {"aws:SourceVpcArn": "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d4e5f67890"}}, True, UNKNOWN_KEY),
    ({"StringLike": {"aws:userid": "AROA1234567890EXAMPLE:*"}}, False, SAME),
    ({"StringEquals": {"aws:userid": "AIDA1234567890EXAMPLE"}}, True, "it takes whoever is named in full for anybody"),
    ({"StringLike": {"aws:userid": "*"}}, False, "it takes `*` for the end of a name, and every name is meant"),
    ({"IpAddress": {"aws:SourceIp": "54.240.143.0/24"}}, False, SAME),
    ({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}, True, SAME),
    (
        {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}},
        False,
        "it looks for `/0` alone, and two halves are everything",
    ),
    ({"Bool": {"aws:SecureTransport": "true"}}, True, SAME),
    ({"StringLike": {"aws:Referer": "https://www.acme.test/*"}}, True, SAME),
    ({"StringEquals": {"aws:PrincipalOrgID": None}}, "AttributeError", CRASHES),
)


def bucket(name: str, **more: object) -> Asked:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports-2026/*", **more}
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    (document,) = find_documents(read_json(Source("policy.json", text.encode())), kind=Kind.RESOURCE, resource_type="AWS::S3::Bucket")
    return Asked(name, text, document)


@pytest.mark.parametrize(("principal", "theirs", "why"), PRINCIPALS)
def test_of_a_principal_both_say_the_same_or_it_is_explained(principal: object, theirs: bool | str, why: str) -> None:
    agree(bucket("principal", Principal=principal), theirs, why)


@pytest.mark.parametrize(("condition", "theirs", "why"), CONDITIONS)
def test_of_a_condition_both_say_the_same_or_it_is_explained(condition: object, theirs: bool | str, why: str) -> None:
    agree(bucket("condition", Condition=condition), theirs, why)


def agree(asked: Asked, theirs: bool | str, why: str) -> None:
    assert asked.is_public_to_policyuniverse() == theirs
    assert (asked.is_public() != theirs) is bool(why)
