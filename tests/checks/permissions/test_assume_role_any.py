"""Whose roles can be assumed, and what keeps strangers' roles out?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.permissions.asking import allow, deny, findings, severities

RULE = "assume-role-any"
ACTION = "sts:AssumeRole"


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("*", ["high"]),
        ("arn:aws:iam::*:role/*", ["high"]),
        ("arn:aws:iam::444455556666:role/*", ["medium"]),
        ("arn:aws:iam::*:role/deploy-*", ["low"]),
        ("arn:aws:iam::444455556666:role/deploy-*", []),
        ("arn:aws:iam::*:role/deploy", []),
    ],
)
def test_what_is_reached_decides(resource: str, expected: list[str]) -> None:
    assert severities(RULE, allow(ACTION, resource)) == expected


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}},
        {"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}},
        {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}},
        {"ForAnyValue:StringLike": {"aws:ResourceOrgPaths": "o-a1b2c3d4e5/*"}},
    ],
)
def test_a_condition_on_the_role_makes_it_one_level_lower(condition: dict[str, Any]) -> None:
    assert severities(RULE, allow(ACTION, Condition=condition)) == ["medium"]


@pytest.mark.parametrize(
    ("condition", "severity"),
    [
        ({"StringEquals": {"aws:ResourceTag/assumable-by": "${aws:PrincipalTag/team}"}}, "low"),
        ({"StringEquals": {"iam:ResourceTag/group": "admins", "aws:ResourceOrgID": "${aws:PrincipalOrgID}"}}, "low"),
        ({"StringLike": {"iam:ResourceTag/group": "*"}}, "low"),
        ({"StringEqualsIfExists": {"iam:ResourceTag/group": "admins"}}, "high"),
        ({"StringNotEquals": {"iam:ResourceTag/group": "admins"}}, "high"),
    ],
)
def test_a_tag_that_the_role_must_have_makes_it_two_levels_lower(condition: dict[str, Any], severity: str) -> None:
    assert severities(RULE, allow(ACTION, Condition=condition)) == [severity]


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:ResourceOrgID": "*"}},
        {"StringNotEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}},
        {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        {"StringLike": {"sts:RoleSessionName": "${aws:username}"}},
    ],
)
def test_a_condition_that_lets_strangers_in_does_not(condition: dict[str, Any]) -> None:
    assert severities(RULE, allow(ACTION, Condition=condition)) == ["high"]


def test_a_deny_outside_the_organization_makes_it_one_level_lower() -> None:
    outside = deny("sts:*", Condition={"StringNotEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}})
    assert severities(RULE, allow(ACTION), outside) == ["medium"]


def test_a_deny_without_mfa_does_not() -> None:
    unproven = deny("*", Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}})
    assert severities(RULE, allow(ACTION), unproven) == ["high"]


def test_a_deny_of_what_is_not_listed_silences() -> None:
    others = {"Effect": "Deny", "Action": ACTION, "NotResource": "arn:aws:iam::*:role/deploy"}
    assert severities(RULE, allow(ACTION), others) == []


def test_the_witness_is_the_holder_and_a_role_of_another_account() -> None:
    [finding] = findings(RULE, allow("sts:*"))
    assert finding.witness is not None
    assert (finding.witness.action, finding.witness.resource) == (ACTION, "arn:aws:iam::444455556666:role/some-other-role")


def test_other_ways_to_a_session_do_not_count() -> None:
    assert severities(RULE, allow(["sts:AssumeRoleWithWebIdentity", "sts:GetSessionToken"])) == []
