"""Which earlier document is a document's earlier self?"""

from __future__ import annotations

import json

from iamlint.policy.document import Document
from iamlint.policy.pairing import Owners, at_same_place, may_be_same, owner
from iamlint.policy.read import find_documents
from iamlint.text.read import read
from iamlint.text.source import Source

POLICY = {"Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}}


def documents(value: object) -> tuple[Document, ...]:
    return find_documents(read(Source("policy.json", json.dumps(value).encode()))[0])


def role(name: str, account: str = "") -> dict[str, object]:
    arn = {"Arn": f"arn:aws:iam::{account}:role/path/{name}"} if account else {}
    return {"RoleName": name, **arn, "AssumeRolePolicyDocument": POLICY}


def template(**roles: object) -> dict[str, object]:
    return {"Resources": {name: {"Type": "AWS::IAM::Role", "Properties": properties} for name, properties in roles.items()}}


def test_the_owner_is_the_role_that_the_source_names() -> None:
    assert [owner(one) for one in documents([role("ci", "111122223333"), role("ci")])] == [("111122223333", "ci"), ("", "ci")]
    assert [owner(one) for one in documents(template(Ci={"RoleName": "ci", "AssumeRolePolicyDocument": POLICY}))] == [("", "ci")]
    assert [owner(one) for one in documents(POLICY)] == [None]


def test_the_same_address_is_the_same_document_wherever_it_stands() -> None:
    bare = {"AssumeRolePolicyDocument": POLICY}
    now, before = documents(template(A=bare, B=bare)), documents(template(B=bare, A=bare, C=bare))
    assert [at_same_place(one, now, before) for one in now] == [before[1], before[0]]


def test_the_only_policy_of_a_file_is_the_only_one_that_it_had() -> None:
    [now], [before] = documents(POLICY), documents(template(Ci={"AssumeRolePolicyDocument": POLICY}))
    assert at_same_place(now, [now], [before]) is before


def test_what_is_new_beside_others_was_nothing() -> None:
    bare = {"AssumeRolePolicyDocument": POLICY}
    now, before = documents(template(A=bare, New=bare)), documents(template(A=bare))
    assert [at_same_place(one, now, before) for one in now] == [before[0], None]


def test_roles_of_two_names_or_accounts_are_not_the_same() -> None:
    [ci], [deploy] = documents(role("ci", "111122223333")), documents(role("deploy", "111122223333"))
    [elsewhere], [anywhere] = documents(role("ci", "444455556666")), documents(role("ci"))
    assert not may_be_same(ci, deploy)
    assert not may_be_same(ci, elsewhere)
    assert may_be_same(ci, anywhere)


def test_an_owner_is_found_where_one_alone_can_be_meant() -> None:
    [ci], [anywhere] = documents(role("ci", "111122223333")), documents(role("ci"))
    both = documents([role("ci", "111122223333"), role("ci", "444455556666")])
    assert Owners(both).of(ci) is both[0]
    assert Owners(both).of(anywhere) is None
    assert Owners([anywhere]).of(ci) is anywhere
    assert Owners(documents(role("deploy"))).of(ci) is None
