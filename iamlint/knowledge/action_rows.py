"""What does the table of a service say of its actions? A row is read from its line when somebody asks for it: of most actions nobody does.

INVARIANT: `update_knowledge/` writes each row on a line, its name first, in the order of the names. No key is named like an action, no
type is one letter, no name has what JSON escapes.
"""

from __future__ import annotations

import json
from bisect import bisect_left

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

_BEHIND_NAME = 3


class ActionRows:
    """The rows of a service's actions; `text` has a line feed before each."""

    __slots__ = ("_lines", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.split("\n")[1:]

    def __iter__(self) -> Iterator[str]:
        """The names in AWS's own capitals."""
        return iter([line[1 : line.index('"', 1)] for line in self._lines])

    def line(self, name: str) -> str:
        """The line of an action, whose name may be in any case; empty when there is none."""
        start = f'"{name}"'
        at = bisect_left(self._lines, start)
        if at < len(self._lines) and self._lines[at].startswith(start):
            found = self._lines[at]
        else:
            start = start.lower()
            found = next((line for line in self._lines if line[: len(start)].lower() == start), "")
        return "" if '"' in name else found

    def some_has(self, key: str, types: frozenset[str]) -> bool:
        """Whether `has` says so of some action."""
        return f'"{key}"' in self._text or (bool(types) and any(has(line, key, types) for line in self._lines))


def has(line: str, key: str, types: frozenset[str]) -> bool:
    """Whether the row in a line has the key, itself or in one of its targets, or a target of one of `types`.

    `types` has each name twice, with the asterisk of a required one too.
    """
    return f'"{key}"' in line or (bool(types) and not types.isdisjoint(line.split('"')[_BEHIND_NAME:]))


def row_in(line: str) -> tuple[str, Mapping[str, Any]]:
    """The name of an action in AWS's own capitals, and its row."""
    name, _, rest = line[1:].partition('":')
    return name, json.loads(rest.rstrip(","))
