"""Which policies does AWS manage?"""

from __future__ import annotations

import pytest

from iamlint.knowledge.data import table
from iamlint.knowledge.managed_policies import _is_slip, is_managed_arn, managed_policy, named, suggest_managed_policy


@pytest.mark.parametrize(
    ("arn", "name", "admin"),
    [
        ("arn:aws:iam::aws:policy/AdministratorAccess", "AdministratorAccess", True),
        ("arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess", "ReadOnlyAccess", False),
        ("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", "AWSLambdaBasicExecutionRole", False),
    ],
)
def test_a_policy_is_found_by_its_arn(arn: str, name: str, admin: bool) -> None:
    found = managed_policy(arn)
    assert found is not None
    assert (found.name, found.is_admin) == (name, admin)
    assert found.version.startswith("v")
    assert found.updated[:2] == "20"


@pytest.mark.parametrize(
    ("arn", "meant"),
    [
        ("arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
        ("arn:aws-cn:iam::aws:policy/AdministratorAcess", "arn:aws-cn:iam::aws:policy/AdministratorAccess"),
        ("arn:aws:iam::aws:policy/AWSLambdaFullAccess", "arn:aws:iam::aws:policy/AWSLambda_FullAccess"),
        ("arn:aws:iam::aws:policy/PowerUserAcecss", "arn:aws:iam::aws:policy/PowerUserAccess"),
        ("arn:aws:iam::aws:policy/AmazonETSServiceRolePolicy", None),
        ("arn:aws:iam::aws:policy/PowerUserAccessV7", None),
        ("arn:aws:iam::aws:policy/Xyzzy", None),
        ("arn:aws:iam::aws:policy/AdministratorAccess", None),
        ("arn:aws:iam::111122223333:policy/AdministratorAcess", None),
    ],
)
def test_a_policy_that_is_not_there_has_a_neighbour(arn: str, meant: str | None) -> None:
    assert meant == suggest_managed_policy(arn)
    assert meant is None or managed_policy(arn) is None


def test_the_form_of_the_arn_is_told_apart_from_what_is_known() -> None:
    assert is_managed_arn("arn:aws:iam::aws:policy/Xyzzy")
    assert not is_managed_arn("arn:aws:iam::111122223333:policy/Mine")
    assert not is_managed_arn("arn:aws:iam::aws:policy/*")
    assert named("Xyzzy") is None


def test_a_policy_tells_its_arn() -> None:
    found = named("AWSLambdaBasicExecutionRole")
    assert found is not None
    assert managed_policy(found.arn) is not None


def test_no_policy_of_aws_is_a_slip_of_another() -> None:
    names = sorted(table("managed_policies"))
    assert [(one, other) for one in names for other in names if one != other and _is_slip(one, other)] == []
