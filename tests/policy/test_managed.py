"""Are the policies of AWS that make an administrator found where a template attaches them?"""

from __future__ import annotations

import pytest

from iamlint.policy.document import Kind
from tests.policy.reading import found, only, resource

ARN = "arn:aws:iam::aws:policy/AdministratorAccess"


def routes(type: str, properties: dict[str, object]) -> list[tuple[Kind, tuple[int, ...]]]:
    """Of each policy that the properties of a resource hold its kind, and the way to it from them."""
    return [(document.kind, document.route[3:]) for document in found(resource(type, **properties))]


@pytest.mark.parametrize("type", ["AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"])
@pytest.mark.parametrize(
    "arn",
    [ARN, "arn:aws-us-gov:iam::aws:policy/AdministratorAccess", {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess"}],
)
def test_it_stands_where_it_is_named(type: str, arn: object) -> None:
    assert routes(type, {"Path": "/", "ManagedPolicyArns": ["arn:aws:iam::aws:policy/ReadOnlyAccess", arn]}) == [(Kind.IDENTITY, (1, 1))]


@pytest.mark.parametrize("policies", [ARN, "AdministratorAccess", ["AdministratorAccess"], [ARN]])
def test_a_serverless_application_may_name_it_alone(policies: object) -> None:
    kinds = [kind for kind, _ in routes("AWS::Serverless::Function", {"Policies": policies})]
    assert kinds == [Kind.IDENTITY]


def test_all_of_iam_is_as_much() -> None:
    (statement,) = only(resource("AWS::IAM::Group", ManagedPolicyArns=["arn:aws:iam::aws:policy/IAMFullAccess"])).policy.statements
    assert statement.actions is not None
    assert statement.actions.values == ("iam:*",)


def test_a_permission_set_may_have_it() -> None:
    assert routes("AWS::SSO::PermissionSet", {"ManagedPolicies": [ARN]}) == [(Kind.IDENTITY, (0, 0))]


@pytest.mark.parametrize(
    ("type", "properties"),
    [
        ("AWS::IAM::Role", {"ManagedPolicyArns": ["AdministratorAccess", {"Ref": "Policy"}, f"{ARN}-Amplify"]}),
        ("AWS::IAM::Role", {"ManagedPolicyArns": ["arn:aws:iam::210987654321:policy/AdministratorAccess"]}),
        ("AWS::IAM::Role", {"PermissionsBoundary": ARN}),
        ("Custom::Role", {"ManagedPolicyArns": [ARN]}),
    ],
)
def test_nothing_else_is_taken_for_it(type: str, properties: dict[str, object]) -> None:
    assert routes(type, properties) == []
