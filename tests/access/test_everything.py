"""Who is an administrator, and what keeps a policy from making one?"""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.access.access import Access
from iamlint.access.everything import every_resource, everything
from iamlint.policy.document import Kind
from tests.access.build import policy

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def exceptions(*statements: dict[str, Any]) -> tuple[str, ...] | None:
    found = everything(Access(policy({"Statement": list(statements)}), Kind.IDENTITY))
    return None if found is None else found.exceptions


def allow(**elements: Any) -> dict[str, Any]:
    return {**ALL, **elements}


def deny(**elements: Any) -> dict[str, Any]:
    return {**ALL, "Effect": "Deny", **elements}


@pytest.mark.parametrize(
    "statements",
    [
        [allow()],
        [allow(Action="**")],
        [allow(Action="*:*")],
        [allow(Action="?*:?*")],
        [allow(Action=[f"{letter}*:*" for letter in LETTERS])],
        [allow(Resource="**")],
        [allow(Resource="arn:*:*:*:*:*")],
        [allow(Resource="arn:aws:*")],
        [allow(Condition={"StringLike": {"aws:PrincipalArn": "*"}})],
        [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, allow(Action="iam:*")],
        [allow(Action=["a*:*", "b*:*"]), {"Effect": "Allow", "NotAction": ["A*:*", "b*:*"], "Resource": "*"}],
    ],
)
def test_every_spelling_makes_an_administrator(statements: list[dict[str, Any]]) -> None:
    assert exceptions(*statements) == ()


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([allow(), deny(Action="s3:DeleteBucket")], ("s3:DeleteBucket",)),
        ([allow(), deny(Resource="arn:aws:s3:::logs/*")], ("arn:aws:s3:::logs/*",)),
        ([{"Effect": "Allow", "NotAction": "aws-portal:*", "Resource": "*"}], ("aws-portal:*",)),
        ([{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::logs"}], ("arn:aws:s3:::logs",)),
        ([allow(), deny(Action=["billing:*", "iam:DeleteUser"])], ("billing:*", "iam:DeleteUser")),
        ([allow(), deny(Action=["organizations:*", "iam:Pass*"])], ("organizations:*", "iam:Pass*")),
        ([allow(), deny(Action="iam:*", Resource="arn:aws:iam::*:role/*")], ("iam:*",)),
        ([allow(), deny(Action="s3:*", Condition={"Bool": {"aws:SecureTransport": "false"}})], ("s3:*",)),
    ],
)
def test_exceptions_that_make_no_difference_are_told(statements: list[dict[str, Any]], expected: tuple[str, ...]) -> None:
    assert exceptions(*statements) == expected


@pytest.mark.parametrize(
    "statements",
    [
        [allow(Action="iam:*")],
        [allow(Resource="arn:aws:s3:::*")],
        [allow(Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})],
        [allow(Condition={"StringEquals": {"aws:RequestedRegion": "eu-central-1"}})],
        [allow(), deny(Action="iam:*")],
        [allow(), deny(Action="iam:*", Resource=["arn:aws:iam::*:role/*", "arn:aws:iam::*:user/*", "arn:aws:iam::*:policy/*"])],
        [allow(), deny(Action="iam:*", Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}})],
        [allow(), deny(Action="*:Delete*")],
        [allow(), deny(Action=["s3:*", "${var.actions}"])],
        [allow(), deny(Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}})],
        [allow(), {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}],
        [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}],
        [allow(Action="${var.actions}")],
        [allow(), deny(Action="${var.actions}")],
    ],
)
def test_a_policy_that_keeps_something_back_makes_none(statements: list[dict[str, Any]]) -> None:
    assert exceptions(*statements) is None


@pytest.mark.parametrize("value", ["*", "arn:aws:s3:::*", "arn:*:s3:*:*:*", "arn:aws:*:*:*:*", "arn:aws:s3:::*/*"])
def test_a_pattern_is_every_resource_of_its_service(value: str) -> None:
    assert every_resource(value, "s3")


@pytest.mark.parametrize("value", ["arn:aws:s3:::logs-*", "arn:aws:sqs:*:*:*", "arn:aws:s3:eu-west-1:*:*", "${var.arn}", "s3", ""])
def test_a_narrower_pattern_is_not(value: str) -> None:
    assert not every_resource(value, "s3")
