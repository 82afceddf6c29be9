"""Which role can take on which other."""

from __future__ import annotations

import json

import pytest

from iamlint.access.access import Access
from iamlint.access.chain import Role, Step, described_role, lets_in, may_call, step
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.text.json import read_json
from iamlint.text.source import Source

OWN, OTHER = "111122223333", "444455556666"
ASSUMES_ALL = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}


def described(name: str, lets_in: str, *statements: object, account: str = OWN, when: object = None, **more: object) -> Role | None:
    trust = {"Effect": "Allow", "Principal": {"AWS": lets_in}, "Action": "sts:AssumeRole", **({"Condition": when} if when else {})}
    source = {
        "Arn": f"arn:aws:iam::{account}:role/{name}",
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
        "RolePolicyList": [{"PolicyDocument": {"Version": "2012-10-17", "Statement": [one]}} for one in statements],
        **more,
    }
    documents = find_documents(read_json(Source("a.json", json.dumps(source).encode())))
    trusting = next(document for document in documents if document.kind is Kind.TRUST)
    return described_role(trusting, Access(trusting.policy, Kind.TRUST))


def role(name: str, lets_in: str, *statements: object, account: str = OWN, when: object = None) -> Role:
    found = described(name, lets_in, *statements, account=account, when=when)
    assert found is not None
    return found


def root(account: str) -> str:
    return f"arn:aws:iam::{account}:root"


def taken(one: Role, other: Role) -> Step:
    found = step(one, other)
    assert found is not None
    assert found.request.resource == other.arn
    assert found.request.caller.arn == one.arn
    return found


def test_both_sides_have_to_allow_it() -> None:
    able, unable = role("a", root(OWN), ASSUMES_ALL), role("b", root(OWN))
    assert taken(able, role("c", root(OWN))).statement is able.policies[0].statements[0]
    assert step(unable, role("c", root(OWN))) is None
    assert step(able, role("c", root(OTHER))) is None


def test_who_is_named_in_its_own_account_needs_no_leave() -> None:
    one = role("a", root(OWN))
    assert taken(one, role("b", one.arn)).statement is None
    assert step(one, role("b", one.arn, account=OTHER)) is None


def test_between_accounts_it_goes_as_well() -> None:
    one = role("path/a", root(OTHER), ASSUMES_ALL, account=OTHER)
    assert taken(one, role("b", root(OTHER))).statement is one.policies[0].statements[0]
    assert step(one, role("b", root(OWN))) is None


def test_what_a_caller_can_send_is_sent() -> None:
    other = role("b", root(OWN), when={"StringEquals": {"sts:ExternalId": "9f1c2e7a"}})
    assert taken(role("a", root(OWN), ASSUMES_ALL), other).request.value("sts:externalid") == "9f1c2e7a"


def test_a_condition_of_the_roles_own_policy_counts() -> None:
    able = role("a", root(OWN), {**ASSUMES_ALL, "Condition": {"StringEquals": {"sts:RoleSessionName": "nightly"}}})
    assert taken(able, role("b", root(OWN))).request.value("sts:rolesessionname") == "nightly"


@pytest.mark.parametrize("denied", ["*", "arn:aws:iam::111122223333:role/b", "arn:aws:iam::*:role/?"])
def test_a_deny_counts(denied: str) -> None:
    one = role("a", root(OWN), ASSUMES_ALL, {"Effect": "Deny", "Action": "sts:*", "Resource": denied})
    assert step(one, role("b", root(OWN))) is None
    assert step(one, role("b", one.arn)) is None


def test_of_a_role_with_a_boundary_or_without_an_arn_nothing_is_known() -> None:
    assert (
        described("a", root(OWN), ASSUMES_ALL, PermissionsBoundary={"PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/b"}) is None
    )
    assert described("a", root(OWN), ASSUMES_ALL, Arn=None) is None
    assert described("a", root(OWN), {"Effect": "Deny", "Action": 5, "Resource": "*"}) is None


def test_each_half_can_be_asked_for_alone() -> None:
    able, unable, other = role("a", root(OWN), ASSUMES_ALL), role("b", root(OWN)), role("c", f"arn:aws:iam::{OWN}:role/b")
    assert (may_call(able, other), may_call(unable, other)) == (True, False)
    assert (lets_in(other, able), lets_in(other, unable)) == (False, True)
