"""Which STS actions mean something in a trust policy, and who makes them?"""

from __future__ import annotations

import pytest

from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.sts import TRUST_ACTIONS, assume_action_for, callers_of, canonical_action, is_trust_action

SIGNED = {CallerKind.USER, CallerKind.ROLE, CallerKind.SERVICE}


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("sts:AssumeRole", SIGNED),
        ("STS:assumeRole", SIGNED),
        ("sts:AssumeRoleWithSAML", {CallerKind.SAML}),
        ("sts:AssumeRoleWithWebIdentity", {CallerKind.WEB_IDENTITY}),
        ("sts:TagSession", SIGNED | {CallerKind.SAML, CallerKind.WEB_IDENTITY}),
        ("sts:SetSourceIdentity", SIGNED | {CallerKind.SAML, CallerKind.WEB_IDENTITY}),
        ("sts:SetContext", SIGNED),
        ("sts:GetCallerIdentity", set()),
        ("s3:GetObject", set()),
    ],
)
def test_callers_of_a_trust_action(action: str, expected: set[CallerKind]) -> None:
    assert callers_of(action) == expected


@pytest.mark.parametrize("caller", [CallerKind.ROOT, CallerKind.FEDERATED_USER, CallerKind.ANONYMOUS, CallerKind.CANONICAL])
def test_root_and_federated_users_assume_no_role(caller: CallerKind) -> None:
    assert assume_action_for(caller) is None
    assert all(caller not in callers_of(action) for action in TRUST_ACTIONS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("STS:ASSUMEROLEWITHSAML", "sts:AssumeRoleWithSAML"),
        ("sts:getsessiontoken", "sts:GetSessionToken"),
        ("sts:Assume*", None),
        ("s3:GetObject", None),
        ("", None),
    ],
)
def test_an_action_has_awss_own_capitals(text: str, expected: str | None) -> None:
    assert canonical_action(text) == expected


@pytest.mark.parametrize(("action", "expected"), [("sts:tagsession", True), ("sts:GetFederationToken", False), ("iam:PassRole", False)])
def test_trust_actions(action: str, expected: bool) -> None:
    assert is_trust_action(action) is expected
