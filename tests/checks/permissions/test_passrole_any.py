"""How bad is it that a role can be passed?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.permissions.asking import allow, deny, findings, severities

RULE = "passrole-any"


def to(operator: str, *services: str) -> dict[str, Any]:
    return {operator: {"iam:PassedToService": list(services)}}


@pytest.mark.parametrize(
    ("condition", "severity"),
    [
        ({}, "high"),
        (to("StringLike", "*"), "high"),
        (to("StringNotEquals", "lambda.amazonaws.com"), "high"),
        ({"StringEquals": {"aws:PrincipalTag/team": "web"}}, "high"),
        (to("StringEquals", "lambda.amazonaws.com"), "medium"),
        (to("StringEqualsIfExists", "lambda.amazonaws.com"), "medium"),
        (to("StringLike", "lambda.*"), "medium"),
        (to("StringLike", "ec2.amazonaws.com*"), "medium"),
        (to("StringEquals", "budgets.amazonaws.com", "ec2.amazonaws.com.cn"), "medium"),
        (to("StringEquals", "budgets.amazonaws.com"), "low"),
    ],
)
def test_the_service_decides_how_bad_it_is(condition: dict[str, Any], severity: str) -> None:
    assert severities(RULE, allow("iam:PassRole", Condition=condition)) == [severity]


def test_a_service_that_the_source_leaves_open_is_not_judged() -> None:
    assert severities(RULE, allow("iam:PassRole", Condition=to("StringEquals", "${var.service}"))) == []


def test_a_deny_of_other_services_counts() -> None:
    others = deny("iam:PassRole", Condition=to("StringNotEquals", "budgets.amazonaws.com"))
    assert severities(RULE, allow("iam:PassRole"), others) == ["low"]


def test_a_deny_of_the_action_silences() -> None:
    assert severities(RULE, allow("iam:PassRole"), deny("iam:*")) == []


def test_the_tag_of_a_role_is_a_limit_and_the_tag_of_its_caller_is_none() -> None:
    of_role = {"StringLike": {"aws:ResourceTag/team": "*"}}
    assert severities(RULE, allow("iam:PassRole", Condition=of_role)) == []


def test_every_statement_is_judged_by_its_widest_value() -> None:
    narrow = allow("iam:PassRole", ["arn:aws:iam::111122223333:role/web-*", "arn:aws:iam::111122223333:role/*"])
    assert severities(RULE, narrow, allow("iam:PassRole", "arn:aws:iam::*:role/web-*")) == ["high", "low"]


def test_an_administrator_is_reported_once() -> None:
    assert severities(RULE, allow("*"), allow("iam:PassRole")) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (allow("iam:PassRole"), "PASS_ROLE_WITH_STAR_IN_RESOURCE"),
        (allow("iam:*"), "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE"),
        ({"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}, "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION"),
        ({"Effect": "Allow", "Action": "iam:PassRole", "NotResource": "arn:aws:iam::*:role/a"}, "PASS_ROLE_WITH_NOT_RESOURCE"),
    ],
)
def test_the_codes_of_aws_are_told(statement: dict[str, Any], code: str) -> None:
    assert [finding.aws_codes for finding in findings(RULE, statement)] == [(code,)]


def test_an_account_that_the_source_leaves_open_has_no_witness() -> None:
    [finding] = findings(RULE, allow("iam:PassRole", "arn:aws:iam::${var.account}:role/*"))
    assert (finding.witness, "of an account" in finding.message) == (None, True)
