"""Which policies stand beside a trust policy."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from iamlint.policy.beside import Beside, policies_beside
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.text.yaml import read_yaml

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
}
READS = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
LISTS = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}]}
OWN = "arn:aws:iam::111122223333:policy/own"


def beside(source: object) -> Beside | None:
    documents = find_documents(read_json(Source("a.json", json.dumps(source).encode())))
    return policies_beside(next(document for document in documents if document.kind is Kind.TRUST))


def actions(found: Beside | None) -> list[object]:
    assert found is not None
    return [statement.actions and statement.actions.values for document in found.documents for statement in document.policy.statements]


def test_a_policy_alone_has_none() -> None:
    assert beside(TRUST) is None


def test_what_iam_answers_of_a_role_has_its_inline_policies_and_the_arns_of_others() -> None:
    inline = [{"PolicyName": "a", "PolicyDocument": READS}, {"PolicyName": "b", "PolicyDocument": LISTS}]
    attached = [{"PolicyName": "own", "PolicyArn": OWN}]
    found = beside({"RoleDetailList": [{"AssumeRolePolicyDocument": TRUST, "RolePolicyList": inline, "AttachedManagedPolicies": attached}]})
    assert actions(found) == [("s3:GetObject",), ("s3:ListBucket",)]
    assert found is not None
    assert (found.attached, found.bounded) == ((OWN,), False)
    assert {document.kind for document in found.documents} == {Kind.IDENTITY}


def test_of_a_managed_policy_the_version_in_force_counts() -> None:
    versions = [{"IsDefaultVersion": False, "Document": READS}, {"IsDefaultVersion": True, "Document": LISTS}]
    role = {"AssumeRolePolicyDocument": TRUST, "AttachedManagedPolicies": [{"PolicyArn": OWN}]}
    details = {"RoleDetailList": [role], "Policies": [{"Arn": f"{OWN}-2"}, {"Arn": OWN, "PolicyVersionList": versions}]}
    assert actions(beside(details)) == [("s3:ListBucket",)]


def test_the_policies_of_another_role_are_not_its_own() -> None:
    other = {"AssumeRolePolicyDocument": TRUST, "RolePolicyList": [{"PolicyDocument": READS}]}
    assert actions(beside({"RoleDetailList": [{"AssumeRolePolicyDocument": TRUST, "RolePolicyList": []}, other]})) == []


def test_a_plan_of_terraform_has_policies_as_text() -> None:
    values = {
        "assume_role_policy": json.dumps(TRUST),
        "inline_policy": [{"name": "a", "policy": json.dumps(READS)}],
        "managed_policy_arns": [OWN],
        "permissions_boundary": None,
    }
    found = beside({"planned_values": {"root_module": {"resources": [{"address": "aws_iam_role.a", "values": values}]}}})
    assert actions(found) == [("s3:GetObject",)]
    assert found is not None
    assert (found.attached, found.bounded) == ((OWN,), False)


@pytest.mark.parametrize(
    "boundary", ["arn:aws:iam::111122223333:policy/b", {"PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/b"}]
)
def test_a_boundary_is_told(boundary: object) -> None:
    found = beside({"Role": {"AssumeRolePolicyDocument": TRUST, "PermissionsBoundary": boundary}})
    assert found is not None
    assert found.bounded


def test_what_a_template_has_under_a_condition_or_elsewhere_is_not_counted() -> None:
    text = """
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}}
      ManagedPolicyArns: [!Ref Own, arn:aws:iam::aws:policy/ReadOnlyAccess, !Sub "arn:${AWS::Partition}:iam::aws:policy/Other"]
      PermissionsBoundary: !Ref Boundary
      Policies:
        - !If [Wide, {PolicyName: a, PolicyDocument: {Statement: {Effect: Allow, Action: "s3:*", Resource: "*"}}}, !Ref AWS::NoValue]
        - {PolicyName: b, PolicyDocument: {Statement: {Effect: Allow, Action: "s3:GetObject", Resource: "*"}}}
"""
    [tree] = read_yaml(Source("a.yaml", text.encode()))
    found = policies_beside(find_documents(tree)[0])
    assert found is not None
    assert found.attached == ("arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/Other")
    assert (found.bounded, found.partial) == (True, True)
    assert actions(found) == [("s3:GetObject",)]


def template(role: Mapping[str, object], **others: Mapping[str, object]) -> Beside:
    """What stands beside the role of a template that has `others`, too."""
    resources = {"Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST, **role}}, **others}
    found = beside({"Resources": resources})
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "owner"),
    [
        ("AWS::IAM::Policy", {"Roles": [{"Ref": "Other"}, {"Ref": "Role"}]}),
        ("AWS::IAM::ManagedPolicy", {"Roles": [{"Ref": "Role"}]}),
        ("AWS::IAM::RolePolicy", {"RoleName": {"Ref": "Role"}}),
        ("AWS::IAM::RolePolicy", {"RoleName": "app"}),
    ],
)
def test_a_template_attaches_policies_by_resources_of_their_own(kind: str, owner: dict[str, object]) -> None:
    resource = {"Type": kind, "Properties": {"PolicyDocument": READS, **owner}}
    found = template({"RoleName": "app"} if "RoleName" in owner else {}, Policy=resource)
    assert actions(found) == [("s3:GetObject",)]
    assert not found.partial


def test_a_role_of_a_template_names_its_managed_policies() -> None:
    managed: dict[str, object] = {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": READS}}
    admin = {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::aws:policy/AdministratorAccess"]]}
    found = template({"ManagedPolicyArns": [{"Ref": "Managed"}, admin]}, Managed=managed)
    assert actions(found) == [("s3:GetObject",)]
    assert (found.attached, found.partial) == (("arn:aws:iam::aws:policy/AdministratorAccess",), True)
    assert not template({"ManagedPolicyArns": [{"Ref": "Managed"}]}, Managed=managed).partial


def test_a_policy_that_a_template_attaches_to_others_is_not_the_roles() -> None:
    other = {
        "Type": "AWS::IAM::Policy",
        "Properties": {"PolicyDocument": READS, "Roles": [{"Ref": "Parameter"}], "Users": [{"Ref": "Role"}]},
    }
    found = template({}, Policy=other)
    assert (actions(found), found.partial) == ([], False)


@pytest.mark.parametrize("policy", [{"Condition": "Wide"}, {"Properties": {"Roles": [{"Ref": "Role"}], "PolicyDocument": {"Ref": "Text"}}}])
def test_a_policy_that_may_be_attached_makes_it_partial(policy: dict[str, object]) -> None:
    properties = {"Roles": [{"Ref": "Role"}], "PolicyDocument": READS}
    found = template({}, Policy={"Type": "AWS::IAM::Policy", "Properties": properties, **policy})
    assert (actions(found), found.partial) == ([], True)


@pytest.mark.parametrize(
    ("more", "partial"),
    [
        ({}, False),
        ({"RolePolicyList": [{"PolicyDocument": READS}]}, False),
        ({"AttachedManagedPolicies": [{"PolicyArn": OWN}]}, True),
        ({"ManagedPolicyArns": {"Fn::If": ["Wide", [OWN], []]}}, True),
        ({"ManagedPolicyArns": [{"Ref": "Own"}]}, True),
        ({"Policies": [{"Fn::If": ["Wide", {"PolicyDocument": READS}, {"Ref": "AWS::NoValue"}]}]}, True),
        ({"Policies": {"Fn::If": ["Wide", [{"PolicyDocument": READS}], []]}}, True),
    ],
)
def test_it_is_partial_where_a_document_is_missing_or_open(more: dict[str, object], partial: bool) -> None:
    found = beside({"Role": {"AssumeRolePolicyDocument": TRUST, **more}})
    assert found is not None
    assert found.partial is partial
