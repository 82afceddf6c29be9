"""Is there a string that is in every one of some unions of globs and in none of some other globs?

Three ways, cheapest first. A union of literals is tried literal by literal. A glob without other classes than `*` is tried by its
instance: let z be a letter that occurs in no pattern and w the glob with every `*` replaced by z; if a pure glob N matches w, each z is
consumed by a star of N, so N includes the whole glob, and otherwise w is a string that N lacks. What is left is a breadth-first search
over all the patterns side by side.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.sets.automaton import Automaton
from iamlint.access.sets.effort import BUDGET, OVERLAP, Undecided
from iamlint.access.sets.glob import ANY, EVERYTHING, any_matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iamlint.access.sets.effort import Effort
    from iamlint.access.sets.glob import Glob, Item, Union

EVERY: Union = frozenset({EVERYTHING})

# Letters for what a wildcard may stand for, in the order in which they are tried; one that no pattern mentions is fresh.
_FRESH = "xzqjkvwyXZQJKVWYabcdefghilmnoprstu0123456789-_"


def pick(inside: Sequence[Union], outside: Union, samples: Iterable[str] = (), effort: Effort | None = None) -> str | None:
    """A string in each union of `inside` and in no glob of `outside`, or None when there is none.

    `samples` are tried first, for their looks; `effort` is told what a search costs. Raises Undecided when it exceeds its own bound.
    """
    for sample in samples:
        if is_in(sample, inside, outside):
            return sample
    if EVERYTHING in outside:
        return None
    if not inside:
        return _pick_from(EVERY, (), outside, effort)
    base = min(inside, key=_weight)
    rest = tuple(union for union in inside if union is not base)
    return _pick_from(base, rest, outside, effort)


def _weight(union: Union) -> tuple[bool, bool, int]:
    """Literals come first, then globs that an instance is likely to decide, then formats; of equals the smallest union."""
    return (None in [glob.literal for glob in union], False in [glob.pure for glob in union], len(union))


def is_in(text: str, inside: Sequence[Union], outside: Union) -> bool:
    """Whether `text` is a string in each union of `inside` and in no glob of `outside`."""
    for union in inside:
        if not any_matches(union, text):
            return False
    return not any_matches(outside, text)


def _pick_from(base: Union, rest: tuple[Union, ...], outside: Union, effort: Effort | None) -> str | None:
    hard = []
    fresh = _fresh((base, *rest, outside))
    for glob in sorted(base, key=_order):
        if glob.literal is not None:
            if is_in(glob.literal, rest, outside):
                return glob.literal
            continue
        answer = _by_instance(glob, rest, outside, fresh)
        if answer is None:
            # A format names every letter, so that none is fresh; one of them often fits all the same.
            usual = glob.instance(_FRESH[0]) if glob.pure else None
            if usual is not None and is_in(usual, rest, outside):
                return usual
            hard.append(glob)
        elif answer:
            return answer[0]
    near = [frozenset([glob for glob in union if any(not _apart(glob, one) for one in hard)]) for union in rest]
    return search((frozenset(hard), *near), outside, effort) if hard and all(near) else None


def _apart(one: Glob, other: Glob) -> bool:
    """A look that spares searches: whether the globs begin, or end, with different characters, so that no string is in both."""
    return _begin_apart(one.items, other.items) or _begin_apart(one.items[::-1], other.items[::-1])


def _begin_apart(one: Sequence[Item], other: Sequence[Item]) -> bool:
    for first, second in zip(one, other, strict=False):
        if first.loop or second.loop:
            return False
        if first is not second and not first.chars.meets(second.chars):
            return True
    return False


def _order(glob: Glob) -> tuple[int, str]:
    return (len(glob.items), glob.text)


def _by_instance(glob: Glob, rest: tuple[Union, ...], outside: Union, fresh: str) -> tuple[str, ...] | None:
    """(w,) with a string that fits, () when there is none, None when the lemma does not decide."""
    plain = True
    for item in glob.items:
        if not item.chars.single and item.chars != ANY:
            if not item.chars.has(fresh):
                return None
            plain = False
    text = glob.instance(fresh)
    if is_in(text, rest, outside):
        return (text,)
    # Only a pure glob that matches the instance is sure to include the whole glob.
    if not plain or any(not any(other.pure and other.matches(text) for other in union) for union in rest):
        return None
    return () if any(other.pure and other.matches(text) for other in outside) else None


def _fresh(unions: Iterable[Union]) -> str:
    used: set[str] = set()
    for union in unions:
        for glob in union:
            used |= glob.letters
    for letter in _FRESH:
        if letter not in used:
            return letter
    code = 0xE000
    while chr(code) in used:
        code += 1
    return chr(code)


def search(inside: Sequence[Union], outside: Union, effort: Effort | None = None) -> str | None:
    """The shortest string in each union of `inside` and in no glob of `outside`, by search; None when there is none."""
    found, states = _searched(tuple(inside), outside)
    if effort is not None:
        effort.states -= states
    return found


@lru_cache(maxsize=256)
def _searched(inside: tuple[Union, ...], outside: Union) -> tuple[str | None, int]:
    """The string, and how many states the search saw."""
    automaton = Automaton()
    groups, wanted = [], []
    for union in inside:
        before = len(automaton.items)
        wanted.append(_added(automaton, union))
        groups.append((1 << len(automaton.items)) - (1 << before))
    before = len(automaton.items)
    unwanted = _added(automaton, outside)
    doomed = _doomed(automaton, before)
    fresh = _fresh((*inside, outside))
    level = [(automaton.start(), "")]
    seen = {level[0][0]}
    reckoned = 0
    while level:
        following = []
        for states, text in level:
            if states & doomed:
                continue
            if not states & unwanted and all(states & accept for accept in wanted):
                return text, reckoned
            for char in automaton.choices(states, groups, fresh):
                reached = automaton.after(states, char)
                if reached in seen:
                    continue
                seen.add(reached)
                for bits in groups:
                    if not reached & bits:
                        break
                else:
                    following.append((reached, text + char))
            if len(seen) > BUDGET:
                raise Undecided(OVERLAP)
        level = following
        reckoned += len(level)
    return None, reckoned


def _added(automaton: Automaton, union: Union) -> int:
    accept = 0
    for glob in union:
        accept |= automaton.add(glob.table)
    return accept


def _doomed(automaton: Automaton, before: int) -> int:
    """The states in which a pattern to be avoided waits in a final `*`: every longer string is matched too."""
    found = 0
    for index in range(before, len(automaton.items) - 1):
        item = automaton.items[index]
        if item is not None and item.loop and item.chars == ANY and automaton.items[index + 1] is None:
            found |= 1 << index
    return found
