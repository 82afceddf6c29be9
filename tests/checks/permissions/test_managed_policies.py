"""What is said of the policies that AWS manages?"""

from __future__ import annotations

import json

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone
from tests.checks.permissions.asking import CARDS


@pytest.fixture(scope="module")
def said() -> dict[str, set[tuple[str, str]]]:
    """The rules and subjects of the findings in each policy; every question must have been decided."""
    found = {}
    for name, policy in json.loads(aws_managed_policies_data).items():
        documents = find_documents(read_json(Source(name, json.dumps(policy["Document"]).encode())), kind=Kind.IDENTITY)
        outcome = lint(documents, CARDS, Zone(), 0)
        assert outcome.failures == (), name
        found[name] = {(finding.rule, finding.subject) for finding in outcome.findings}
    return found


def test_there_is_one_administrator(said: dict[str, set[tuple[str, str]]]) -> None:
    assert [name for name, found in said.items() if ("admin-star", "*") in found] == ["AdministratorAccess"]


def test_an_administrator_is_nothing_else(said: dict[str, set[tuple[str, str]]]) -> None:
    assert said["AdministratorAccess"] == {("admin-star", "*")}


def test_a_power_user_may_assume_roles(said: dict[str, set[tuple[str, str]]]) -> None:
    assert said["PowerUserAccess"] == {("assume-role-any", "*"), ("service-linked-role-any", "iam:CreateServiceLinkedRole")}


def test_who_may_read_all_may_read_what_is_stored(said: dict[str, set[tuple[str, str]]]) -> None:
    about = ["ssm:GetParameter", "s3:GetObject"]
    tokens = ("credentials-exposure", "cognito-identity:GetOpenIdTokenForDeveloperIdentity")
    assert said["ReadOnlyAccess"] == {*(("sensitive-data-read-any", action) for action in about), tokens}


@pytest.mark.parametrize("name", ["SecurityAudit", "ViewOnlyAccess", "AWSLambdaBasicExecutionRole", "AmazonEKSWorkerNodePolicy"])
def test_nothing_is_said_of_readers_and_small_policies(said: dict[str, set[tuple[str, str]]], name: str) -> None:
    assert said[name] == set()


@pytest.mark.parametrize(("name", "service"), [("IAMFullAccess", "iam"), ("AmazonS3FullAccess", "s3"), ("AmazonEC2FullAccess", "ec2")])
def test_full_access_is_a_whole_service(said: dict[str, set[tuple[str, str]]], name: str, service: str) -> None:
    assert ("service-wildcard", service) in said[name]
