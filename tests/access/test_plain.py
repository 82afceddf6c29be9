"""Does a statement spell out requests that those whom it names really send?"""

from __future__ import annotations

import pytest

from iamlint.access.access import Access
from iamlint.access.evaluation.request import Request
from iamlint.access.plain import plain_requests
from iamlint.policy.document import Kind
from iamlint.policy.fixed import keys_of
from tests.policy.reading import only, policy_text

GITHUB = {"Federated": "arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com"}
EC2 = {"Service": "ec2.amazonaws.com"}
ACCOUNT = {"AWS": "210987654321"}


def requests(principal: object, action: str, operator: str, key: str, value: str) -> list[Request]:
    text = policy_text({"Effect": "Allow", "Principal": principal, "Action": action, "Condition": {operator: {key: value}}})
    policy = only(text, Kind.TRUST).policy
    access = Access(policy, Kind.TRUST)
    found = list(plain_requests(policy.statements[0], keys_of(policy)))
    if any(access.confirmed(request) for request in found):
        assert access.matches(policy.statements[0]) is not None, "a search finds one too"
    return found


def test_wildcards_stand_for_something() -> None:
    (request,) = requests(EC2, "sts:AssumeRole", "ArnLike", "aws:SourceArn", "arn:aws:ec2:us-east-1:210987654321:*")
    assert request.value("aws:sourcearn") == "arn:aws:ec2:us-east-1:210987654321:x"


def test_of_an_account_those_are_meant_who_can_say_what_is_asked() -> None:
    found = requests(ACCOUNT, "sts:AssumeRole", "Bool", "aws:MultiFactorAuthPresent", "true")
    assert [request.caller.kind.value for request in found] == ["user"]


@pytest.mark.parametrize(
    ("principal", "action", "operator", "key", "value"),
    [
        (EC2, "sts:AssumeRole", "StringEquals", "sts:ExternalId", "acme-42"),
        (EC2, "sts:AssumeRole", "StringEquals", "aws:PrincipalOrgID", "o-abc1234567"),
        (EC2, "sts:AssumeRole", "StringEquals", "aws:SourceAccount", "no account"),
        (GITHUB, "sts:AssumeRoleWithWebIdentity", "StringEquals", "gitlab.com:sub", "project_path:acme/site:ref_type:branch:ref:main"),
        # Tokens have a subject and an audience, whether they are asked for or not.
        (GITHUB, "sts:AssumeRoleWithWebIdentity", "StringNotEquals", "token.actions.githubusercontent.com:sub", "repo:acme/site"),
        (ACCOUNT, "sts:AssumeRole", "IpAddress", "aws:SourceIp", "203.0.113.0/24"),
        (ACCOUNT, "sts:AssumeRole", "StringEquals", "aws:SourceAccount", "210987654321"),
    ],
)
def test_nothing_is_spelt_out_that_nobody_sends(principal: object, action: str, operator: str, key: str, value: str) -> None:
    assert requests(principal, action, operator, key, value) == []
