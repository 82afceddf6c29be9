"""Which powers does an identity policy give over things that nobody named?"""

from __future__ import annotations

from typing import Any

from iamlint.access.access import Access
from iamlint.access.powers import Powers, listed
from iamlint.policy.document import Kind
from tests.access.build import policy

STOPS = Powers("cloudtrail:StopLogging", "ec2:ModifyInstanceAttribute + ec2:StopInstances")


def access(*statements: dict[str, Any]) -> Access:
    return Access(policy({"Statement": list(statements)}), Kind.IDENTITY)


def held(*statements: dict[str, Any]) -> list[tuple[str, ...]]:
    return [tuple(permit.action for permit in chain) for chain in STOPS.held(access(*statements))]


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def test_an_action_on_everything_gives_its_power() -> None:
    assert held(allow("CloudTrail:stop*")) == [("cloudtrail:StopLogging",)]


def test_actions_that_give_a_power_together_may_stand_apart() -> None:
    assert held(allow("ec2:StopInstances"), allow("ec2:Modify*")) == [("ec2:ModifyInstanceAttribute", "ec2:StopInstances")]


def test_one_of_two_actions_gives_none() -> None:
    assert held(allow("ec2:StopInstances")) == []


def test_a_thing_that_is_named_gives_none() -> None:
    assert held(allow("cloudtrail:StopLogging", "arn:aws:cloudtrail:eu-west-1:111122223333:trail/sandbox-*")) == []


def test_a_deny_takes_a_power_back() -> None:
    assert held(allow("cloudtrail:StopLogging"), {"Effect": "Deny", "Action": "cloudtrail:*", "Resource": "*"}) == []


def test_an_administrator_has_powers_that_another_rule_tells() -> None:
    assert held(allow("*")) == []


def test_all_of_a_service_is_told_by_another_rule() -> None:
    assert held(allow("cloudtrail:*")) == []


def test_most_of_a_service_is_not() -> None:
    assert held(allow("cloudtrail:*"), {"Effect": "Deny", "Action": "cloudtrail:LookupEvents", "Resource": "*"}) == [
        ("cloudtrail:StopLogging",)
    ]


def test_actions_of_every_service_are_of_none() -> None:
    assert held(allow("*:*")) == []


def test_powers_that_are_made_later_are_found_in_a_policy_that_was_looked_at() -> None:
    asked = access(allow("sqs:AddPermission"))
    assert STOPS.named(asked) == frozenset()
    assert Powers("sqs:AddPermission").named(asked) == {"sqs:AddPermission"}


def test_ways_are_counted_and_the_first_is_told() -> None:
    chains = STOPS.held(access(allow(["cloudtrail:StopLogging", "ec2:StopInstances", "ec2:ModifyInstanceAttribute"])))
    assert listed(chains) == "`cloudtrail:StopLogging` and 1 more"
    assert listed(chains[1:]) == "`ec2:ModifyInstanceAttribute` and `ec2:StopInstances`"
