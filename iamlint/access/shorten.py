"""Which fewer or shorter patterns of actions allow exactly the same of today's actions?"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from iamlint.access.subsumed import covers, idle
from iamlint.knowledge.names import action_names, expand
from iamlint.knowledge.wildcards import has_wildcard
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from iamlint.policy.statement import Patterns, Statement

    Way: TypeAlias = Callable[[Patterns], tuple[str, ...]]


def may_be_reworded(statement: Statement) -> bool:
    """Whether other wildcards can say which actions the statement has: it allows them, and leaves none open."""
    actions = statement.actions
    if statement.effect is not Effect.ALLOW or actions is None or actions.negated:
        return False
    return not any(not isinstance(value, str) or has_hole(value) or has_variable(value) for value in actions.values)


def _without_idle(actions: Patterns) -> tuple[str, ...]:
    """The patterns without those that another covers or repeats: they match what all of them match, and will."""
    gone = {position for position, _ in idle(actions)}
    return tuple([value for position, value in enumerate(actions.values) if position not in gone and isinstance(value, str)])


def narrow(actions: Patterns) -> tuple[str, ...]:
    """Patterns that match the same of today's actions, as long as what each matches has in common: they match few that AWS may add.

    This and `shortest` raise ImportError where policyuniverse is not installed.
    """
    return _reworded(_without_idle(actions), _in_common)


def shortest(actions: Patterns) -> tuple[str, ...]:
    """Patterns that match the same of today's actions, as short as can be: they may match many that AWS may add."""
    return _reworded(_without_idle(actions), _in_capitals)


def _reworded(patterns: Sequence[str], way: Callable[[str], str]) -> tuple[str, ...]:
    """`patterns` with those of each service reworded where that is shorter; what names no action that we know stays word for word."""
    known = [pattern for pattern in patterns if not has_wildcard(pattern.partition(":")[0]) and expand(pattern)]
    found = [pattern for pattern in patterns if pattern not in known]
    for service, group in groupby(sorted(known, key=_service), _service):
        old = list(group)
        new = _of_one_service(service, old, way)
        # INVARIANT: nothing is gained or lost of what AWS has today.
        found += new if _length(new) < _length(old) and _actions(new) == _actions(old) else old
    return tuple(found)


def _of_one_service(service: str, patterns: Sequence[str], way: Callable[[str], str]) -> list[str]:
    """The patterns that `way` makes of the shortest, and those of before that will match more than these do: what they promise is kept."""
    new = [way(pattern) for pattern in _minimized(service, _actions(patterns))]
    kept = [old for old in patterns if has_wildcard(old) and not any(covers(one, old, folded=True) for one in new)]
    already = _actions(kept)
    return kept + [one for one in new if not already.issuperset(expand(one))]


@lru_cache(maxsize=256)
def _minimized(service: str, actions: frozenset[str]) -> tuple[str, ...]:
    """What policyuniverse makes of actions of one service; it takes names in lower case, prints, and leaves an open file at its import.

    Its table is ours meanwhile, its own being of 2023.
    """
    import contextlib
    import io
    import warnings

    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore", ResourceWarning)
        from policyuniverse import all_permissions
        from policyuniverse.expander_minimizer import minimize_statement_actions

        theirs = frozenset(all_permissions)
        try:
            all_permissions.clear()
            all_permissions.update(f"{service}:{name.lower()}" for name in action_names(service))
            found: list[str] = minimize_statement_actions({"Effect": "Allow", "Action": [action.lower() for action in actions]})
        finally:
            all_permissions.clear()
            all_permissions.update(theirs)
    return tuple([_open_ended(pattern, actions) for pattern in found])


def _open_ended(pattern: str, actions: frozenset[str]) -> str:
    """`pattern` with the `*` that policyuniverse leaves out where an action's name begins the names of others that are wanted too."""
    names = () if pattern[-1] == "*" else expand(f"{pattern}*")
    return f"{pattern}*" if len(names) > 1 and actions.issuperset(names) else pattern


def _in_capitals(pattern: str) -> str:
    """A name, or a pattern that ends in `*`, as AWS writes the first action that it matches."""
    return expand(pattern)[0][: len(pattern.removesuffix("*"))] + "*" * pattern.endswith("*")


def _in_common(pattern: str) -> str:
    """What the names that a pattern matches have in common."""
    names = expand(pattern)
    if len(names) == 1:
        return names[0]
    first, last = names[0], names[-1]  # in order, so that what these have in common all have
    same = next((at for at, (one, other) in enumerate(zip(first.lower(), last.lower(), strict=False)) if one != other), len(first))
    return first[:same] + "*"


def _service(pattern: str) -> str:
    return pattern.partition(":")[0].lower()


def _actions(patterns: Iterable[str]) -> frozenset[str]:
    return frozenset([action for pattern in patterns for action in expand(pattern)])


def _length(patterns: Iterable[str]) -> int:
    """The characters in a list, with two quotes and a comma each."""
    return sum(len(pattern) + 3 for pattern in patterns)
