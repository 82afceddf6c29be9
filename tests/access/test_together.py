"""Which conditions of one statement cannot hold together?"""

from __future__ import annotations

import pytest

from iamlint.access.together import clashes, is_legal
from iamlint.policy.condition import Unknown
from tests.access.build import allow, condition

REF = Unknown("!Ref Thing")
HOLD = [
    {"StringEquals": {"aws:PrincipalAccount": "111122223333"}},
    {"StringEquals": {"aws:PrincipalAccount": ["1111", "111122223333"]}},
    {"StringLike": {"aws:PrincipalAccount": "1111*"}},
    {"StringEquals": {"aws:PrincipalAccount": REF}},
    {"StringEquals": {"aws:PrincipalAccount": "${var.account}"}},
    {"StringEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}},
    {"StringEqualsIfExists": {"aws:PrincipalAccount": "1"}},
    {"StringNotEquals": {"aws:PrincipalAccount": "1"}},
    {"ForAllValues:StringEquals": {"aws:PrincipalAccount": "1"}},
    {"StringEquals": {"sts:ExternalId": "ab"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/ci-*"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:sts::111122223333:federated-user/bob"}},
    {"ArnEquals": {"ec2:Vpc": "arn:aws:ec2:*:*:vpc/${aws:PrincipalTag/Vpc}"}},
    {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::bucket"}},
    {"Null": {"aws:PrincipalTag/team": "false"}, "StringLike": {"aws:PrincipalTag/team": "a*"}},
    {"Null": {"aws:PrincipalTag/team": "true"}, "StringNotEquals": {"aws:PrincipalTag/team": "a"}},
    {"Null": {"aws:PrincipalTag/team": ["true", "false"]}},
    {"StringLike": {"aws:PrincipalTag/team": "a*"}, "StringNotLike": {"aws:PrincipalTag/team": "*b"}},
    {"StringEquals": {"aws:PrincipalTag/team": REF}, "StringLike": {"aws:PrincipalTag/team": "a*"}},
    {"ForAnyValue:StringEquals": {"aws:TagKeys": "a"}, "ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}},
    {"NumericLessThan": {"s3:max-keys": "10"}, "NumericGreaterThan": {"s3:max-keys": "9.5"}},
    {"NumericLessThan": {"s3:max-keys": "${var.most}"}},
    {"DateLessThan": {"aws:CurrentTime": REF}, "DateGreaterThan": {"aws:CurrentTime": "2026-01-01"}},
    {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}, "NotIpAddress": {"aws:SourceIp": "10.1.0.0/16"}},
    {"Bool": {"aws:SecureTransport": "True"}},
]
CLASH = [
    ({"StringEquals": {"aws:PrincipalAccount": "1111"}}, 1),
    ({"StringEquals": {"aws:PrincipalAccount": []}}, 1),
    ({"StringLike": {"aws:PrincipalAccount": "x*"}}, 1),
    ({"StringEquals": {"sts:ExternalId": "a"}}, 1),
    ({"StringEquals": {"sts:ExternalId": "a b"}}, 1),
    ({"StringEquals": {"aws:SourceVpc": "vpce-0a1b"}}, 1),
    ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role"}}, 1),
    ({"ArnLike": {"aws:SourceArn": "bucket"}}, 1),
    ({"ArnEquals": {"ec2:Vpc": "vpc-0a1b"}}, 1),
    ({"Null": {"aws:PrincipalTag/team": "maybe"}}, 1),
    ({"ForAnyValue:Null": {"aws:PrincipalTag/team": "true"}}, 1),
    ({"NumericEquals": {"s3:max-keys": "ten"}}, 1),
    ({"DateLessThan": {"aws:CurrentTime": "tomorrow"}}, 1),
    ({"Bool": {"aws:SecureTransport": "yes"}}, 1),
    ({"IpAddress": {"aws:SourceIp": "10.0.0.0/33"}}, 1),
    ({"StringEquals": {"aws:PrincipalTag/team": "a"}, "StringLike": {"AWS:principaltag/team": "b*"}}, 2),
    ({"Null": {"aws:PrincipalTag/team": "true"}, "StringEquals": {"aws:PrincipalTag/team": "a"}}, 2),
    ({"Null": {"aws:PrincipalTag/team": "false"}, "StringNotLike": {"aws:PrincipalTag/team": "*"}}, 2),
    ({"NumericLessThan": {"s3:max-keys": "5"}, "NumericGreaterThan": {"s3:max-keys": "5"}}, 2),
    ({"DateGreaterThan": {"aws:CurrentTime": "2026-01-02"}, "NumericLessThan": {"aws:EpochTime": "1767225600"}}, 2),
    ({"StringLike": {"a:b": "a*"}, "StringNotEquals": {"a:b": "ab"}, "StringEquals": {"a:b": "ab"}}, 2),
    ({"StringEquals": {"a:b": ["x", "y"]}, "StringNotEquals": {"a:b": "x"}, "StringNotLike": {"a:b": "y*"}}, 3),
]


@pytest.mark.parametrize("conditions", HOLD, ids=str)
def test_these_hold_for_some_request(conditions: dict[str, object]) -> None:
    assert list(clashes(allow(Condition=conditions).statements[0], variables=True)) == []


@pytest.mark.parametrize(("conditions", "told"), CLASH, ids=str)
def test_these_hold_for_none(conditions: dict[str, object], told: int) -> None:
    (clash,) = clashes(allow(Condition=conditions).statements[0], variables=True)
    assert len(clash) == told


@pytest.mark.parametrize(
    ("operator", "key", "value", "legal"),
    [
        ("StringNotEquals", "aws:PrincipalAccount", "111122223333", True),
        ("StringNotEquals", "aws:PrincipalAccount", "1", False),
        ("StringNotEquals", "aws:PrincipalAccount", REF, True),
        ("StringNotEquals", "service:key", "", True),
        ("NotIpAddress", "aws:SourceIp", "10.0.0.0/8", True),
        ("NotIpAddress", "aws:SourceIp", "ten", False),
        ("StringNotEquals", "aws:PrincipalTag/team", "", True),
        ("StringNotEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}", True),
        ("StringNotEquals", "aws:PrincipalAccount", "x${aws:ResourceAccount}", False),
        ("ArnNotLike", "ec2:Vpc", "arn:aws:ec2:*:*:vpc/${aws:PrincipalTag/VpcId}", True),
        ("ArnNotLike", "aws:ViaAWSService", "arn:aws:ec2:*:*:vpc/*", False),
    ],
)
def test_a_value_is_legal_when_the_key_can_have_it(operator: str, key: str, value: str | Unknown, legal: bool) -> None:
    assert is_legal(condition(operator, key, value), value) is legal
