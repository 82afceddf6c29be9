"""What does the table of a service say of its actions? A row is read from its line when somebody asks for it: of most actions nobody does.

INVARIANT: `update_knowledge/` writes each row on a line, its name first. No key is named like an action, no type is one letter, no name has
what JSON escapes.
"""

from __future__ import annotations

import json
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

_NAME = re.compile(r'\n"([^"]+)')
_BEHIND_NAME = 3


class ActionRows:
    """The rows of a service's actions, by their names in lower case; `text` has a line feed before each."""

    __slots__ = ("_lines", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: dict[str, str] = dict(zip(_NAME.findall(text.lower()), text[1:].split("\n"), strict=True))

    def __contains__(self, name: str) -> bool:
        return name in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def spelled(self, name: str) -> str:
        """An action that there is, in AWS's own capitals."""
        return self._lines[name][1 : len(name) + 1]

    def row(self, name: str) -> Mapping[str, Any]:
        """The row of an action that there is."""
        found: Mapping[str, Any] = json.loads(self._lines[name][len(name) + 3 :].rstrip(","))
        return found

    def has(self, name: str, key: str, types: frozenset[str]) -> bool:
        """Whether the row of an action that there is has the key, itself or in one of its targets, or a target of one of `types`.

        `types` has each name twice, with the asterisk of a required one too.
        """
        line = self._lines[name]
        return f'"{key}"' in line or (bool(types) and not types.isdisjoint(line.split('"')[_BEHIND_NAME:]))

    def some_has(self, key: str, types: frozenset[str]) -> bool:
        """Whether `has` says so of some action."""
        return f'"{key}"' in self._text or (bool(types) and any(self.has(name, key, types) for name in self._lines))
