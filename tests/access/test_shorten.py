"""Do shorter patterns of actions allow exactly the same of today's actions?"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from functools import cache
from random import Random
from typing import Any

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data
from policyuniverse import all_permissions
from policyuniverse.expander_minimizer import minimize_statement_actions

from iamlint.access.shorten import may_be_reworded, narrow, shortest
from iamlint.knowledge.names import action_names, prefixes
from iamlint.policy.condition import Unknown
from iamlint.policy.statement import Effect, Patterns, Statement


def of(*values: str | Unknown, negated: bool = False) -> Patterns:
    return Patterns("NotAction" if negated else "Action", values, negated=negated, route=(), listed=True)


@cache
def every_action() -> tuple[str, ...]:
    return tuple(f"{prefix}:{name}".lower() for prefix in prefixes() for name in action_names(prefix))


def matched(patterns: Iterator[str] | tuple[str, ...]) -> set[str]:
    """By brute force, each pattern against each action, without what `expand` knows of either."""
    whole = re.compile("|".join(translate(pattern.lower()) for pattern in patterns))
    return {action for action in every_action() if whole.match(action)}


def sts(*names: str) -> Patterns:
    return of(*[f"sts:{name}" for name in names])


FEDERATED = ("AssumeRoleWithSAML", "AssumeRoleWithWebIdentity")


def test_a_pattern_is_as_long_as_what_it_matches_has_in_common() -> None:
    assert narrow(sts("AssumeRole", "AssumeRoot", *FEDERATED)) == ("sts:AssumeRo*",)


def test_a_shorter_one_ends_where_it_begins_to_tell_apart() -> None:
    assert shortest(sts("AssumeRole", "AssumeRoot", *FEDERATED)) == ("sts:A*",)


def test_one_action_is_never_named_by_a_pattern_where_narrow_ones_do() -> None:
    assert narrow(sts("AssumeRoleWithSAML")) == ("sts:AssumeRoleWithSAML",)


def test_the_name_that_begins_other_names_takes_them_along() -> None:
    """policyuniverse alone leaves the `*` out: it would allow `DescribeStackSet` and lose `DescribeStackSetOperation`."""
    names = ("DescribeStackSet", "DescribeStackSetOperation", "DescribeStackRefactor", "DescribeStacks")
    wanted = of(*[f"cloudformation:{name}" for name in names])
    assert matched(shortest(wanted)) == matched(names_of(wanted))


def test_the_name_that_begins_names_that_are_not_wanted_stays_a_name() -> None:
    assert shortest(of("s3:GetObject", "s3:GetObjectAcl"))[0] == "s3:GetObject"


def test_a_pattern_that_will_match_more_than_prefixes_do_is_kept() -> None:
    assert "s3:*Tagging" in shortest(of("s3:*Tagging", "s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectAttributes"))


def test_what_is_not_known_stays_word_for_word() -> None:
    assert set(narrow(of("sts:AssumeRole", "sts:AssumeRoot", *[f"sts:{name}" for name in FEDERATED], "sts:Dream", "nope:*"))) == {
        "sts:Dream",
        "nope:*",
        "sts:AssumeRo*",
    }


def test_a_pattern_of_many_services_stays_word_for_word() -> None:
    assert shortest(of("*:TagResource", "s3:GetObject")) == ("*:TagResource", "s3:GetObject")


def test_what_would_not_be_shorter_stays_as_it_is() -> None:
    assert narrow(of("s3:putobject", "s3:GetObject")) == ("s3:putobject", "s3:GetObject")


def statement(actions: Patterns | None, effect: Effect = Effect.ALLOW) -> Statement:
    return Statement(0, effect, sid=None, principals=None, actions=actions, resources=None, conditions=(), route=())


@pytest.mark.parametrize(
    "left_alone",
    [
        statement(of("s3:Get*"), Effect.DENY),
        statement(of("s3:Get*", negated=True)),
        statement(None),
        statement(of("s3:GetObject", Unknown("!Ref Action"))),
        statement(of("s3:GetObject", "s3:${var.action}")),
        statement(of("s3:GetObject", "s3:${aws:username}")),
    ],
)
def test_only_actions_that_are_allowed_and_known_are_reworded(left_alone: Statement) -> None:
    assert not may_be_reworded(left_alone)
    assert may_be_reworded(statement(of("s3:GetObject")))


def names_of(patterns: Patterns) -> tuple[str, ...]:
    return tuple([value for value in patterns.values if isinstance(value, str)])


def lists(name: str) -> Iterator[Patterns]:
    """The lists of actions that a policy of AWS allows."""
    policy: Any = json.loads(aws_managed_policies_data)[name]["Document"]
    for row in policy["Statement"]:
        if row["Effect"] == "Allow" and isinstance(row.get("Action"), list):
            yield of(*row["Action"])


# Whatever AWS's policies of the greatest size have: hundreds of actions, patterns everywhere, names that begin others, what no page has.
@pytest.mark.parametrize("way", [narrow, shortest])
@pytest.mark.parametrize(
    "name",
    ["AWSBackupOperatorAccess", "AmazonInspector2ServiceRolePolicy", "CloudWatchFullAccessV2", "NetworkAdministrator", "ViewOnlyAccess"],
)
def test_the_same_actions_are_allowed_by_policies_of_aws(name: str, way: Callable[[Patterns], tuple[str, ...]]) -> None:
    for before in lists(name):
        after = way(before)
        assert matched(after) == matched(names_of(before))
        assert sum(map(len, after)) <= sum(map(len, names_of(before)))


def of_chance(chance: Random, service: str) -> Patterns:
    """Names of a service and patterns of every form that match some: at the end, in the middle, more than one."""
    found = []
    for name in chance.choices(action_names(service), k=chance.randint(1, 9)):
        cut, end = sorted([chance.randint(1, len(name)), chance.randint(1, len(name))])
        head, middle, tail = name[:cut], name[cut:end], name[end:]
        forms = [name, name.upper(), f"{head}*", f"*{tail}", f"{head}*{tail}", f"{head}**", f"{head}?{middle[1:]}{tail}", f"*{middle}*"]
        found.append(f"{service}:{chance.choice(forms)}")
    return of(*found)


@pytest.mark.parametrize("way", [narrow, shortest])
@pytest.mark.parametrize("service", ["s3", "ec2", "iam", "sts", "cloudformation"])
def test_the_same_actions_are_allowed_by_patterns_of_every_form(service: str, way: Callable[[Patterns], tuple[str, ...]]) -> None:
    chance = Random(service)
    for _ in range(40):
        before = of_chance(chance, service)
        after = way(before)
        assert matched(after) == matched(names_of(before)), before.values
        assert sum(map(len, after)) <= sum(map(len, names_of(before)))


def minimized_by_policyuniverse(service: str, names: list[str]) -> list[str]:
    """What it makes of actions of a service, its table being ours meanwhile: its own is of 2023. It prints, so who asks captures that."""
    theirs = frozenset(all_permissions)
    try:
        all_permissions.clear()
        all_permissions.update(f"{service}:{name.lower()}" for name in action_names(service))
        found: list[str] = minimize_statement_actions({"Effect": "Allow", "Action": [f"{service}:{name}".lower() for name in names]})
    finally:
        all_permissions.clear()
        all_permissions.update(theirs)
    return found


@pytest.mark.parametrize("service", ["s3", "ec2", "iam", "sts", "cloudformation", "glue", "dynamodb", "ssm"])
def test_policyuniverse_finds_nothing_shorter_that_allows_the_same(service: str) -> None:
    chance = Random(service)
    for _ in range(25):
        names = chance.sample(action_names(service), chance.randint(1, min(12, len(action_names(service)))))
        names = [other for name in names for other in action_names(service) if other.startswith(name[: chance.choice([6, 60])])]
        ours = shortest(of(*[f"{service}:{name}" for name in names]))
        theirs = minimized_by_policyuniverse(service, names)
        assert matched(ours) == {f"{service}:{name.lower()}" for name in names}
        # It leaves the `*` out of what is a name and begins other names, and so loses those.
        if matched(tuple(theirs)) == matched(ours):
            assert sum(len(one) + 3 for one in ours) <= sum(len(one) + 3 for one in theirs)
