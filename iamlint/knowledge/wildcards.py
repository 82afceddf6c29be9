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
    matches = _regex(pattern).fullmatch
    return [at for at in range(first, end) if matches(lower_names[at])]


# A run of stars is one star: `.*.*.*` would take the regular expression long.
@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    parts = re.findall(r"\*+|\?|[^*?]+", pattern)
    return re.compile("".join(".*" if part[0] == "*" else "." if part == "?" else re.escape(part) for part in parts), re.DOTALL)
