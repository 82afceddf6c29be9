"""Which service principals are there?"""

from __future__ import annotations

import pytest

from iamlint.knowledge import services
from iamlint.knowledge.service_principals import _ALIASES, find_service_principal, may_be_part, may_exist, suggest_service_principal


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("lambda.amazonaws.com", "lambda.amazonaws.com"),
        ("Lambda.AmazonAWS.com", "lambda.amazonaws.com"),
        ("logs.eu-west-1.amazonaws.com", "logs.{region}.amazonaws.com"),
        ("logs.cn-north-1.amazonaws.com.cn", "logs.{region}.amazonaws.com.cn"),
        ("us-east-1.elasticache-snapshot.amazonaws.com", "{region}.elasticache-snapshot.amazonaws.com"),
        ("lambda.me-south-1.amazonaws.com", "lambda.amazonaws.com"),
        ("ec2.amazonaws.com.cn", "ec2.amazonaws.com.cn"),
        ("alexa-appkit.amazon.com", "alexa-appkit.amazon.com"),
        ("lambda.amazonaws.com.cn", None),
        ("xyzzy.amazonaws.com", None),
        ("*.amazonaws.com", None),
        ("amazonaws.com", None),
        ("", None),
    ],
)
def test_a_principal_is_found_in_its_regional_forms_too(name: str, known: str | None) -> None:
    found = find_service_principal(name)
    assert (found.name if found else None) == known


@pytest.mark.parametrize(
    ("name", "possible"),
    [
        ("lambda.amazonaws.com", True),
        ("a2c.amazonaws.com", True),
        ("lambda.amazonaws.com.cn", True),
        ("lambda.amazonaws.eu", True),
        ("lambda.eu-west-1.amazonaws.com", True),
        ("xyzzy.amazonaws.com", False),
        ("lambda.example.com", False),
        ("*.amazonaws.com", False),
        ("", False),
    ],
)
def test_an_unknown_name_may_exist_when_it_is_named_like_a_service(name: str, possible: bool) -> None:
    assert may_exist(name) is possible


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ec2.amazon.com", "ec2.amazonaws.com"),
        ("ec2.aws.amazon.com", "ec2.amazonaws.com"),
        ("ec2.amazonaws.con", "ec2.amazonaws.com"),
        ("ecs-task.amazonaws.com", "ecs-tasks.amazonaws.com"),
        ("eventbridge.amazonaws.com", "events.amazonaws.com"),
        ("stepfunctions.amazonaws.com", "states.amazonaws.com"),
        ("codebiuld.amazonaws.com", "codebuild.amazonaws.com"),
        ("lambda.amazonaws.com", None),
        ("a2c.amazonaws.com", None),
        ("xyzzy.example.com", None),
        ("", None),
    ],
)
def test_a_slip_is_understood(name: str, meant: str | None) -> None:
    assert suggest_service_principal(name) == meant


@pytest.mark.parametrize(
    ("name", "possible"),
    [
        ("new-part.rds.amazonaws.com", True),
        ("new-part.xyzzy.amazonaws.com", False),
        ("rds.amazonaws.com", False),
        ("x.rds.example.com", False),
    ],
)
def test_a_name_below_that_of_a_service_may_be_a_part_of_it(name: str, possible: bool) -> None:
    assert may_be_part(name) is possible


def test_a_principal_tells_what_it_is_used_for() -> None:
    linked = find_service_principal("agentless.inspector2.amazonaws.com")
    assert linked is not None
    assert linked.is_only_linked
    trusted = find_service_principal("ec2.amazonaws.com")
    assert trusted is not None
    assert trusted.confidence == "high"
    assert "principal" in trusted.uses
    assert not trusted.is_only_linked


def test_every_alias_leads_to_a_principal_and_is_none() -> None:
    assert [name for name in _ALIASES.values() if find_service_principal(f"{name}.amazonaws.com") is None] == []
    assert [name for name in _ALIASES if find_service_principal(f"{name}.amazonaws.com") is not None] == []


def test_every_service_of_which_we_know_what_it_sends_may_exist() -> None:
    names = [*services._SENDS_EXTERNAL_ID, *services._NO_EXTERNAL_ID.split(), *services._BOTH_SOURCE_KEYS.split()]
    assert [name for name in names if not may_exist(f"{name}.amazonaws.com")] == []
