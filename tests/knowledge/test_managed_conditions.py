"""Are the conditions in the policies that AWS manages on keys that we know, and on actions that have them?"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any

from moto.iam.aws_managed_policies import aws_managed_policies_data

from iamlint.knowledge import names
from iamlint.knowledge.authorization import action, documented_key, service
from iamlint.knowledge.keys import find_key, is_global, split_claim

PER_ACTION = ("aws:requesttag/", "aws:resourcetag/", "aws:tagkeys")


@functools.cache
def statements() -> tuple[Any, ...]:
    found = (policy["Document"]["Statement"] for policy in json.loads(aws_managed_policies_data).values())
    return tuple(statement for value in found for statement in (value if isinstance(value, list) else [value]))


def keys_with_actions() -> Iterator[tuple[str, str]]:
    for statement in statements():
        entries = statement.get("Action", [])
        found = {name for entry in ([entries] if isinstance(entries, str) else entries) if "*" not in entry for name in names.expand(entry)}
        for keys in statement.get("Condition", {}).values():
            yield from ((key, name) for key in keys for name in found)


def is_supported(key: str, name: str) -> bool:
    if is_global(key) and not key.lower().startswith(PER_ACTION):
        return True
    found = action(name)
    owner = service(name.partition(":")[0])
    return found is not None and owner is not None and owner.supports(found, key)


def test_all_keys_are_known_but_four() -> None:
    used = [key for statement in statements() for keys in statement.get("Condition", {}).values() for key in keys]
    unknown = [key for key in used if find_key(key) is None and documented_key(key) is None and split_claim(key) is None]
    assert len(used) > 5000
    # DeepRacer is gone, and Lake Formation documents its key for nothing.
    assert sorted({*unknown}) == ["deepracer:MultiUser", "deepracer:UserToken", "lakeformation:GlueARN"]
    assert len(unknown) <= 4


def test_keys_are_documented_for_the_actions_they_are_used_with_nearly_always() -> None:
    pairs = list(keys_with_actions())
    missing = [pair for pair in pairs if not is_supported(*pair)]
    assert len(pairs) > 10_000
    assert len(missing) <= 0.03 * len(pairs)
