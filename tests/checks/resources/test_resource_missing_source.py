"""When is a service that a resource's policy lets in not asked for whom it acts?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.rulebook.book import load_book
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone

CARDS = [card for card in load_book().cards if card.name == "resource-missing-source"]
SNS = {"Service": "sns.amazonaws.com"}


def findings(
    principal: Any, condition: dict[str, Any] | None = None, action: Any = "sqs:SendMessage", zone: Zone | None = None
) -> list[Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*"}
    if condition:
        statement["Condition"] = condition
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    documents = find_documents(read_json(Source("policy.json", text.encode())), kind=Kind.RESOURCE)
    outcome = lint(documents, CARDS, zone or Zone(), 0)
    assert outcome.failures == ()
    return list(outcome.findings)


@pytest.mark.parametrize(
    "condition",
    [
        {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}},
        {"StringLike": {"aws:SourceAccount": "*"}},
        {"Null": {"aws:SourceArn": "false"}},
        {"StringNotEquals": {"aws:SourceAccount": "210987654321"}},
        {"StringEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"}},
        {"Bool": {"aws:SecureTransport": "true"}},
    ],
)
def test_a_condition_that_strangers_pass_is_no_condition(condition: dict[str, Any]) -> None:
    assert len(findings(SNS, condition)) == 1


@pytest.mark.parametrize(
    "condition",
    [
        {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:210987654321:*"}},
        {"StringEquals": {"AWS:SOURCEACCOUNT": ["210987654321", "543210987654"]}},
        {"StringEqualsIfExists": {"aws:SourceAccount": "210987654321"}},
        {"ForAnyValue:StringLike": {"aws:SourceOrgPaths": "o-a1b2c3d4e5/*"}},
        {"StringEquals": {"aws:SourceOwner": "210987654321"}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::reports-2026"}},
    ],
)
def test_what_fixes_the_account_is_enough(condition: dict[str, Any]) -> None:
    assert findings(SNS, condition) == []


@pytest.mark.parametrize("action", ["sqs:*", "*", "SQS:Send*", ["sqs:ReceiveMessage", "sqs:SendMessage"]])
def test_every_spelling_of_the_action_counts(action: Any) -> None:
    assert len(findings(SNS, action=action)) == 1


def test_the_fix_needs_one_account_and_one_service() -> None:
    budgets = {"Service": "budgets.amazonaws.com"}
    both = {"Service": ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"]}
    one, two = Zone(["210987654321"]), Zone(["210987654321", "543210987654"])
    assert [bool(found.fix.changes) for found in findings(budgets, action="sns:Publish", zone=one)] == [True]
    assert [bool(found.fix.changes) for found in findings(budgets, action="sns:Publish", zone=two)] == [False]
    assert [bool(found.fix.changes) for found in findings(both, action="sns:Publish", zone=one)] == [False, False]
    assert [bool(found.fix.changes) for found in findings(SNS, zone=one)] == [False]
