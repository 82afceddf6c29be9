"""Which requests does a statement match?"""

from __future__ import annotations

from functools import cache

from iamlint.access.search.callers import principals_clause
from iamlint.access.search.cube import NEVER, Cube, product
from iamlint.access.search.literal import Value
from iamlint.access.search.space import ACTION
from iamlint.access.sets.glob import Glob, action_glob
from iamlint.access.sets.value_sets import TextSet
from iamlint.policy.condition import Unknown
from iamlint.policy.pattern import has_hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from iamlint.access.search.cube import Clause
    from iamlint.access.search.space import Space
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Patterns, Policy, Statement


def statement_cube(space: Space, policy: Policy, statement: Statement, *, certain: bool, without: Iterable[Condition] = ()) -> Cube:
    """The requests that `statement` matches, the conditions `without` left aside.

    With `certain`, an Allow is read as matching only what it matches whatever the unknown values are, and a Deny as matching what it
    matches for some of them; without, the other way round.
    """
    sure = certain if statement.allows else not certain
    skipped = set(map(id, without))
    clauses: list[Clause] = [actions_clause(statement.actions, sure)]
    if statement.principals is not None:
        clauses.append(principals_clause(statement.principals, sure))
    if statement.resources is not None:
        clauses.append(_resources_clause()(space, statement.resources, policy.variables, sure))
    for condition in statement.conditions:
        if id(condition) not in skipped:
            clauses.append(_condition_clause()(space, condition, policy.variables, sure))
    return product(clauses)


def actions_clause(actions: Patterns | None, certain: bool) -> Clause:
    """The actions that an Action or NotAction element matches."""
    if actions is None:
        return NEVER
    globs: list[Glob] = []
    for value in actions.values:
        if isinstance(value, Unknown) or has_hole(value):
            globs += _holed(value) if certain == actions.negated else ()
        else:
            globs.append(action_glob(value))
    return (Cube((Value(ACTION, TextSet(globs, complemented=actions.negated), absent=False),)),)


def _holed(value: str | Unknown) -> tuple[Glob, ...]:
    """The actions that a pattern with holes may match."""
    from iamlint.access.sets.texts import reader_for

    return reader_for("StringLike", variables=False).texts([value.lower() if isinstance(value, str) else value], certain=False).globs


@cache
def _resources_clause() -> Callable[[Space, Patterns, bool, bool], Clause]:
    """Loaded for the first statement about resources: those of trust policies name none."""
    from iamlint.access.search.resources import resources_clause

    return resources_clause


@cache
def _condition_clause() -> Callable[[Space, Condition, bool, bool], Clause]:
    """Loaded for the first statement with conditions."""
    from iamlint.access.search.conditions import condition_clause

    return condition_clause
