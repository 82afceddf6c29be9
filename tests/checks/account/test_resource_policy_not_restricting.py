"""Which policies of a bucket limit who reads it, and which roles and buckets are those that are joined?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.lint.run import lint
from iamlint.policy.document import Document
from iamlint.policy.read import find_documents
from iamlint.rulebook.book import load_book
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone

CARDS = [card for card in load_book().cards if card.name == "resource-policy-not-restricting"]
PARTNER = "arn:aws:iam::444455556666:root"
ROLE = "arn:aws:iam::210987654321:role/Partner"
BUCKET, OBJECTS = "arn:aws:s3:::amber", "arn:aws:s3:::amber/*"
TABLE = "arn:aws:dynamodb:eu-west-1:210987654321:table/amber"


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def role(*own: dict[str, Any], principal: Any = PARTNER, condition: Any = None, arn: str = ROLE, **more: Any) -> dict[str, Any]:
    trust = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole", "Condition": condition or {}}
    inline = [{"PolicyName": "own", "PolicyDocument": policy(*own)}]
    return {"RoleName": "Partner", "Arn": arn, "AssumeRolePolicyDocument": policy(trust), "RolePolicyList": inline, **more}


READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": OBJECTS}
DENY = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": OBJECTS}
TLS = {**DENY, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
PARTNERS = role(READ)


def documents(*files: Any) -> list[Document]:
    texts = [json.dumps(file).encode() for file in files]
    return [found for n, text in enumerate(texts) for found in find_documents(read_json(Source(f"{n}.json", text)))]


def found(*files: Any, zone: Zone | None = None) -> list[str]:
    outcome = lint(documents(*files), CARDS, zone or Zone(), 1767225600)
    assert outcome.failures == ()
    return [finding.message for finding in outcome.findings]


@pytest.mark.parametrize(
    "deny",
    [
        TLS,
        {**DENY, "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "210987654321"}}},
        {**DENY, "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}},
        {**DENY, "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}}},
        {**DENY, "Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}}},
        {**DENY, "Condition": {"StringNotEquals": {"s3:signatureversion": "AWS4-HMAC-SHA256"}}},
        {**DENY, "Action": "s3:PutObject"},
        {**DENY, "Resource": "arn:aws:s3:::amber/secret/*"},
        {**DENY, "Principal": {"AWS": "arn:aws:iam::210987654321:role/Other"}},
        {**DENY, "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::210987654321:role/Other"}},
        {**DENY, "Effect": "Allow", "Principal": {"AWS": "210987654321"}},
    ],
)
def test_what_lets_in_all_roles_of_the_account_is_no_limit(deny: dict[str, Any]) -> None:
    assert len(found(PARTNERS, policy(deny))) == 1


@pytest.mark.parametrize(
    "deny",
    [
        DENY,
        {**DENY, "Condition": {"ArnNotEquals": {"aws:PrincipalArn": ROLE}}},
        {**DENY, "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::210987654321:role/Read*"}}},
        {**DENY, "Principal": {"AWS": ROLE}},
        {"Effect": "Deny", "NotPrincipal": {"AWS": [ROLE, "210987654321"]}, "Action": "s3:*", "Resource": OBJECTS, "Condition": {}},
        {**DENY, "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0c1d2e3f4a5b6c7d8"}}},
        {**DENY, "Condition": {"StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-0c1d2e3f4a5b6c7d8"}}},
        {**DENY, "Condition": {"NotIpAddress": {"aws:SourceIp": "145.14.32.0/24"}}},
        {**DENY, "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "search"}}},
        {**DENY, "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}},
        {**DENY, "Condition": {"StringNotEquals": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"}}},
        {**DENY, "Condition": {"StringNotEquals": {"aws:SourceVpce": "${var.endpoint}"}}},
        {**DENY, "Principal": {"AWS": "${var.roles}"}},
        {**DENY, "Action": "${var.action}"},
        {**DENY, "Effect": "Allow", "Principal": {"AWS": ROLE}},
        {**DENY, "Effect": "Allow", "Principal": "*"},
    ],
)
def test_what_keeps_readers_out_or_names_the_role_is_enough(deny: dict[str, Any]) -> None:
    assert found(PARTNERS, policy(deny)) == []


@pytest.mark.parametrize(
    "other",
    [
        role(READ, principal="arn:aws:iam::210987654321:root"),
        role({**READ, "Resource": "arn:aws:s3:::jade/*"}),
        role({**READ, "Resource": "*"}),
        role({**READ, "Resource": "arn:aws:s3:::am*/*"}),
        role({**READ, "Action": "s3:PutObject"}),
        role({**READ, "Condition": {"IpAddress": {"aws:SourceIp": "145.14.32.0/24"}}}),
        role(READ, {**READ, "Effect": "Deny"}),
        role({"Effect": "Allow", "Action": "*", "Resource": ["*", OBJECTS]}),
        role(READ, PermissionsBoundary={"PermissionsBoundaryArn": "arn:aws:iam::210987654321:policy/limit"}),
        role(READ, AttachedManagedPolicies=[{"PolicyArn": "arn:aws:iam::210987654321:policy/more"}]),
    ],
)
def test_a_role_that_does_not_read_by_name_or_that_is_not_known_says_nothing(other: dict[str, Any]) -> None:
    assert found(other, policy(TLS)) == []


def test_accounts_and_organizations_of_ours_are_no_outsiders() -> None:
    ours = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    inside = role(READ, principal="*", condition=ours)
    assert found(PARTNERS, policy(TLS), zone=Zone(trusted=["444455556666"])) == []
    assert found(inside, policy(TLS), zone=Zone(organizations=["o-a1b2c3d4e5"])) == []
    assert len(found(inside, policy(TLS), zone=Zone(organizations=["o-0000000000"]))) == 1


def test_a_resource_control_policy_is_a_limit() -> None:
    limit = {**DENY, "Resource": "*", "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Reader"}}}
    rcp = {"PolicySummary": {"Type": "RESOURCE_CONTROL_POLICY"}, "Content": json.dumps(policy(limit))}
    assert found(PARTNERS, policy(TLS), rcp) == []
    assert len(found(PARTNERS, policy(TLS), {**rcp, "Content": json.dumps(policy({**limit, "Action": "sqs:*"}))})) == 1


def test_a_table_is_of_the_account_that_its_arn_says() -> None:
    read = {"Effect": "Allow", "Action": "dynamodb:Query", "Resource": TABLE}
    guard = policy({**DENY, "Action": "dynamodb:PutItem", "Resource": TABLE})
    assert len(found(role(read), guard)) == 1
    assert found(role(read, arn=ROLE.replace("210987654321", "777788889999")), guard) == []


def test_a_policy_of_no_single_store_is_nobody_s() -> None:
    for resources in (["*"], [OBJECTS, "arn:aws:s3:::jade/*"], ["arn:aws:s3:::am*"], ["${var.bucket}"], [BUCKET, "${var.bucket}"]):
        assert found(PARTNERS, policy({**TLS, "Resource": resources})) == [], resources


def test_several_roles_are_told_once() -> None:
    second = role(READ, arn=ROLE + "2")
    [message] = found({"Roles": [PARTNERS, second]}, policy(TLS))
    assert f"role `{ROLE}` (and of 1 more)" in message


def template(**resources: Any) -> dict[str, Any]:
    def partner(resource: Any) -> dict[str, Any]:
        made = role({**READ, "Resource": resource})
        own = {"AssumeRolePolicyDocument": made["AssumeRolePolicyDocument"], "Policies": made["RolePolicyList"]}
        return {"Type": "AWS::IAM::Role", "Properties": own}

    return {"Resources": {"Partner": partner({"Fn::Sub": "${Reports.Arn}/*"}), "Reports": {"Type": "AWS::S3::Bucket"}, **resources}}


def attached(bucket: Any, *statements: dict[str, Any]) -> dict[str, Any]:
    return {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": bucket, "PolicyDocument": policy(*statements)}}


def test_a_bucket_without_a_policy_in_its_template_is_told() -> None:
    [message] = found(template())
    assert message == "`Reports` relies on the policies of role `Partner`, which outsiders can assume: it has none here"


def test_a_bucket_that_some_policy_may_be_of_is_left_alone() -> None:
    limit = {**DENY, "Resource": "*"}
    assert found(template(P=attached({"Ref": "Reports"}, limit))) == []
    assert found(template(P=attached({"Ref": "Bucket"}, limit))) == []
    assert found(template(P=attached({"Fn::If": ["Own", {"Ref": "Reports"}, "jade"]}, limit))) == []
    assert found(template(P=attached({"Ref": "Reports"}, TLS), Q=attached({"Ref": "Reports"}, limit))) == []
    assert len(found(template(P=attached({"Ref": "Reports"}, {**TLS, "Resource": {"Fn::Sub": "${Reports.Arn}/*"}})))) == 1


def test_a_bucket_of_another_template_is_another_bucket() -> None:
    other = {"Resources": {"Reports": {"Type": "AWS::S3::Bucket"}, "P": attached({"Ref": "Reports"}, TLS)}}
    mine = template(P=attached({"Ref": "Reports"}, {**DENY, "Resource": {"Fn::Sub": "${Reports.Arn}/*"}}))
    assert found(mine, other) == []
