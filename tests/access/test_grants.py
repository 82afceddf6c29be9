"""Which patterns of a policy's Allows are about a service, and which Allows about an action?"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from iamlint.access.grants import Grants, ask_for
from iamlint.access.sets.fits import names_action
from tests.access.build import policy

ASKED = ("iam:PassRole", "iam:CreateUser", "s3:GetObject", "s3:PutObject", "sqs:SendMessage")
OTHER = "s3:GetObjectAcl"
PATTERNS = (
    *("iam:PassRole", "IAM:passrole", "iam:*", "iam:Pass*", "iam:?assRole", "s3:Get*", "s3:GetObject", "s3:*Object", "s3:G*b*t", "s3:z*"),
    *("s?:*", "*:PutObject", "*", "*:*", "?*", "s*", "s3", "", ":", "sqs:SendMessage", "sqsx:SendMessage"),
    *("${var.service}:*", "s3:${var.x}"),
)


def grants(*statements: dict[str, Any]) -> Grants:
    return Grants(policy({"Statement": list(statements)}))


def allow(*actions: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*"}


def is_of_several(pattern: str) -> bool:
    service = pattern.partition(":")[0]
    return "*" in service or "?" in service


def slowly(statements: list[list[str]], action: str) -> list[int]:
    """The statements about an action, looked through one pattern after the other."""
    wild = [is_of_several(pattern) for pattern in PATTERNS]
    found: list[int] = []
    for several in (False, True):
        for index, patterns in enumerate(statements):
            fitting = [one for one in patterns if wild[PATTERNS.index(one)] is several and one.strip("*:?")]
            if index not in found and any(names_action(one, action.lower()) for one in fitting):
                found.append(index)
    return found


@pytest.mark.parametrize("action", [*ASKED, OTHER])
def test_the_allows_about_an_action_are_those_of_its_service_and_then_those_of_several(action: str) -> None:
    ask_for(ASKED)
    random = Random(1)
    for _ in range(300):
        statements = [random.choices(PATTERNS, k=random.randint(1, 4)) for _ in range(random.randint(1, 4))]
        found = [statement.index for statement in grants(*[allow(*actions) for actions in statements]).naming(action)]
        assert found == slowly(statements, action), statements


def test_actions_that_are_asked_for_later_are_found_too() -> None:
    made = grants(allow("sns:Publish"))
    assert "sns:Publish" not in made.about
    ask_for(["sns:Publish"])
    assert [statement.index for statement in made.about["sns:Publish"]] == [0]


def test_services_are_told_in_the_order_of_the_policy() -> None:
    made = grants(allow("s3", "sqs:Send", "sqs:Get*", "S3:x", "sqsx:y", "*", "i*:z", "", "sqs:w"), allow("ec2:?", "kms:z"))
    assert list(made.services) == ["sqs", "s3", "sqsx", "ec2", "kms"]
    assert list(made.open_services) == ["ec2", "kms"]


@pytest.mark.parametrize(
    ("actions", "of_any", "wide"),
    [
        (["s3:*"], False, False),
        (["s*:*"], True, False),
        (["*"], True, True),
        (["?*:Get*"], True, True),
        (["z*:Get*"], True, True),
        (["zz:Get*"], False, True),
    ],
)
def test_what_may_be_meant_for_any_service_shows_in_the_first_letters(actions: list[str], of_any: bool, wide: bool) -> None:
    made = grants(allow(*actions))
    assert (made.may_be_of_any, made.may_be_wide) == (of_any, wide)


def test_a_not_action_may_be_about_anything() -> None:
    made = grants({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"})
    assert made.may_be_of_any
    assert made.may_be_wide
    assert [value for _, value in made.wild] == [""]
    assert not made.naming("s3:GetObject")


@pytest.mark.parametrize(
    ("action", "about"),
    [
        ("iam:PassRole", True),
        ("IAM:pass*", True),
        ("iam:CreateUser", False),
        ("iam:Passed*", False),
        ("*", True),
        ("i*:Get", True),
        ("s3:*", False),
    ],
)
def test_a_policy_may_be_about_an_action_that_a_pattern_names_or_that_may_be_of_any_service(action: str, about: bool) -> None:
    ask_for(ASKED)
    assert grants(allow(action)).may_be_about(frozenset({"iam:PassRole"})) is about


def test_patterns_are_about_what_they_fit_wherever_their_wildcards_stand() -> None:
    asked = ("zz:GetA", "zz:GetAlso", "zz:GotA", "zz:PutA", "zzz:GetA")
    ask_for(asked)
    for pattern in ("zz:*", "zz:g*", "zz:getA*", "zz:get?", "zz:g?tA", "zz:*A", "zz:G*t*", "z*:get*", "zz*:*A", "zz:?*", "zzz:*", "zz:x*"):
        found = grants(allow(pattern)).about.keys() & asked
        assert found == {action for action in asked if names_action(pattern, action.lower())}, pattern
