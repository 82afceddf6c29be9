"""Every unknown has a name, and the same one wherever it stands."""

from __future__ import annotations

import pytest

from iamlint.access.settled import Settled
from iamlint.policy.principal import Form
from tests.access.changes import allow, document


@pytest.mark.parametrize(
    ("principal", "form"),
    [
        ({"AWS": "arn:aws:iam::${var.account}:root"}, Form.ACCOUNT),
        ({"AWS": "${var.account}"}, Form.ROLE),
        ({"AWS": "arn:${AWS::Partition}:iam::${var.account}:role/${var.name}"}, Form.ROLE),
        ({"AWS": {"Fn::GetAtt": ["Role", "Arn"]}}, Form.ROLE),
        ({"Service": "${var.service}.amazonaws.com"}, Form.SERVICE),
        ({"Service": {"Ref": "Service"}}, Form.SERVICE),
        ({"Federated": {"Ref": "Provider"}}, Form.SAML),
    ],
)
def test_an_open_principal_becomes_one_of_a_kind(principal: object, form: Form) -> None:
    policy = document(allow(principal)).policy
    one, other = Settled((policy, policy)).policies
    (entry,), (same,) = [policy.statements[0].principals.entries for policy in (one, other) if policy.statements[0].principals]
    assert entry.form is form
    assert entry.text == same.text


def test_an_open_provider_is_that_of_the_claims_beside_it() -> None:
    key = "token.actions.githubusercontent.com:sub"
    policy = document(allow({"Federated": {"Ref": "Github"}}, "sts:AssumeRoleWithWebIdentity", StringLike={key: "repo:acme/*"})).policy
    [settled] = Settled((policy,)).policies
    assert settled.statements[0].principals is not None
    assert settled.statements[0].principals.entries[0].form is Form.OIDC


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("StringEquals", "aws:PrincipalOrgID", "${var.x}"),
        ("StringEquals", "aws:SourceAccount", {"Ref": "X"}),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${var.x}:role/*"),
        ("ArnLike", "aws:SourceArn", {"Fn::GetAtt": ["Trail", "Arn"]}),
        ("IpAddress", "aws:SourceIp", "${var.x}"),
        ("NumericLessThan", "aws:MultiFactorAuthAge", "${var.x}"),
        ("DateLessThan", "aws:CurrentTime", "${var.x}"),
        ("StringEquals", "sts:ExternalId", "id-${var.x}"),
    ],
)
def test_an_open_value_does_not_make_a_policy_wider_than_itself(operator: str, key: str, value: object) -> None:
    from iamlint.access.change import Change

    one = document(allow({"AWS": "*"}, **{operator: {key: value}}))
    other = document(allow({"AWS": ["*"]}, **{operator: {key: [value]}}))
    change = Change(other, one)
    assert change.settled.names
    assert change.widening.gained() is None
    assert change.narrowing.gained() is None
    assert Change(document(allow({"AWS": "*"})), one).widening.gained() is not None


def test_a_name_that_a_policy_writes_out_is_not_given_to_an_unknown() -> None:
    policy = document(allow({"AWS": ["000000000001", "arn:aws:iam::${var.x}:root"]})).policy
    settled = Settled((policy,))
    assert settled.accounts.isdisjoint({"000000000001"})


def test_made_up_names_are_told_as_the_source_says_them() -> None:
    policy = document(allow({"AWS": "111122223333"}, StringEquals={"sts:ExternalId": "id-${var.x}"})).policy
    settled = Settled((policy,))
    [condition] = settled.policies[0].statements[0].conditions
    assert settled.said(str(condition.values[0])) == "id-${var.x}"
