"""Are the requests that unknown values leave open never overlooked, and never taken for granted?"""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.access.access import Access
from iamlint.policy.condition import Unknown
from iamlint.policy.document import Kind
from tests.access.build import policy

ACCOUNT = {"AWS": "arn:aws:iam::111122223333:root"}
OPEN = Unknown("!Ref Value")


def trust(principal: Any = ACCOUNT, effect: Any = "Allow", **condition: Any) -> dict[str, Any]:
    return {"Effect": effect, "Principal": principal, "Action": "sts:AssumeRole", "Condition": condition}


def lets_in(*statements: dict[str, Any], certain: bool) -> bool:
    return Access(policy({"Statement": list(statements)}), None).meets([], certain=certain) is not None


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"sts:ExternalId": OPEN}},
        {"StringEquals": {"sts:ExternalId": "${var.external_id}"}},
        {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::${var.account}:role/ci"}},
        {"ArnEquals": {"aws:PrincipalArn": "${var.role}"}},
        {"ArnLike": {"aws:PrincipalArn": "${var.prefix}:role/ci"}},
        {"IpAddress": {"aws:SourceIp": "${var.cidr}"}},
        {"NumericLessThan": {"aws:MultiFactorAuthAge": OPEN}},
        {"Bool": {"aws:MultiFactorAuthPresent": OPEN}},
        {"Bool": {"aws:MultiFactorAuthPresent": "${var.mfa}"}},
        {"Null": {"sts:ExternalId": OPEN}},
        {"StringEquals": {"${var.issuer}:sub": "repo:acme/app"}},
    ],
)
def test_an_unknown_value_is_open_possibly_and_not_certainly(condition: dict[str, Any]) -> None:
    assert lets_in(trust(**condition), certain=False)
    assert not lets_in(trust(**condition), certain=True)


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringNotLike", "NotIpAddress", "NumericNotEquals"])
def test_a_negated_unknown_certainly_lets_in_only_who_lacks_the_key(operator: str) -> None:
    access = Access(policy({"Statement": [trust(**{operator: {"aws:RequestTag/n": OPEN}})]}), None)
    witness = access.meets([])
    assert witness is not None
    assert witness.request.value("aws:requesttag/n") is None


@pytest.mark.parametrize("principal", [{"AWS": OPEN}, {"AWS": "arn:aws:iam::${var.account}:root"}, {"AWS": "arn:aws:iam::${var.a}:role/x"}])
def test_an_unknown_principal_is_nobody_for_certain(principal: dict[str, Any]) -> None:
    assert not lets_in(trust(principal), certain=True)
    assert lets_in(trust(principal), certain=False)


def test_a_deny_of_an_unknown_account_certainly_spares_nobody_it_may_name() -> None:
    denied = trust({"AWS": "arn:aws:iam::${var.account}:root"}, "Deny")
    assert not lets_in(trust(), denied, certain=True)
    assert lets_in(trust({"Service": "ec2.amazonaws.com"}), denied, certain=True)


def test_a_deny_on_a_variable_under_a_set_operator_is_decided_by_evaluation() -> None:
    block = {"ForAllValues:StringLike": {"aws:TagKeys": "${aws:RequestTag/y}"}}
    assert lets_in(trust(**block), certain=True)


def test_an_account_number_is_in_the_partition_that_the_policy_names() -> None:
    denied = trust({"AWS": "arn:aws:iam::111122223333:root"}, "Deny")
    assert Access(policy({"Statement": [trust({"AWS": "111122223333"}), denied]}), Kind.TRUST).meets([]) is None
