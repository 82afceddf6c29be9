"""Is a policy that compares whose the caller is with whose the resource is closed to strangers, and only then?"""

from __future__ import annotations

import pytest

from iamlint.access.access import Access
from iamlint.access.owner import not_for_owner, of_other_organization, strangers
from iamlint.access.search.question import caller_is
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.document import Kind
from tests.policy.reading import only, policy_text

OWN = "210987654321"


def lets_in(condition: object, *kinds: CallerKind) -> bool:
    """Whether somebody of these kinds from elsewhere gets in."""
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::reports/*",
        "Condition": condition,
    }
    access = Access(only(policy_text(statement), Kind.RESOURCE).policy, Kind.RESOURCE)
    asked = (access.space, access.policy)
    elsewhere = not_for_owner(*asked) if CallerKind.SERVICE in kinds else (*strangers(*asked, [OWN]), *of_other_organization(*asked, ()))
    return access.meets([caller_is(*kinds), *elsewhere]) is not None


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}},
        {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}},
        {"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}},
        {"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}},
    ],
)
def test_no_stranger_has_what_the_resource_has(condition: object) -> None:
    assert not lets_in(condition, CallerKind.USER, CallerKind.ROLE)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEqualsIfExists": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}},
        {"StringNotEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}},
        {"StringEquals": {"aws:PrincipalOrgID": "${aws:PrincipalOrgID}"}},
        {"StringEquals": {"aws:PrincipalOrgID": "${aws:PrincipalTag/org}"}},
        {"StringEquals": {"aws:ResourceAccount": OWN}},
    ],
)
def test_a_stranger_passes_what_asks_for_something_else(condition: object) -> None:
    assert lets_in(condition, CallerKind.USER, CallerKind.ROLE)


@pytest.mark.parametrize(("key", "owner"), [("aws:SourceAccount", "aws:ResourceAccount"), ("aws:SourceOrgID", "aws:ResourceOrgID")])
def test_a_service_acts_for_the_owner_alone(key: str, owner: str) -> None:
    assert not lets_in({"StringEquals": {key: f"${{{owner}}}"}}, CallerKind.SERVICE)
    assert lets_in({"StringEqualsIfExists": {key: f"${{{owner}}}"}}, CallerKind.SERVICE)
