"""Which fewer or shorter patterns of actions allow exactly the same of today's actions?"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import groupby

from iamlint.access.subsumed import covers, idle
from iamlint.knowledge.names import action_names, lower_names, names_something
from iamlint.knowledge.wildcards import has_wildcard, matching
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeAlias

    from iamlint.policy.statement import Patterns, Statement

    Way: TypeAlias = Callable[[Patterns], tuple[str, ...]]
    # Of a service, the places (in the order of their names) of the first and the last action of some, and how many letters tell them apart
    # from all others; how they are said.
    Told: TypeAlias = "tuple[int, int, int]"
    Wording: TypeAlias = Callable[[str, Told], str]


def may_be_reworded(statement: Statement) -> bool:
    """Whether other wildcards can say which actions the statement has: it allows them, and leaves none open."""
    actions = statement.actions
    if statement.effect is not Effect.ALLOW or actions is None or actions.negated:
        return False
    return not any(not isinstance(value, str) or has_hole(value) or has_variable(value) for value in actions.values)


def narrow(actions: Patterns) -> tuple[str, ...]:
    """Patterns that match the same of today's actions, as long as what each matches has in common: they match few that AWS may add."""
    return _reworded(_without_idle(actions), _in_common)


def shortest(actions: Patterns) -> tuple[str, ...]:
    """Patterns that match the same of today's actions, as short as can be: they may match many that AWS may add."""
    return _reworded(_without_idle(actions), _in_brief)


@lru_cache(maxsize=256)
def _without_idle(actions: Patterns) -> tuple[str, ...]:
    """The patterns without those that another covers or repeats: they match what all of them match, and will."""
    gone = {position for position, _ in idle(actions)}
    return tuple([value for position, value in enumerate(actions.values) if position not in gone and isinstance(value, str)])


def _reworded(patterns: Sequence[str], wording: Wording) -> tuple[str, ...]:
    """`patterns` with those of each service reworded where that is shorter; what names no action that we know stays word for word."""
    is_known = [not has_wildcard(_service(pattern)) and names_something(pattern) for pattern in patterns]
    known = [pattern for pattern, well in zip(patterns, is_known, strict=True) if well]
    found = [pattern for pattern, well in zip(patterns, is_known, strict=True) if not well]
    for service, group in groupby(sorted(known, key=_service), _service):
        old = list(group)
        new = _of_one_service(service, old, wording)
        # INVARIANT: nothing is gained or lost of what AWS has today.
        found += new if _length(new) < _length(old) and _places(service, new) == _places(service, old) else old
    return tuple(found)


def _of_one_service(service: str, patterns: Sequence[str], wording: Wording) -> list[str]:
    """The patterns that say the same briefly, and those of before that will match more than these do: what they promise is kept."""
    new = [wording(service, told) for told in _told_apart(service, sorted(_places(service, patterns)))]
    kept = [old for old in patterns if has_wildcard(old) and not any(covers(one, old, folded=True) for one in new)]
    already = _places(service, kept)
    return kept + [one for one in new if not kept or not already.issuperset(_places(service, [one]))]


def _told_apart(service: str, places: Sequence[int]) -> Iterator[Told]:
    """The fewest ways to tell the actions at `places` from the others of their service by how their names begin."""
    names = lower_names(service)
    # In order, what begins alike stands together, and of what is not wanted that next to it is most like it.
    for _, numbered in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        run = [place for _, place in numbered]
        before = names[run[0] - 1] if run[0] else ""
        after = names[run[-1] + 1] if run[-1] + 1 < len(names) else ""
        at, end = run[0], run[-1] + 1
        while at < end:
            name = names[at]
            letters = max(_same(name, before), _same(name, after)) + 1
            stop = at + 1 if after.startswith(name) else bisect_left(names, name[:letters] + "\U0010ffff", at, end)
            yield at, stop - 1, letters
            at = stop


def _in_brief(service: str, told: Told) -> str:
    """By as few letters as tell the actions apart."""
    first, last, letters = told
    name = action_names(service)[first]
    return f"{service}:{name}" if first == last and letters + 1 >= len(name) else f"{service}:{name[:letters]}*"


def _in_common(service: str, told: Told) -> str:
    """By all the letters that the actions have in common."""
    first, last, _ = told
    names = action_names(service)
    if first == last:
        return f"{service}:{names[first]}"
    # In order, what the first and the last have in common all have.
    return f"{service}:{names[first][: _same(names[first].lower(), names[last].lower())]}*"


def _same(one: str, other: str) -> int:
    """With how many characters both begin."""
    same = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        same += 1
    return same


def spared_at_most(statement: Statement) -> int:
    """How many characters of a statement's actions rewording can spare at most: of each service something has to stay."""
    if not may_be_reworded(statement) or statement.actions is None:
        return 0
    patterns = [value for value in statement.actions.values if isinstance(value, str)]
    return _length(patterns) - _length([f"{service}:*" for service in set(map(_service, patterns))])


def _service(pattern: str) -> str:
    return pattern.partition(":")[0].lower()


def _places(service: str, patterns: Iterable[str]) -> set[int]:
    """Which of a service's actions, by their places in order, the patterns match."""
    names = lower_names(service)
    found: set[int] = set()
    for pattern in patterns:
        found.update(matching(pattern.partition(":")[2], names))
    return found


def _length(patterns: Iterable[str]) -> int:
    """The characters in a list, with two quotes and a comma each."""
    return sum([len(pattern) + 3 for pattern in patterns])
