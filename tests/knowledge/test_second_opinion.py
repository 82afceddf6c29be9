"""Does policyuniverse, whose data of 2023 is gathered by others, read patterns of actions as we do?

It is asked about every pattern in AWS's managed policies. What it says otherwise has to fall under one of the reasons below; a reason under
which nothing falls any more is to be taken out.
"""

from __future__ import annotations

import json
from functools import cache

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data
from policyuniverse import all_permissions
from policyuniverse.expander_minimizer import get_actions_from_statement

from iamlint.knowledge.names import expand
from iamlint.knowledge.retired import is_retired

NEWER = "AWS has documented the action since its data was made"
UNMATCHED = "it leaves a pattern as it stands that matches nothing it knows"
RETIRED = "AWS no longer documents the action"


def patterns() -> list[str]:
    """Every pattern with a wildcard; exact names tell nothing of how patterns are read, and it looks each up in all of its data."""
    found: set[str] = set()
    for policy in json.loads(aws_managed_policies_data).values():
        statements = policy["Document"]["Statement"]
        for statement in statements if isinstance(statements, list) else [statements]:
            for element in ("Action", "NotAction"):
                values = statement.get(element, [])
                found.update([values] if isinstance(values, str) else values)
    return sorted(pattern for pattern in found if "*" in pattern)


def reason(pattern: str, action: str, *, ours: bool) -> str | None:
    """Why only one of both has the action (in lower case); None when nothing explains it."""
    if ours:
        return NEWER if action not in all_permissions else None
    if action == pattern.lower():
        return UNMATCHED
    return RETIRED if is_retired(action) else None


@cache
def disagreements() -> dict[tuple[str, str], str | None]:
    """Each pattern and action of which the two say different things, with the reason."""
    found: dict[tuple[str, str], str | None] = {}
    for pattern in patterns():
        ours = {action.lower() for action in expand(pattern)}
        theirs = {action.lower() for action in get_actions_from_statement({"Action": [pattern]})}
        found |= {(pattern, action): reason(pattern, action, ours=action in ours) for action in ours ^ theirs}
    return found


def test_what_is_read_otherwise_has_a_reason() -> None:
    assert [said for said, why in disagreements().items() if why is None] == []


@pytest.mark.parametrize("why", [NEWER, UNMATCHED, RETIRED])
def test_a_reason_explains_something(why: str) -> None:
    assert why in disagreements().values()


def test_many_patterns_are_read_alike() -> None:
    assert len(set(patterns()) - {pattern for pattern, _ in disagreements()}) > 500
