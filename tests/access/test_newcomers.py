"""Who from outside gets in by a change?"""

from __future__ import annotations

import pytest

from iamlint.access.change import Change
from iamlint.access.evaluation.eased import kept_out_by
from iamlint.knowledge.names import expand
from iamlint.policy.document import Kind
from tests.access.changes import GITHUB, OTHER, OWN, THIRD, allow, document, github, let_in, names, root

EXTERNAL_ID = {"StringEquals": {"sts:ExternalId": "f5a8c2d0"}}
ORGANIZATION = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
OBJECTS = "arn:aws:s3:::bucket/*"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (allow(root(OWN)), allow(root(OTHER)), [OTHER]),
        (allow(root(OTHER)), allow(root(OWN)), []),
        (allow(root(OTHER), **EXTERNAL_ID), allow(root(OTHER)), [OTHER]),
        (allow(root(OTHER)), allow(root(OTHER), **EXTERNAL_ID), []),
        (allow(root(OTHER), **EXTERNAL_ID), allow(root(OTHER), StringEquals={"sts:ExternalId": "another"}), []),
        (allow(root(OTHER), **EXTERNAL_ID), allow(root(OTHER), StringLike={"sts:ExternalId": "*"}), [OTHER]),
        (allow(root(OTHER), Bool={"aws:MultiFactorAuthPresent": "true"}), allow(root(OTHER)), [OTHER]),
        (allow({"AWS": f"arn:aws:iam::{OTHER}:role/ci"}), allow(root(OTHER)), [OTHER]),
        (allow(root(OTHER)), allow({"AWS": f"arn:aws:iam::{OTHER}:role/ci"}), []),
        (allow(root(OWN)), allow({"AWS": "*"}), ["*"]),
        (allow({"AWS": "*"}), allow(root(OTHER)), []),
        (allow(root(OWN)), allow({"AWS": "*"}, **ORGANIZATION), ["o-a1b2c3d4e5"]),
        (allow(root(OWN)), allow({"AWS": "*"}, StringEquals={"aws:PrincipalAccount": OTHER}), [OTHER]),
        (allow(root(OWN)), allow({"AWS": "*"}, StringEquals={"aws:PrincipalAccount": OWN}), []),
        (allow(root(OWN)), allow({"Service": "lambda.amazonaws.com"}), []),
        (allow(root(OWN)), allow({"Federated": f"arn:aws:iam::{OWN}:saml-provider/Okta"}, "sts:AssumeRoleWithSAML"), []),
    ],
)
def test_a_change_lets_in(before: object, after: object, expected: list[str]) -> None:
    assert names(document(before), document(after)) == expected


def test_who_stays_out_by_a_deny_is_not_let_in() -> None:
    deny = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:*", "Condition": {"StringNotEquals": {"aws:PrincipalAccount": OWN}}}
    assert names(document(allow(root(OWN))), document(allow({"AWS": [OWN, OTHER]}), deny)) == []
    assert names(document(allow({"AWS": [OWN, OTHER]}), deny), document(allow({"AWS": [OWN, OTHER]}))) == [OTHER]


def test_everybody_does_not_hide_an_account_in_another_statement() -> None:
    assert names(document(allow(root(OWN))), document(allow({"AWS": "*"}), allow(root(THIRD)))) == ["*", THIRD]


def test_a_service_is_looked_at_in_every_statement_that_names_it() -> None:
    service, own = {"Service": "codedeploy.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": OWN}}
    assert names(document(allow(service, **own)), document(allow(service, **own))) == []
    assert names(document(allow(service, **own)), document(allow(service, **own), allow(service))) == ["codedeploy.amazonaws.com"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"aws:SourceAccount": OWN}, {"aws:SourceAccount": [OWN, OTHER]}, True),
        ({"aws:SourceAccount": OTHER}, {"aws:SourceAccount": [OTHER, OWN]}, False),
        ({"aws:SourceAccount": OWN}, {"aws:SourceArn": f"arn:aws:cloudtrail:us-east-1:{OTHER}:trail/all"}, True),
        ({"aws:SourceAccount": OWN}, {"aws:SourceAccount": OTHER, "aws:SourceArn": f"arn:aws:cloudtrail:us-east-1:{OTHER}:trail/a"}, True),
        ({"aws:SourceAccount": OWN}, {"aws:SourceAccount": [OWN, OTHER], "aws:SourceArn": f"arn:aws:cloudtrail:*:{OWN}:trail/a"}, False),
        ({"aws:SourceAccount": OWN}, {"aws:SourceAccount": OTHER, "aws:SourceOrgID": "o-a1b2c3d4e5"}, False),
        ({"aws:SourceAccount": OWN}, {"aws:SourceAccount": "${var.partner}"}, False),
    ],
)
def test_a_service_acts_for_an_account_that_is_named(before: dict[str, object], after: dict[str, object], told: bool) -> None:
    service = {"Service": "cloudtrail.amazonaws.com"}
    changed = document(allow(service, StringLike=before)), document(allow(service, StringLike=after))
    assert names(*changed, "o-a1b2c3d4e5") == ([f"cloudtrail.amazonaws.com for {OTHER}"] if told else [])


def test_the_account_that_one_service_acts_for_is_not_that_of_another() -> None:
    own = allow({"Service": "lambda.amazonaws.com"})
    other = allow({"Service": "cloudtrail.amazonaws.com"}, StringEquals={"aws:SourceAccount": OTHER})
    assert names(None, document(own, other)) == [f"cloudtrail.amazonaws.com for {OTHER}"]


def test_one_network_makes_everybody_less_than_everybody() -> None:
    [narrow] = let_in(None, document(allow({"AWS": "*"}, IpAddress={"aws:SourceIp": "198.51.100.0/24"})))
    [wide] = let_in(None, document(allow({"AWS": "*"})))
    assert not narrow.everybody
    assert wide.everybody


def test_an_organization_of_ours_is_not_let_in() -> None:
    before, after = document(allow(root(OWN))), document(allow({"AWS": "*"}, **ORGANIZATION))
    assert names(before, after, "o-a1b2c3d4e5") == []
    assert names(before, document(allow(root(OTHER), **ORGANIZATION)), "o-a1b2c3d4e5") == []


def test_who_was_let_in_before_is_told_as_such() -> None:
    before, after = document(allow(root(OTHER), **EXTERNAL_ID)), document(allow(root(OTHER)))
    [again] = let_in(before, after)
    assert not again.first
    assert kept_out_by(before.policy, again.witness.request) == ("sts:ExternalId",)
    [first] = let_in(None, after)
    assert first.first


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["repo:acme/site:*"], ["repo:acme/site:*"], []),
        (["repo:acme/site:environment:prod"], ["repo:acme/site:*"], ["acme"]),
        (["repo:acme/site:*"], ["repo:acme/site:environment:prod"], []),
        (["repo:acme/site:*"], ["repo:acme/site:*", "repo:other/site:*"], ["other"]),
        (["repo:acme/site:*"], ["repo:acme*"], [f"arn:aws:iam::{OWN}:oidc-provider/{GITHUB}"]),
        (["repo:acme/site:*"], ["repo:${var.org}/site:*"], []),
    ],
)
def test_a_change_lets_in_tokens_of(before: list[str], after: list[str], expected: list[str]) -> None:
    assert names(document(github(*before)), document(github(*after))) == expected


def test_a_tenant_of_ours_is_not_let_in() -> None:
    assert names(None, document(github("repo:acme/site:*")), tenants=("acme",)) == []


def test_the_pods_of_a_cluster_are_ours() -> None:
    host = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
    pods = allow(
        {"Federated": f"arn:aws:iam::{OWN}:oidc-provider/{host}"},
        "sts:AssumeRoleWithWebIdentity",
        StringEquals={f"{host}:sub": "system:serviceaccount:shop:worker", f"{host}:aud": "sts.amazonaws.com"},
    )
    assert names(None, document(pods)) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (allow(root(OWN), "s3:GetObject", OBJECTS), allow("*", "s3:GetObject", OBJECTS), ["*"]),
        (allow(root(OTHER), "s3:GetObject", OBJECTS), allow(root(OTHER), "s3:*", OBJECTS), [OTHER]),
        (allow(root(OTHER), "s3:*", OBJECTS), allow(root(OTHER), "s3:GetObject", OBJECTS), []),
        (allow(root(OWN), "s3:*", OBJECTS), allow("*", "s3:*", OBJECTS, StringEquals={"aws:SourceVpce": "vpce-0123456789abcdef0"}), []),
        (
            allow(root(OWN), "s3:*", OBJECTS),
            allow({"Service": "cloudtrail.amazonaws.com"}, "s3:PutObject", OBJECTS),
            ["cloudtrail.amazonaws.com"],
        ),
        (allow(root(OWN), "kms:*", "*"), allow("*", "kms:*", "*", StringEquals={"kms:CallerAccount": OWN}), []),
        (allow(root(OWN), "sns:*", "*"), allow("*", "sns:Publish", "*", StringEquals={"aws:SourceOwner": OWN}), []),
        (allow(root(OWN), "execute-api:*", "*"), allow("*", "execute-api:Invoke", "*"), []),
        (allow(root(OWN), "execute-api:*", "*"), allow(root(OTHER), "execute-api:Invoke", "*"), [OTHER]),
    ],
)
def test_a_change_opens_a_resource_to(before: object, after: object, expected: list[str]) -> None:
    assert names(document(before, kind=Kind.RESOURCE), document(after, kind=Kind.RESOURCE)) == expected


def test_the_request_is_for_an_action_that_aws_has() -> None:
    before, after = allow(root(OTHER), "sqs:SendMessage", "*"), allow(root(OTHER), "sqs:*", "*")
    [newcomer] = let_in(document(before, kind=Kind.RESOURCE), document(after, kind=Kind.RESOURCE))
    assert newcomer.witness.request.as_written().action in expand("sqs:*")


def test_an_unknown_that_is_the_same_in_both_lets_in_nobody() -> None:
    open_role = allow({"AWS": "arn:aws:iam::${var.partner}:root"}, StringEquals={"sts:ExternalId": "${var.id}"})
    assert names(document(open_role), document(open_role, allow(root(OWN)))) == []


def test_an_unknown_account_may_be_ours_and_an_account_in_an_unknown_organization_too() -> None:
    assert names(None, document(allow({"AWS": ["arn:aws:iam::${var.partner}:root", "${var.role}"]}))) == []
    assert names(None, document(allow(root(OTHER), StringEquals={"aws:PrincipalOrgID": "${var.organization}"}))) == []


def test_an_unknown_external_id_does_not_hide_an_account() -> None:
    after = document(allow(root(OTHER), StringEquals={"sts:ExternalId": "${var.id}"}))
    [newcomer] = let_in(None, after)
    assert Change(after, None).settled.requested(newcomer.witness.request).value("sts:externalid") == "${var.id}"


def test_what_the_base_leaves_open_makes_the_answer_less_sure() -> None:
    before, after = document(allow({"AWS": "arn:aws:iam::${var.partner}:root"})), document(allow(root(OTHER)))
    assert names(before, after) == [OTHER]
    assert not Change(after, before).sure
    assert Change(before, after).sure
