"""What is known of a YAML collection while its members are still being read?"""

from __future__ import annotations

from iamlint.text.source import TextError
from iamlint.text.tree import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from iamlint.text.source import Span
    from iamlint.text.tree import Node


class Frame:
    """A mapping or a list that is being composed.

    `key` is the key whose value is awaited, `merging` says that it is `<<`, `merges` are the mappings under `<<`, `odd_key` says that some
    key is no scalar. `size` and `height` count values and levels, aliases as what they stand for. `notes` is how many there were before it.
    """

    __slots__ = (
        "anchor",
        "children",
        "end",
        "event",
        "height",
        "is_mapping",
        "key",
        "keys",
        "merges",
        "merging",
        "notes",
        "odd_key",
        "size",
        "start",
    )

    def __init__(self, event: Any, start: int, notes: int, *, is_mapping: bool) -> None:
        self.event = event
        self.start = start
        self.end = start
        self.is_mapping = is_mapping
        self.anchor: str | None = event.anchor
        self.children: list[Node] = []
        self.keys: list[str] = []
        self.key: tuple[str, Span] | None = None
        self.merges: list[Node] = []
        self.merging = False
        self.notes = notes
        self.odd_key = False
        self.size = 1
        self.height = 1

    def add(self, node: Node) -> None:
        """An item of the list, or the value of the awaited key."""
        if self.key is not None:
            self.keys.append(self.key[0])
            node.key = self.key[1]
            self.key = None
        self.children.append(node)

    def merge(self, node: Node) -> None:
        """What stands under `<<`: a mapping or a list of them."""
        sources = (node,) if isinstance(node.value, Mapping) else node.children
        if not isinstance(node.value, Mapping | tuple) or not all(isinstance(each.value, Mapping) for each in sources):
            raise TextError("`<<` needs a mapping or a list of mappings", node.span, "write an alias of a mapping, or put `<<` in quotes")
        self.merges.extend(sources)
        self.merging = False
        self.key = None

    def merged(self) -> tuple[list[str], tuple[Node, ...]]:
        """All keys and values: those written here, then those merged in that no key here or in an earlier mapping overrides.

        https://yaml.org/type/merge.html
        """
        keys, children = list(self.keys), list(self.children)
        known = set(keys)
        for source in self.merges:
            assert isinstance(source.value, Mapping)
            last = {key: child for (key, _), child in zip(source.value.members, source.children, strict=True)}
            fresh = [key for key in last if key not in known]
            keys += fresh
            children += [last[key] for key in fresh]
            known.update(fresh)
        return keys, tuple(children)


class Anchored:
    """A node that aliases can name, how many values it has and how deep it is; no node while it is still open."""

    __slots__ = ("height", "node", "size")

    def __init__(self, node: Node | None, size: int, height: int) -> None:
        self.node = node
        self.size = size
        self.height = height
