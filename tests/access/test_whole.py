"""Which services are allowed as a whole?"""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.access.access import Access
from iamlint.access.whole import whole_groups, whole_services
from iamlint.policy.document import Kind
from tests.access.build import policy

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def whole(*statements: dict[str, Any]) -> list[tuple[str, int]]:
    """The services that are allowed as a whole, with the number of resources they are limited to."""
    found = whole_services(Access(policy({"Statement": list(statements)}), Kind.IDENTITY))
    return [(service.service, len(service.resources)) for service in found]


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {**allow(action, resource, **more), "Effect": "Deny"}


@pytest.mark.parametrize(
    "action",
    ["s3:*", "S3:*", "s3:?*", "s3:**", ["s3:GetObject", "s3:*"], [f"s3:{letter}*" for letter in LETTERS], ["s3:*a*", "s3:*", "s3:?"]],
)
def test_every_spelling_is_the_whole_service(action: Any) -> None:
    assert whole(allow(action)) == [("s3", 0)]


@pytest.mark.parametrize("action", [["s3:Get*", "s3:*Object"], "s3:*Bucket", "s3:?", "${var.service}:*", "s3:${var.action}"])
def test_part_of_a_service_is_not(action: Any) -> None:
    assert whole(allow(action)) == []


@pytest.mark.parametrize("resource", ["arn:aws:s3:::*", ["arn:aws:s3:::logs", "arn:*:s3:*:*:*"], "arn:aws:*:*:*:*"])
def test_every_resource_may_be_spelled_as_arns(resource: Any) -> None:
    assert whole(allow("s3:*", resource)) == [("s3", 0)]


def test_resources_limit_it() -> None:
    assert whole(allow("s3:*", ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"])) == [("s3", 2)]


def test_the_services_of_resources_are_named_too() -> None:
    assert whole(allow("*", ["arn:aws:sqs:*:*:*", "arn:aws:sns:*:*:alarms"])) == [("sqs", 0), ("sns", 1)]


def test_a_policy_for_all_services_names_none() -> None:
    assert whole(allow("*")) == []


@pytest.mark.parametrize("action", ["s3:DeleteBucket", "s3:*", "*", "${var.denied}", "s?:*"])
def test_a_deny_of_something_in_it_counts(action: str) -> None:
    assert whole(allow("s3:*"), deny(action)) == []


@pytest.mark.parametrize("statement", [deny("ec2:*"), deny("*", Condition={"Null": {"aws:PrincipalArn": "true"}})])
def test_a_deny_of_nothing_in_it_does_not(statement: dict[str, Any]) -> None:
    assert whole(allow("s3:*"), statement) == [("s3", 0)]


@pytest.mark.parametrize("values", ["s3:*", ["ec2:*", "S3:*"], "*"])
def test_a_deny_of_all_but_the_service_does_not(values: Any) -> None:
    assert whole(allow("s3:*"), {"Effect": "Deny", "NotAction": values, "Resource": "*"}) == [("s3", 0)]


def test_a_deny_of_all_but_a_part_of_the_service_does() -> None:
    assert whole(allow("s3:*"), {"Effect": "Deny", "NotAction": "s3:Get*", "Resource": "*"}) == []


TABLES = "arn:aws:glue:*:*:table/*"


@pytest.mark.parametrize(
    "resource", ["arn:aws:glue:*:*:session/*", "arn:aws:glue:*:*:table", "arn:aws-cn:glue:*:*:*", "arn:aws:glues:*:*:*"]
)
def test_a_deny_of_other_resources_does_not(resource: str) -> None:
    assert whole(allow("glue:*", TABLES), deny("glue:*", resource)) == [("glue", 1)]


@pytest.mark.parametrize(
    "resource", ["*", TABLES, "arn:aws:glue:*:*:*", "arn:aws:glue:eu-*:*:t*/a", "arn:*:gl?e", "arn:aws:glue:*:*:table/"]
)
def test_a_deny_of_some_of_its_resources_does(resource: str) -> None:
    assert whole(allow("glue:*", TABLES), deny("glue:*", resource)) == []


def test_a_condition_counts_when_it_keeps_something_out() -> None:
    narrow = {"StringEquals": {"aws:RequestedRegion": "eu-central-1"}}
    open_to_all = {"StringLike": {"aws:PrincipalArn": "*"}}
    assert whole(allow("s3:*", Condition=narrow), allow("sqs:*", Condition=open_to_all)) == [("sqs", 0)]


def test_a_statement_without_resource_says_nothing() -> None:
    assert whole({"Effect": "Allow", "Action": "s3:*"}) == []


def groups(*statements: dict[str, Any]) -> list[str]:
    """The patterns of services that are allowed as a whole."""
    return [found.service for found in whole_groups(Access(policy({"Statement": list(statements)}), Kind.IDENTITY))]


@pytest.mark.parametrize("action", ["s*:*", "S*:?*", ["s*:*", "s*:Get*"]])
def test_a_pattern_of_services_is_a_group(action: Any) -> None:
    assert groups(allow(action)) == ["s*"]


def test_a_group_may_lack_what_is_denied_by_name() -> None:
    assert groups(allow("s*:*"), deny("sts:*")) == ["s*"]


@pytest.mark.parametrize(
    "statements", [[allow("s*:Get*")], [allow("s*:*"), deny("*:*")], [allow("s*:*", "arn:aws:s3:::a")], [allow("s3:*")]]
)
def test_part_of_a_group_is_none(statements: list[dict[str, Any]]) -> None:
    assert groups(*statements) == []


def test_a_group_with_a_condition_is_none() -> None:
    assert groups(allow("s*:*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})) == []
