"""What a source says of the role of a trust policy."""

from __future__ import annotations

import json

from iamlint.policy.document import Document
from iamlint.policy.owner import described, fact, role_of
from iamlint.policy.read import find_documents
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.text.tree import Number

TRUST = {"Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


def trust(source: object) -> Document:
    return find_documents(read_json(Source("a.json", json.dumps(source).encode())))[0]


def test_of_a_policy_alone_nothing_is_said() -> None:
    document = trust(TRUST)
    assert (described(document), fact(document, "Arn"), role_of(document)) == (None, None, None)


def test_a_fact_has_its_place() -> None:
    document = trust({"Role": {"Path": "/", "AssumeRolePolicyDocument": TRUST, "MaxSessionDuration": 3600}})
    assert fact(document, "max_session_duration", "MaxSessionDuration") == ((0, 2), Number("3600"))
    assert fact(document, "Tags") is None


def test_a_role_is_known_by_its_arn() -> None:
    document = trust({"Role": {"Arn": "arn:aws:iam::111122223333:role/a/b", "AssumeRolePolicyDocument": TRUST}})
    assert role_of(document) == ("arn", "aws", "iam", "", "111122223333", "role/a/b")
    assert role_of(trust({"Role": {"Arn": "arn:aws:iam::111122223333:user/b", "AssumeRolePolicyDocument": TRUST}})) is None
