"""Which requests are guessed from a statement's own values, and are they among those that a search finds?"""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.access.access import Access
from iamlint.access.evaluation.request import Request
from iamlint.access.everything import HOLDER
from iamlint.access.guess import guessed
from iamlint.access.search.question import action_is
from iamlint.policy.document import Kind
from iamlint.policy.fixed import keys_of
from tests.access.build import policy

PLAIN = Request("kms:Decrypt", HOLDER, "arn:aws:kms:us-east-1:111122223333:key/zzzz")


def access(condition: dict[str, Any]) -> Access:
    allow = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition": condition}
    return Access(policy({"Version": "2012-10-17", "Statement": [allow]}), Kind.IDENTITY)


def guess(condition: dict[str, Any]) -> dict[str, Any] | None:
    made = access(condition)
    found = guessed(made.policy, made.policy.statements[0], PLAIN, keys_of(made.policy), ())
    return None if found is None else found.context


@pytest.mark.parametrize(
    ("condition", "context"),
    [
        ({"StringEquals": {"aws:RequestTag/team": ["blue", "red"]}}, {"aws:requesttag/team": "blue"}),
        ({"ArnLike": {"lambda:FunctionArn": "arn:aws:lambda:*:*:function:a?"}}, {"lambda:functionarn": "arn:aws:lambda:x:x:function:ax"}),
        ({"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}, {"aws:resourceaccount": "111122223333"}),
        ({"StringEquals": {"aws:ResourceAccount": "1${aws:PrincipalAccount}"}}, None),
        ({"ForAnyValue:StringLike": {"kms:ResourceAliases": "alias/*"}}, {"kms:resourcealiases": ("alias/x",)}),
        ({"ForAnyValue:StringLike": {"kms:ResourceAliases": "alias/a*"}}, None),
        ({"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}, None),
        ({"StringEquals": {"aws:SourceArn": "arn:aws:s3:::b", "saml:aud": "x"}}, None),
        ({"StringNotEquals": {"aws:RequestTag/team": "blue"}}, {}),
        ({"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}, None),
    ],
)
def test_a_guess_has_the_first_value_of_each_condition(condition: dict[str, Any], context: dict[str, Any] | None) -> None:
    assert guess(condition) == context


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:RequestTag/team": "blue", "aws:PrincipalOrgID": "o-abcdefghij"}},
        {"StringEquals": {"aws:SourceVpce": "vpce-0a1b2c3d", "aws:SourceVpc": "vpc-0a1b2c3d"}},
        {"StringEquals": {"aws:FederatedProvider": "cognito-identity.amazonaws.com"}},
        {"ForAnyValue:StringEquals": {"aws:TagKeys": ["team"], "aws:CalledVia": ["athena.amazonaws.com"]}},
    ],
)
def test_what_is_guessed_and_allowed_a_search_finds_too(condition: dict[str, Any]) -> None:
    made = access(condition)
    found = guessed(made.policy, made.policy.statements[0], PLAIN, keys_of(made.policy), ())
    assert found is not None
    assert made.confirmed(found) is not None
    assert made.meets([action_is("kms:Decrypt")]) is not None


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"sts:ExternalId": "x"}},
        {"StringEquals": {"aws:SourceAccount": "111122223333"}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}},
    ],
)
def test_what_no_search_finds_is_not_guessed(condition: dict[str, Any]) -> None:
    assert access(condition).meets([action_is("kms:Decrypt")]) is None
    assert guess(condition) is None
