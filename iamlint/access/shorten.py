"""Which fewer or shorter patterns of actions allow exactly the same of today's actions?"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from iamlint.access.subsumed import idle
from iamlint.knowledge.names import action_names, lower_names
from iamlint.knowledge.wildcards import has_wildcard, matching
from iamlint.policy.pattern import has_hole, has_variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from iamlint.policy.statement import Patterns, Statement

    Way: TypeAlias = Callable[[Patterns], tuple[str, ...]]
    # Some of a service's actions that stand together in the order of their names: the place of the first, and the one behind the last.
    Run: TypeAlias = tuple[int, int]
    # A run, and how many letters tell it apart from all other actions.
    Told: TypeAlias = tuple[int, int, int]
    Wording: TypeAlias = Callable[[str, Iterable[Told]], list[str]]


# The characters of `"x:*",` beside those of the service.
_LEAST = 5


def may_be_reworded(statement: Statement) -> bool:
    """Whether other wildcards can say which actions the statement has: it allows them, and leaves none open."""
    actions = statement.actions
    if statement.denies or actions is None or actions.negated or actions.open:
        return False
    if "{" not in actions.text and "<" not in actions.text:
        return True
    return not any(isinstance(value, str) and (has_hole(value) or has_variable(value)) for value in actions.values)


def narrow(actions: Patterns) -> tuple[str, ...]:
    """Patterns that match the same of today's actions, as long as what each matches has in common: they match few that AWS may add."""
    return _reworded(_without_idle(actions), _in_common)


def shortest(actions: Patterns) -> tuple[str, ...]:
    """Patterns that match the same of today's actions, as short as can be: they may match many that AWS may add."""
    return _reworded(_without_idle(actions), _in_brief)


def _without_idle(actions: Patterns) -> tuple[str, ...]:
    """The patterns without those that another covers or repeats: they match what all of them match, and will."""
    gone = {position for position, _ in idle(actions)}
    values = [value for position, value in enumerate(actions.values) if position not in gone] if gone else actions.values
    return tuple([value for value in values if isinstance(value, str)])


def _reworded(patterns: Sequence[str], wording: Wording) -> tuple[str, ...]:
    """`patterns` with those of each service reworded where that is shorter; what names no action that we know stays word for word."""
    found: list[str] = []
    known: dict[str, list[str]] = {}
    for pattern in patterns:
        service, runs = _named(pattern)
        if runs:
            known.setdefault(service, []).append(pattern)
        else:
            found.append(pattern)
    for service in sorted(known):
        found += _of_one_service(service, tuple(known[service]), wording)
    return tuple(found)


def _of_one_service(service: str, old: tuple[str, ...], wording: Wording) -> Sequence[str]:
    """The patterns that say the same briefly, and those of before that will match more than these do: what they promise is kept."""
    length = _length(old)
    if length <= len(service) + _LEAST:
        return old
    told = _told_apart(service, old)
    new = wording(service, told)
    kept = _kept(old, new)
    if kept:
        promised = _runs(kept)
        new = kept + [text for one, text in zip(told, new, strict=True) if not _within(one, promised)]
    return new if _length(new) < length else old


def _kept(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Which patterns with wildcards will match what none of the new ones does."""
    wild = [pattern for pattern in old if "*" in pattern or "?" in pattern]
    heads = tuple([pattern[:-1].lower() for pattern in new if pattern[-1] == "*"]) if wild else ()
    return [pattern for pattern in wild if not pattern.lower().startswith(heads)]


def _within(told: Told, runs: Iterable[Run]) -> bool:
    """Whether one of `runs` has all that is told apart."""
    first, end, _ = told
    return True in [begun <= first and end <= over for begun, over in runs]


@lru_cache(maxsize=256)
def _told_apart(service: str, patterns: tuple[str, ...]) -> Sequence[Told]:
    """The fewest ways to tell what `patterns` match from the other actions of their service by how the names begin."""
    names = lower_names(service)
    return [told for run in _runs(patterns) for told in _parts(names, run)]


def _parts(names: Sequence[str], run: Run) -> list[Told]:
    """The actions of a run in as few parts as beginnings can tell from what is not wanted. INVARIANT: each action is in one part."""
    at, end = run
    # In order, what begins alike stands together, and of what is not wanted that next to it is most like it.
    before = names[at - 1] if at else ""
    after = names[end] if end < len(names) else ""
    found: list[Told] = []
    while at < end:
        name = names[at]
        letters = _same(name, before) + 1
        if after.startswith(name[:letters]):
            letters = _same(name, after) + 1
        stop = at + 1
        if stop < end and not after.startswith(name):
            stop = bisect_left(names, name[:letters] + "\U0010ffff", stop, end)
        found.append((at, stop, letters))
        at = stop
    return found


def _in_brief(service: str, told: Iterable[Told]) -> list[str]:
    """By as few letters as tell the actions apart."""
    names = action_names(service)
    return [
        f"{service}:{names[first]}" if end - first == 1 and letters + 1 >= len(names[first]) else f"{service}:{names[first][:letters]}*"
        for first, end, letters in told
    ]


def _in_common(service: str, told: Iterable[Told]) -> list[str]:
    """By all the letters that the actions have in common."""
    names = action_names(service)
    return [f"{service}:{names[first]}" if end - first == 1 else f"{service}:{_beginning(names, first, end)}*" for first, end, _ in told]


def _beginning(names: Sequence[str], first: int, end: int) -> str:
    """What some names that stand together have in common: in order, what the first and the last have."""
    return names[first][: _same(names[first].lower(), names[end - 1].lower())]


@lru_cache(maxsize=1 << 12)
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
    actions = statement.actions
    if actions is None or not may_be_reworded(statement):
        return 0
    patterns = [value for value in actions.values if isinstance(value, str)]
    services = {pattern.partition(":")[0].lower() for pattern in patterns}
    return _length(patterns) - len("".join(services)) - _LEAST * len(services)


def _runs(patterns: Sequence[str]) -> Sequence[Run]:
    """Which of a service's actions the patterns match together, in as few runs as can be."""
    if len(patterns) == 1:
        return _named(patterns[0])[1]
    return _joined([run for pattern in patterns for run in _named(pattern)[1]])


@lru_cache(maxsize=1 << 12)
def _named(pattern: str) -> tuple[str, Sequence[Run]]:
    """The service of a pattern, and which of its actions it matches: none when it is of many services."""
    service, _, wanted = pattern.lower().partition(":")
    names = () if has_wildcard(service) else lower_names(service)
    if "*" not in wanted and "?" not in wanted:
        at = bisect_left(names, wanted)
        return service, [(at, at + 1)] if at < len(names) and names[at] == wanted else ()
    places = matching(wanted, names)
    if isinstance(places, range):
        return service, [(places.start, places.stop)] if places else ()
    return service, _joined([(place, place + 1) for place in places])


def _joined(runs: list[Run]) -> Sequence[Run]:
    """`runs` in order, as one where they overlap or touch."""
    found: list[Run] = []
    for first, end in sorted(runs):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((first, end))
    return found


def _length(patterns: Sequence[str]) -> int:
    """The characters in a list, with two quotes and a comma each."""
    return len("".join(patterns)) + 3 * len(patterns)
