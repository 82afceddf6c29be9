"""What does a source say: plain values, the routes that name them, and where each one stands.

Reading is two-tiered. A reader gives a `Tree` whose `root` is made of plain values (`Value`) without positions.
Only where something is reported is the tree asked to `locate` a `Place`, and only then are the positions worked out.
"""

from __future__ import annotations

from iamlint.text.source import excerpt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from iamlint.text.source import Source, Span

    Value: TypeAlias = "str | bool | None | Number | Tagged | Mapping | tuple[Value, ...]"
    Route: TypeAlias = tuple[int, ...]

# Deeper than any policy or template; low enough that code which walks a tree by recursion stays within Python's stack.
MAX_DEPTH = 200


class Number:
    """A number as it is written; its text is kept because digits beyond a float's matter.

    INVARIANT: `float(number.text)` works; what YAML calls a number and Python does not (`0x1F`, `12:30`, `.inf`), or what a number would
    lose (`012`), is a string with a `Note`.
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Number) and self.text == other.text

    def __hash__(self) -> int:
        return hash(("number", self.text))

    def __repr__(self) -> str:
        return f"Number({self.text!r})"


class Tagged:
    """A YAML value under an application tag such as `!Ref` or `!Sub`: `tag` holds the name with its `!`."""

    __slots__ = ("tag", "value")

    def __init__(self, tag: str, value: Value) -> None:
        self.tag = tag
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tagged) and (self.tag, self.value) == (other.tag, other.value)

    def __hash__(self) -> int:
        return hash((self.tag, self.value))

    def __repr__(self) -> str:
        return f"Tagged({self.tag!r}, {self.value!r})"


class Mapping:
    """An object with its members in their order; a key that is written twice is here twice."""

    __slots__ = ("members",)

    def __init__(self, members: tuple[tuple[str, Value], ...]) -> None:
        self.members = members

    def __iter__(self) -> Iterator[tuple[str, Value]]:
        return iter(self.members)

    def __len__(self) -> int:
        return len(self.members)

    def index(self, key: str) -> int | None:
        """Where the last member named `key` stands among the members (the one parsers keep), or None."""
        for position in range(len(self.members) - 1, -1, -1):
            if self.members[position][0] == key:
                return position
        return None

    def get(self, key: str) -> Value:
        """The value of the last member named `key`, or None."""
        for name, value in reversed(self.members):
            if name == key:
                return value
        return None

    def repeated(self) -> tuple[int, ...]:
        """The positions of members whose key was already written before them."""
        seen: set[str] = set()
        found = []
        for position, (key, _) in enumerate(self.members):
            if key in seen:
                found.append(position)
            seen.add(key)
        return tuple(found)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and self.members == other.members

    def __hash__(self) -> int:
        return hash(self.members)

    def __repr__(self) -> str:
        return f"Mapping({self.members!r})"


class Place:
    """A value (or, with `on_key`, the key of a member) named by its route from the root.

    A route is a tuple of positions: the n-th item of a list, the n-th member of a mapping. A tagged value adds no step.
    """

    __slots__ = ("on_key", "route")

    def __init__(self, route: Route, *, on_key: bool = False) -> None:
        self.route = route
        self.on_key = on_key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and (self.route, self.on_key) == (other.route, other.on_key)

    def __hash__(self) -> int:
        return hash((self.route, self.on_key))

    def __repr__(self) -> str:
        return f"Place({self.route!r}, on_key={self.on_key})"


class Note:
    """Something about the text itself that its reader should know: a repeated key, a YAML value that was read as a date.

    `kind` is a closed word (`repeated-key`, `yaml-date`, `yaml-octal`, `yaml-number`, `yaml-boolean`, `yaml-null`), `message` one clause,
    `help` what to do.
    """

    __slots__ = ("help", "kind", "message", "place")

    def __init__(self, kind: str, place: Place, message: str, help: str) -> None:
        self.kind = kind
        self.place = place
        self.message = message
        self.help = help


def repeated_key(place: Place, key: str) -> Note:
    """The note on a key that its mapping already has."""
    return Note("repeated-key", place, f"the key `{excerpt(key)}` is already in this object", "join the two members, or remove one of them")


class Node:
    """A value with where it stands; `key` is the span of its key when it is a member of a mapping.

    `children` are the items of a list or the values of a mapping's members, in order.
    """

    __slots__ = ("children", "key", "span", "value")

    def __init__(self, value: Value, span: Span, children: tuple[Node, ...] = (), key: Span | None = None) -> None:
        self.value = value
        self.span = span
        self.children = children
        self.key = key


GROWTH = {"json": 1, "yaml": 3}
"""By its language, how many times as long as a source what it says can be in JSON, without blanks: of YAML `[a]` grows most."""


class Tree:
    """One source read: its `root` value (which may be read when first asked), its notes, and the places of everything in it (worked out
    when first asked).

    `language` is `json` or `yaml`; `document` counts the documents of a YAML source from 0, `documents` is how many it has. `nearby`
    makes, for a text, what finds a single place at less cost than all of them, where the language has a way.
    """

    __slots__ = ("_finder", "_nearby", "_nodes", "_places", "_root", "_spanned", "document", "documents", "language", "notes", "source")

    def __init__(
        self,
        source: Source,
        root: Value | RootReader,
        notes: tuple[Note, ...],
        nodes: Node | NodeReader,
        *,
        language: str = "json",
        document: int = 0,
        documents: int = 1,
        nearby: Callable[[str], PlaceFinder] | None = None,
    ) -> None:
        self.language = language
        self.document = document
        self.documents = documents
        self.source = source
        self._root = root
        self.notes = notes
        self._nodes = nodes
        self._nearby = nearby
        self._finder: PlaceFinder | None = None
        self._spanned: Node | None = None
        self._places: dict[tuple[Route, bool], Span] = {}

    @property
    def root(self) -> Value:
        """What the source says."""
        if callable(self._root):
            self._root = self._root(self.source)
        return self._root

    def nodes(self) -> Node:
        """The root as a node, with the spans of everything below it."""
        if self._spanned is None:
            self._spanned = self._nodes if isinstance(self._nodes, Node) else self._nodes(self.source)
        return self._spanned

    def locate(self, place: Place) -> Span:
        """Where `place` stands in the source; the nearest enclosing value where a step does not exist."""
        asked = (place.route, place.on_key)
        span = self._places.get(asked)
        if span is None:
            span = self._places[asked] = self._near(place) or self._spanned_place(place)
        return span

    def finder(self) -> PlaceFinder | None:
        """What finds a place, without the places of everything else; None where the language has no way, or these are worked out."""
        if self._finder is None and self._nearby is not None:
            self._finder = self._nearby(self.source.text)
        return self._finder if self._spanned is None else None

    def _near(self, place: Place) -> Span | None:
        find = self.finder()
        return find(place) if find else None

    def _spanned_place(self, place: Place) -> Span:
        node = self.nodes()
        for step in place.route:
            if step >= len(node.children):
                return node.span
            node = node.children[step]
        return node.key if place.on_key and node.key is not None else node.span


if TYPE_CHECKING:
    from collections.abc import Callable

    NodeReader: TypeAlias = Callable[[Source], Node]
    RootReader: TypeAlias = Callable[[Source], Value]
    # Finds one place in a text without the others, or gives None.
    PlaceFinder: TypeAlias = Callable[[Place], Span | None]
