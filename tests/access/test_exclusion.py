"""Does a condition keep anyone out?"""

from __future__ import annotations

import pytest

from iamlint.access.access import Access
from iamlint.access.exclusion import can_match, excludes
from iamlint.policy.condition import Unknown
from iamlint.policy.document import Kind
from tests.access.build import allow, deny


def excluded(operator: str, key: str, values: object, kind: Kind = Kind.IDENTITY, **elements: object) -> bool:
    policy = allow(Condition={operator: {key: values}}, **elements)
    statement = policy.statements[0]
    return excludes(Access(policy, kind), statement, statement.conditions[0]) is not None


@pytest.mark.parametrize(
    ("operator", "key", "values", "some"),
    [
        ("StringEquals", "aws:PrincipalTag/team", "data", True),
        ("StringLike", "aws:PrincipalTag/team", "*", True),
        ("StringLikeIfExists", "aws:PrincipalTag/team", "*", False),
        ("ForAllValues:StringLike", "aws:TagKeys", "*", False),
        ("ForAnyValue:StringLike", "aws:TagKeys", "*", True),
        ("StringLike", "aws:RequestedRegion", "*", False),
        ("StringLike", "aws:RequestedRegion", "eu-*", True),
        ("StringNotEquals", "aws:PrincipalAccount", "1234", False),
        ("StringNotEquals", "aws:PrincipalAccount", "111122223333", True),
        ("StringNotEquals", "aws:PrincipalAccount", Unknown("!Ref Account"), True),
        ("StringEqualsIfExists", "aws:SourceAccount", "111122223333", False),
        ("Bool", "aws:SecureTransport", ["true", "false"], False),
        ("ForAllValues:Null", "aws:username", "true", False),
    ],
)
def test_a_condition_keeps_someone_out_or_nobody(operator: str, key: str, values: object, some: bool) -> None:
    assert excluded(operator, key, values) is some


def test_who_sends_the_key_depends_on_the_principal() -> None:
    service = {"Principal": {"Service": "config.amazonaws.com"}, "Action": "sts:AssumeRole"}
    assert excluded("StringEqualsIfExists", "aws:SourceAccount", "111122223333", Kind.TRUST, **service)
    assert not excluded("StringEqualsIfExists", "aws:PrincipalOrgID", "o-a1b2c3d4e5", Kind.TRUST, **service)


def test_what_a_deny_may_miss_counts_as_kept_out() -> None:
    policy = deny(Condition={"StringNotEquals": {"aws:PrincipalAccount": "${var.account}"}})
    statement = policy.statements[1]
    assert excludes(Access(policy, Kind.SCP), statement, statement.conditions[0]) is not None


def test_the_rest_of_the_statement_counts() -> None:
    policy = allow(Condition={"StringEquals": {"aws:PrincipalTag/team": "a"}, "StringLike": {"aws:PrincipalTag/team": "*"}})
    statement = policy.statements[0]
    assert excludes(Access(policy, Kind.IDENTITY), statement, statement.conditions[1]) is None


def test_a_deny_for_unknown_callers_can_match() -> None:
    policy = deny(Principal={"AWS": Unknown("!Ref Who")})
    assert can_match(Access(policy, Kind.RESOURCE), policy.statements[1])


def test_a_statement_whose_conditions_clash_cannot_match() -> None:
    policy = allow(Condition={"StringEquals": {"aws:username": "a"}, "StringLike": {"aws:username": "b"}})
    assert not can_match(Access(policy, Kind.IDENTITY), policy.statements[0])
