"""Which roles does a Resource value stand for?"""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.access.access import Access
from iamlint.access.roles import Reach, reached_roles
from iamlint.policy.document import Kind
from tests.access.build import policy


def reached(action: Any = "iam:PassRole", resource: Any = "*") -> list[tuple[Reach, str]]:
    document = {"Statement": {"Effect": "Allow", "Action": action, "Resource": resource}}
    return [(one.reach, one.account) for one in reached_roles(Access(policy(document), Kind.IDENTITY), "iam:PassRole")]


@pytest.mark.parametrize(
    "resource", ["*", "**", "arn:*", "arn:aws:iam::*:role/*", "arn:aws:iam::*", "arn:aws:*:*:*:role/?*", "arn:aws:iam::*:r*"]
)
def test_every_role(resource: str) -> None:
    assert reached(resource=resource) == [(Reach.EVERY, "")]


@pytest.mark.parametrize("resource", ["arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:*", "arn:aws:iam::${var.id}:role/*"])
def test_every_role_of_an_account(resource: str) -> None:
    assert reached(resource=resource) == [(Reach.ACCOUNT, "111122223333")]


@pytest.mark.parametrize("name", ["deploy-*", "teams/*", "*-admin", "????"])
def test_names(name: str) -> None:
    assert reached(resource=f"arn:aws:iam::*:role/{name}") == [(Reach.NAMES, "")]


@pytest.mark.parametrize(
    "resource",
    [
        "arn:aws:iam::*:role/deploy",
        "arn:aws:iam::111122223333:user/*",
        "arn:aws:s3:::*",
        "arn:aws:iam:us-east-1:*:role/*",
        "arn:aws:iam::*:role/${aws:PrincipalTag/team}*",
        "arn:aws:iam::111122223333:role/${var.name}*",
        "${var.arn}",
    ],
)
def test_roles_that_somebody_wrote_down(resource: str) -> None:
    assert reached(resource=resource) == []


@pytest.mark.parametrize("action", ["iam:PassRole", "IAM:passrole", "iam:Pass*", "iam:*", "*", "*:PassRole", "i?m:PassRole"])
def test_every_spelling_of_the_action_counts(action: str) -> None:
    assert reached(action) == [(Reach.EVERY, "")]


@pytest.mark.parametrize("action", ["iam:GetRole", "sts:*", "${var.action}", "iam:PassRole*x"])
def test_another_action_does_not(action: str) -> None:
    assert reached(action) == []


def test_what_reaches_most_comes_first() -> None:
    values = ["arn:aws:iam::*:role/a*", "arn:aws:iam::111122223333:role/*", "*"]
    assert [reach for reach, _ in reached(resource=values)] == [Reach.EVERY, Reach.ACCOUNT, Reach.NAMES]
