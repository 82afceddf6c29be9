"""Which requests carry a key, and which of them with one of some values?"""

from __future__ import annotations

from functools import cache

from iamlint.access.evaluation.request import DERIVED_KEYS
from iamlint.access.search.cube import Cube
from iamlint.access.search.literal import Each, Some, Value
from iamlint.access.sets.value_sets import ALL_POINTS, ALL_TEXT, NO_POINTS, NO_TEXT, TextSet
from iamlint.policy.operator import Quantifier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from iamlint.access.search.cube import Clause
    from iamlint.access.search.domains import Values
    from iamlint.access.search.literal import Test
    from iamlint.access.search.space import KeyPlan, Space


def presence_clause(space: Space, key: str, *, present: bool) -> Clause:
    """The requests that carry `key`, or those that lack it."""
    plan = space.plan(key)
    if plan.key in DERIVED_KEYS:
        return _derived()(plan.key, ALL_TEXT if present else NO_TEXT, not present)
    tests: list[Test] = []
    for name in plan.dimensions:
        whole: Values = ALL_TEXT if name == plan.text else ALL_POINTS
        nothing: Values = NO_TEXT if name == plan.text else NO_POINTS
        if plan.several:
            tests.append(Some(name, whole) if present else Each(name, nothing))
        else:
            tests.append(Value(name, whole, absent=False) if present else Value(name, nothing, absent=True))
    return (Cube(tests),)


def value_clause(plan: KeyPlan, values: TextSet, quantifier: Quantifier, absent: bool) -> Clause:
    """The requests whose key has one of `values` (by the set operator, if any), or with `absent` lack it."""
    if plan.key in DERIVED_KEYS:
        return _derived()(plan.key, values, absent)
    return (Cube((test_of(plan, plan.text, values, quantifier, absent),)),)


def test_of(plan: KeyPlan, name: str, values: Values, quantifier: Quantifier, absent: bool) -> Test:
    """The test that one dimension of a key has one of `values`, by the set operator if there is one."""
    if not plan.several:
        return Value(name, values, absent)
    return Some(name, values) if quantifier is Quantifier.ANY else Each(name, values)


@cache
def _derived() -> Callable[[str, TextSet, bool], Clause]:
    """Loaded for the first key that is read off the caller."""
    from iamlint.access.search.derived import derived_clause

    return derived_clause
