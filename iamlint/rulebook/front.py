"""What does a card's front matter say, and on which line?

It is YAML without YAML's guesses: everything is text as it is written, save `true`, `false` and `null`, so that an account id keeps its
zeros and a date is not turned into something else. Aliases and repeated keys are refused: a card may come from a repository being linted.
"""

from __future__ import annotations

from iamlint.rulebook.errors import CardError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from yaml.nodes import Node

    from iamlint.rulebook.card import Fact, Facts

    Lines: TypeAlias = dict[tuple[str | int, ...], int]

_WORDS: dict[str, Fact] = {"true": True, "false": False, "null": None, "": None}
_DEPTH = 12


class Front:
    """The facts of a card, and the line (from 1, in the card) of each by its path of keys and positions."""

    __slots__ = ("facts", "lines")

    def __init__(self, facts: Facts, lines: Lines) -> None:
        self.facts = facts
        self.lines = lines

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of what stands at `path`, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_front(text: str, source: str, first_line: int = 2) -> Front:
    """The front matter `text`, whose first line is the card's line `first_line`; raises CardError."""
    root = _compose(text, source, first_line)
    lines: Lines = {(): first_line}
    facts = _Values(source, first_line, lines).value(root, ()) if root is not None else {}
    if not isinstance(facts, dict):
        raise CardError("the front matter is not a mapping", "write one `key: value` a line", path=source, line=first_line)
    return Front(facts, lines)


def _compose(text: str, source: str, first_line: int) -> Node | None:
    import yaml

    loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, loader)):
            raise CardError("the front matter uses a YAML alias", "write the value out", path=source, line=first_line)
        return yaml.compose(text, loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark is not None else 0)
        problem = getattr(error, "problem", None) or "not readable"
        raise CardError(
            f"the front matter is not YAML: {problem}", "quote texts that contain `: ` or ` #`", path=source, line=line
        ) from None
    except RecursionError:
        raise CardError("the front matter is nested too deeply", "flatten it", path=source, line=first_line) from None


class _Values:
    """Turns composed nodes into facts, noting their lines."""

    __slots__ = ("first_line", "lines", "source")

    def __init__(self, source: str, first_line: int, lines: Lines) -> None:
        self.source = source
        self.first_line = first_line
        self.lines = lines

    def value(self, node: Node, path: tuple[str | int, ...]) -> Fact:
        from yaml import ScalarNode, SequenceNode

        line = self.first_line + node.start_mark.line
        self.lines.setdefault(path, line)
        if len(path) > _DEPTH:
            raise CardError("the front matter is nested too deeply", f"use at most {_DEPTH} levels", path=self.source, line=line)
        if isinstance(node, ScalarNode):
            return node.value if node.style else _WORDS.get(node.value, node.value)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, position)) for position, item in enumerate(node.value)]
        return self.mapping(node, path)

    def mapping(self, node: Node, path: tuple[str | int, ...]) -> dict[str, Fact]:
        from yaml import ScalarNode

        found: dict[str, Fact] = {}
        for key, value in node.value:
            line = self.first_line + key.start_mark.line
            if not isinstance(key, ScalarNode):
                raise CardError("a key is not a text", "write keys as plain words", path=self.source, line=line)
            if key.value in found:
                raise CardError(f"`{key.value}` is stated twice", "keep one of them", path=self.source, line=line)
            self.lines[(*path, key.value)] = line
            found[key.value] = self.value(value, (*path, key.value))
        return found
