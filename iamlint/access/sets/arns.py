"""How does a pattern over a whole ARN split into patterns over its parts?

Keeping the parts of ARNs apart is what makes questions about resources and principals small: `…:subnet/*` and `…:vpc/*` are disjoint
part by part.
"""

from __future__ import annotations

from itertools import takewhile

from iamlint.access.sets.glob import ANY, NOT_COLON, Glob, Item, literal_item

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    Items: TypeAlias = tuple[Item, ...]

COLON = literal_item(":")


def fields(items: Items, count: int) -> Iterator[tuple[Items, ...]]:
    """The ways to read `items` as `count` fields with colons between them, only the last of which may itself hold colons.

    Together the ways stand for exactly the strings of `items` that have at least `count` fields. Classes that lack only the colon are
    given as ANY: no test of a field mentions a colon, so whether one could stand there makes no difference, and such globs are cheap to
    compare.
    """
    if count == 1:
        yield (items,)
        return
    current: list[Item] = []
    for index, item in enumerate(items):
        if not item.chars.has(":"):
            current.append(Item(ANY, item.loop) if item.chars == NOT_COLON else item)
            continue
        rest = items[index:] if item.loop else items[index + 1 :]
        narrowed = item if item.chars == ANY else Item(item.chars.without(":"), item.loop)
        here = (*current, narrowed) if item.loop else tuple(current)
        for others in fields(rest, count - 1):
            yield (here, *others)
        if item == COLON:
            return
        current.append(narrowed)


def arn_items(texts: Sequence[Items]) -> Items:
    """The items of an ARN pattern whose parts are given: wildcards stay within their part, but the last part holds further colons."""
    joined: list[Item] = []
    for index, part in enumerate(texts):
        if index:
            joined.append(COLON)
        last = index == len(texts) - 1
        joined += part if last else [Item(item.chars.without(":"), item.loop) if item.chars.negated else item for item in part]
    return tuple(joined)


def after_prefix(items: Items, prefix: str) -> tuple[Items, ...]:
    """What remains of `items` behind `prefix`: the union stands for the strings s such that `items` matches prefix + s."""
    positions = _closed(items, {0})
    for char in prefix:
        reached = set()
        for position in positions:
            if position < len(items) and items[position].chars.has(char):
                reached.add(position if items[position].loop else position + 1)
        positions = _closed(items, reached)
    # A loop's own remainder includes the one behind it.
    kept = [at for at in sorted(positions) if not (at > 0 and at - 1 in positions and items[at - 1].loop)]
    return tuple(items[at:] for at in kept)


def _closed(items: Items, positions: set[int]) -> set[int]:
    found = set(positions)
    for start in positions:
        found.update(takewhile(lambda at: items[at - 1].loop, range(start + 1, len(items) + 1)))
    return found


def matches(items: Items, text: str) -> bool:
    """Whether `text` is one of the strings of `items`."""
    return Glob(items).matches(text)
