"""How bad is it that a resource is open to everybody, and when is it not?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.finding import Finding
from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.rulebook.book import load_book
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone

CARDS = [card for card in load_book().cards if card.name == "public-resource-policy"]
URL = {"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}}


def found(action: Any, condition: dict[str, Any] | None = None, principal: Any = "*") -> list[Finding]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*", "Condition": condition or {}}
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    outcome = lint(find_documents(read_json(Source("policy.json", text.encode())), kind=Kind.RESOURCE), CARDS, Zone(["210987654321"]), 0)
    assert outcome.failures == ()
    return list(outcome.findings)


def severities(action: Any, condition: dict[str, Any] | None = None, principal: Any = "*") -> list[str]:
    return [finding.severity.value for finding in found(action, condition, principal)]


@pytest.mark.parametrize("action", ["s3:GetObject", ["s3:GetObject", "s3:GetObjectVersion"]])
def test_the_objects_of_a_website_are_high(action: Any) -> None:
    assert severities(action) == ["high"]


@pytest.mark.parametrize(
    "action",
    [
        "secretsmanager:GetSecretValue",
        "sqs:ReceiveMessage",
        ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        ["s3:GetObject", "s3:ListBucket"],
        "s3:Get*",
        "es:ESHttpGet",
        "kms:Decrypt",
        "lambda:InvokeFunction",
    ],
)
def test_to_read_anything_else_is_critical(action: Any) -> None:
    assert severities(action) == ["critical"]


@pytest.mark.parametrize("condition", [URL, {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}}])
def test_a_function_that_is_called_by_its_address_is_high(condition: dict[str, Any]) -> None:
    assert severities(["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"], condition) == ["high"]


@pytest.mark.parametrize(
    ("action", "condition", "who"),
    [
        ("s3:PutObject", {}, "anybody on the internet"),
        ("s3:PutObject", {"StringEquals": {"aws:PrincipalType": "Anonymous"}}, "anybody on the internet"),
        ("kms:Decrypt", {}, "any AWS account"),
        ("lambda:InvokeFunction", {}, "any AWS account"),
        ("lambda:GetLayerVersion", {}, "any AWS account"),
        ("lambda:InvokeFunctionUrl", {}, "anybody on the internet"),
        ("lambda:InvokeFunctionUrl", URL, "anybody on the internet"),
        ("lambda:InvokeFunctionUrl", {"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}}, "any AWS account"),
        ("lambda:InvokeFunction", {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}}, "anybody on the internet"),
    ],
)
def test_who_gets_in_is_who_needs_no_credentials(action: str, condition: dict[str, Any], who: str) -> None:
    (finding,) = found(action, condition)
    assert finding.message.startswith(f"{who} can call")


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalAccount": "444455556666"}},
        {"StringEquals": {"aws:PrincipalOrgID": "${var.org}"}},
        {"StringEquals": {"kms:CallerAccount": "210987654321"}},
        {"StringEquals": {"aws:SourceVpc": "vpc-0c1d2e3f4a5b6c7d8"}},
    ],
)
def test_who_is_named_is_not_everybody(condition: dict[str, Any]) -> None:
    assert severities("s3:PutObject", condition) == []


@pytest.mark.parametrize(
    "condition",
    [
        {"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}},
        {"StringLike": {"aws:SourceVpce": "vpce-*"}},
        {"StringEqualsIfExists": {"aws:SourceVpce": "vpce-0c1d2e3f4a5b6c7d8"}},
        {"StringLike": {"aws:Referer": "https://acme.com/*"}},
    ],
)
def test_what_strangers_meet_keeps_nobody_out(condition: dict[str, Any]) -> None:
    assert severities("s3:PutObject", condition) == ["critical"]
