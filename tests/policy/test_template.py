"""What are the resources of a template called, and which does a reference mean?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.policy.document import Document
from iamlint.policy.read import find_documents
from iamlint.policy.template import Template, is_template
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.text.tree import Tree

RESOURCES: dict[str, Any] = {
    "Reports": {"Type": "AWS::S3::Bucket"},
    "Named": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "amber"}},
    "Key": {"Type": "AWS::KMS::Key"},
    "Password": {"Type": "AWS::SecretsManager::Secret"},
    "Reader": {"Type": "AWS::IAM::Role"},
    "Queue": {"Type": "AWS::SQS::Queue"},
}


def tree(value: Any) -> Tree:
    return read_json(Source("template.json", json.dumps(value).encode()))


TEMPLATE = Template(tree({"Parameters": {"Bucket": {}}, "Resources": RESOURCES}))


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ({"Ref": "Reports"}, "Reports"),
        ({"Fn::GetAtt": ["Reports", "Arn"]}, "Reports"),
        ({"Fn::Sub": "${Reports}"}, "Reports"),
        ("amber", "Named"),
        ("arn:aws:s3:::amber", "Named"),
        ({"Ref": "Password"}, "Password"),
        ({"Ref": "Bucket"}, None),
        ({"Ref": "Queue"}, None),
        ({"Fn::If": ["Own", {"Ref": "Reports"}, "jade"]}, None),
        ({"Fn::ImportValue": "reports"}, None),
        ("jade", None),
        (None, None),
    ],
)
def test_a_property_means_a_resource(value: Any, meant: str | None) -> None:
    found = TEMPLATE.meant(tree(value).root)
    assert (found.id if found is not None else None) == meant


def policy(value: Any, principal: Any = "*") -> Document:
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "s3:GetObject",
        "Resource": value,
        "Condition": {"StringEquals": {"aws:SourceArn": value}},
    }
    [document] = find_documents(tree({"Resources": {**RESOURCES, "X": {"PolicyDocument": {"Statement": [statement]}}}}))
    return document


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"Fn::GetAtt": ["Named", "Arn"]}, "arn:aws:s3:::amber"),
        ({"Fn::Sub": "${Named.Arn}/${Prefix}/*"}, "arn:aws:s3:::amber/${Prefix}/*"),
        ({"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":s3:::", {"Ref": "Named"}]]}, "arn:aws:s3:::amber"),
        ({"Fn::Sub": "arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/${Key}"}, "arn:aws:kms:us-east-1:111122223333:key/key-zzzz"),
        ({"Fn::Sub": "arn:aws:s3:::${!aws:username}"}, "arn:aws:s3:::${aws:username}"),
        ("arn:aws:s3:::jade", "arn:aws:s3:::jade"),
    ],
)
def test_references_stand_for_texts_in_resources_and_conditions(value: Any, text: str) -> None:
    [statement] = TEMPLATE.filled(policy(value).policy).statements
    assert statement.resources is not None
    assert (statement.resources.values, statement.conditions[0].values) == ((text,), (text,))


@pytest.mark.parametrize(
    ("principal", "account", "name"),
    [
        ({"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}, "111122223333", ""),
        ({"Fn::GetAtt": ["Reader", "Arn"]}, "111122223333", "reader-zzzz"),
        ({"Ref": "Partner"}, "", ""),
    ],
)
def test_references_stand_for_principals(principal: Any, account: str, name: str) -> None:
    [statement] = TEMPLATE.filled(policy("*", {"AWS": principal}).policy).statements
    assert statement.principals is not None
    [entry] = statement.principals.entries
    assert (entry.account, entry.name) == (account, name)


def test_what_stands_in_a_resource_is_held_by_it() -> None:
    template = Template(tree({"Resources": RESOURCES}))
    assert [one.id for one in template.resources.values() if template.holding((*one.route, 1, 0)) is not one] == []
    assert template.holding(()) is None


def test_only_a_template_has_resources() -> None:
    assert is_template(tree({"Resources": {}}))
    assert not is_template(tree({"Resources": []}))
    assert not is_template(tree([]))
    assert Template(
        tree({"Resources": {"A": 1, "B": {"Type": 2}, "C": {"Type": "AWS::S3::Bucket", "Properties": []}}})
    ).resources.keys() == {"C"}
