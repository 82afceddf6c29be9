"""Which of many names does a pattern with `*` and `?` match, ignoring case?"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_WILD = re.compile(r"[*?]")


def has_wildcard(text: str) -> bool:
    """Whether `text` has a `*` or `?`."""
    return "*" in text or "?" in text


def matching(pattern: str, lower_names: Sequence[str]) -> range | list[int]:
    """The positions in `lower_names`, which are sorted and in lower case, of what the pattern matches."""
    pattern = pattern.lower()
    wild = _WILD.search(pattern)
    if wild is None:
        at = bisect_left(lower_names, pattern)
        return range(at, at + (lower_names[at : at + 1] == [pattern]))
    head = pattern[: wild.start()]
    first, end = bisect_left(lower_names, head), bisect_left(lower_names, head + "\U0010ffff")
    if pattern == head + "*":
        return range(first, end)
    if "?" not in pattern:
        return _between_stars(pattern[len(head) :], lower_names, range(first, end), len(head))
    matches = _regex(pattern).fullmatch
    return [at for at in range(first, end) if matches(lower_names[at])]


def _between_stars(pattern: str, names: Sequence[str], places: Sequence[int], start: int) -> list[int]:
    """Those of the places in `names` whose name, from its character `start` on, has what stands between the stars of the pattern."""
    _, *middle, tail = pattern.split("*")
    found = [at for at in places if names[at].endswith(tail, start)] if tail else list(places)
    for part in dict.fromkeys(middle):
        found = [at for at in found if part in names[at]]
    return [at for at in found if _in_order(names[at], start, middle, tail)] if found and any(middle) else found


def _in_order(name: str, start: int, middle: Sequence[str], tail: str) -> bool:
    for part in middle:
        at = name.find(part, start)
        if at < 0:
            return False
        start = at + len(part)
    return len(name) - len(tail) >= start


# A run of stars is one star: `.*.*.*` would take the regular expression long.
@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    parts = re.findall(r"\*+|\?|[^*?]+", pattern)
    return re.compile("".join(".*" if part[0] == "*" else "." if part == "?" else re.escape(part) for part in parts), re.DOTALL)
