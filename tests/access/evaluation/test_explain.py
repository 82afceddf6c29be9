"""The lines that say why a statement applies or not."""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.access.evaluation.explain import explain
from iamlint.access.evaluation.request import Request
from tests.access.build import OTHER, allow, deny, user

OBJECT = "arn:aws:s3:::bucket/a"
LINES = [
    ({}, "allows"),
    ({"Action": "s3:Put*"}, "does not apply: `s3:GetObject` is not among its actions"),
    ({"NotAction": "s3:Get*"}, "does not apply: `s3:GetObject` is in its NotAction"),
    ({"Resource": "arn:aws:s3:::other/*"}, "does not apply: `arn:aws:s3:::bucket/a` is not among its resources"),
    ({"NotResource": "*"}, "does not apply: `arn:aws:s3:::bucket/a` is in its NotResource"),
    ({"Principal": {"AWS": OTHER}}, "does not apply: its principals do not include the caller"),
    ({"NotPrincipal": "*"}, "does not apply: its NotPrincipal excepts the caller"),
    ({"Condition": {"StringEquals": {"sts:ExternalId": "x"}}}, "does not apply: sts:ExternalId is absent and StringEquals needs it"),
    ({"Condition": {"StringNotEquals": {"aws:username": "bob"}}}, "does not apply: aws:username is `bob`, which StringNotEquals refuses"),
    ({"Condition": {"Null": {"aws:username": "true"}}}, "does not apply: aws:username is present, which Null refuses"),
    ({"Condition": {"Null": {"aws:x": "false"}}}, "does not apply: aws:x is absent, which Null refuses"),
    (
        {"Condition": {"StringEquals": {"aws:TagKeys": "a"}}},
        "does not apply: aws:TagKeys has a list of values and StringEquals has no set operator",
    ),
    (
        {"Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": "a"}}},
        "does not apply: aws:TagKeys is `a`, `b`, which ForAllValues:StringEquals refuses",
    ),
    ({"Condition": {"StringEquals": {"${var.issuer}:sub": "x"}}}, "does not apply: the source leaves the key `${var.issuer}:sub` open"),
]


@pytest.mark.parametrize(("elements", "line"), LINES)
def test_a_line_says_what_decided(elements: dict[str, Any], line: str) -> None:
    request = Request("s3:GetObject", user("bob"), OBJECT, {"aws:TagKeys": ("a", "b")})

    assert explain(allow(**elements), request) == (f"statement 0 {line}",)


def test_a_request_without_resource_is_only_matched_by_a_star() -> None:
    lines = explain(allow(Resource="arn:aws:s3:::*"), Request("s3:ListAllMyBuckets", user("bob")))

    assert lines == ("statement 0 does not apply: the request has no resource, and only `*` matches that",)


def test_each_statement_has_its_line() -> None:
    assert explain(deny(Action="s3:*"), Request("s3:GetObject", user("bob"), OBJECT)) == ("statement 0 allows", "statement 1 denies")
