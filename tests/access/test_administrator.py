"""Whether the policies of a role make it an administrator."""

from __future__ import annotations

import json

import pytest

from iamlint.access.administrator import is_administrator
from iamlint.policy.read import find_documents
from iamlint.text.json import read_json
from iamlint.text.source import Source

TRUST = {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": "sts:AssumeRole"}]}
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


def administrator(*statements: dict[str, object], attached: tuple[str, ...] = (), **more: object) -> bool:
    inline = [{"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [one]}} for one in statements]
    arns = [{"PolicyArn": arn} for arn in attached]
    role = {"AssumeRolePolicyDocument": TRUST, "RolePolicyList": inline, "AttachedManagedPolicies": arns, **more}
    return is_administrator(find_documents(read_json(Source("a.json", json.dumps(role).encode())))[0])


def allow(action: str, **more: object) -> dict[str, object]:
    return {"Effect": "Allow", "Action": action, "Resource": "*", **more}


@pytest.mark.parametrize("action", ["*", "*:*", "iam:*"])
def test_everything_and_all_of_iam_make_one(action: str) -> None:
    assert administrator(allow("s3:GetObject"), allow(action))


@pytest.mark.parametrize("action", ["s3:*", "iam:Get*", "iam:PassRole"])
def test_less_does_not(action: str) -> None:
    assert not administrator(allow(action))


def test_policies_count_together() -> None:
    assert administrator({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}, allow("s3:*"))


def test_a_policy_of_aws_makes_one() -> None:
    assert administrator(attached=(ADMINISTRATOR,))
    assert administrator(attached=("arn:aws-us-gov:iam::aws:policy/AdministratorAccess",))
    assert not administrator(attached=("arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::111122223333:policy/AdministratorAccess"))


def test_a_deny_of_another_policy_takes_it_back() -> None:
    denies: dict[str, object] = {"Effect": "Deny", "NotAction": "s3:GetObject", "Resource": "*"}
    assert not administrator(denies, attached=(ADMINISTRATOR,))
    assert administrator({**denies, "NotAction": "*"}, attached=(ADMINISTRATOR,))


def test_a_condition_leaves_it_open() -> None:
    assert not administrator(allow("*", Condition={"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}))


def test_a_boundary_leaves_it_open() -> None:
    assert not administrator(
        attached=(ADMINISTRATOR,), PermissionsBoundary={"PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/b"}
    )


def test_a_statement_that_could_not_be_read_leaves_it_open() -> None:
    assert not administrator({"Effect": "Deny", "Action": 5, "Resource": "*"}, attached=(ADMINISTRATOR,))


def test_without_policies_nothing_is_known() -> None:
    assert not administrator()
