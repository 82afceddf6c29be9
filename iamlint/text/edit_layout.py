"""How is this text laid out: which parts are in brackets, in which columns, with how much indentation?"""

from __future__ import annotations

import re

from iamlint.text.source import Span, TextError
from iamlint.text.tree import Mapping, Tagged
from iamlint.text.write import Style, colon_like, line_end_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.text.tree import Node, Route, Tree

_BLANKS = re.compile(r"[ \t]*")
# Only YAML has these; `re` compiles them when they are first used.
_TAG_AND_SPACE = r"(?:[!&][^\s,\[\]{}]*(?:\s|#[^\r\n]*)*)*"
_COLON = r"(?:[ \t\r\n]|#[^\r\n]*)*+:"
_EXPLICIT = r"(?<![^\s,{\[])\?[ \t]+\Z"
_LINE_END = r"\r\n?|\n|\Z"


class Spot:
    """A node on its way down from the root: what it stands in, and whether brackets are around it."""

    __slots__ = ("in_flow", "node", "parent")

    def __init__(self, node: Node, parent: Spot | None, in_flow: bool) -> None:
        self.node = node
        self.parent = parent
        self.in_flow = in_flow


class Layout:
    """A tree's text with what an edit must know of its form."""

    __slots__ = ("is_yaml", "root", "style", "text")

    def __init__(self, tree: Tree) -> None:
        self.text = tree.source.text
        self.root = tree.nodes()
        self.is_yaml = tree.language == "yaml"
        self.style = self._style()

    def spot(self, route: Route) -> Spot:
        """The node at `route`; a TextError when there is none, or when it is written elsewhere and only repeated here."""
        spot = Spot(self.root, None, False)
        for step in route:
            node = spot.node
            if step >= len(node.children):
                raise TextError("there is nothing at the place to be changed", node.span, "check again; the text may have changed")
            child = node.children[step]
            if not (node.span.start <= child.span.start and child.span.end <= node.span.end):
                raise TextError("this value is repeated here by an alias", node.span, "change it where its anchor is")
            spot = Spot(child, spot, spot.in_flow or self.is_flow(node))
        return spot

    def of(self, span: Span) -> str:
        """The text of `span`."""
        return self.text[span.start : span.end]

    def inside(self, node: Node) -> int:
        """Where a node's content starts, behind its tag."""
        found = re.compile(_TAG_AND_SPACE).match(self.text, node.span.start, node.span.end) if isinstance(node.value, Tagged) else None
        return found.end() if found else node.span.start

    def is_flow(self, node: Node) -> bool:
        """Whether a node is a collection in brackets."""
        value = node.value.value if isinstance(node.value, Tagged) else node.value
        at = self.inside(node)
        closing = self.text[node.span.end - 1 : node.span.end]
        return isinstance(value, Mapping | tuple) and self.text[at : at + 1] + closing in ("{}", "[]")

    def own_children(self, node: Node) -> int:
        """How many of a node's children are written in it; those that YAML's `<<` merges in come behind them."""
        if not self.is_yaml:
            return len(node.children)
        return sum(node.span.start <= child.span.start and child.span.end <= node.span.end for child in node.children)

    def entry(self, node: Node) -> Span:
        """The span of a member with its key and the `?` before it, or of an item."""
        if node.key is None:
            return node.span
        before = re.compile(_EXPLICIT).search(self.text, max(0, node.key.start - 20), node.key.start) if self.is_yaml else None
        return Span(before.start() if before else node.key.start, max(node.key.end, node.span.end))

    def line_start(self, at: int) -> int:
        """Where the line of `at` starts."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> Span:
        """The line end behind `at`: empty at the end of the text."""
        found = re.compile(_LINE_END).search(self.text, at)
        return Span(*found.span()) if found else Span(len(self.text), len(self.text))

    def column(self, at: int) -> int:
        """How many characters stand before `at` on its line."""
        return at - self.line_start(at)

    def indent_at(self, at: int) -> str:
        """The blanks at the start of the line of `at`."""
        found = _BLANKS.match(self.text, self.line_start(at))
        return found[0] if found else ""

    def after_colon(self, key: Span) -> int:
        """Where the text behind a key's colon starts."""
        found = re.compile(_COLON).match(self.text, key.end)
        return found.end() if found else key.end

    def spreads(self, node: Node) -> bool:
        """Whether a collection's first child is on another line than the bracket before it."""
        if not node.children:
            return False
        return "\n" in self.text[self.inside(node) : self.entry(node.children[0]).start]

    def _style(self) -> Style:
        nodes = list(self._collections())
        inline = [self.spreads(node) for node in nodes if self._is_scalar_list(node)]
        dashes = [found for node in nodes for found in self._dashes(node)] if self.is_yaml else []
        return Style(
            line_end_of(self.text),
            next((found for node in nodes for found in self._steps(node)), "  "),
            self._colon(nodes),
            inline_lists=bool(inline) and 2 * sum(inline) < len(inline),
            indented_dashes=not dashes or 2 * sum(dashes) >= len(dashes),
        )

    def _collections(self) -> Iterator[Node]:
        level = [self.root]
        for _ in range(12):
            yield from level
            level = [child for node in level[:100] for child in node.children[: self.own_children(node)] if child.children]

    def _is_scalar_list(self, node: Node) -> bool:
        return isinstance(node.value, tuple) and self.is_flow(node) and not any(child.children for child in node.children)

    def _steps(self, node: Node) -> Iterator[str]:
        outer = self.indent_at(node.span.start)
        if self.is_flow(node) and self.spreads(node):
            inner = self.indent_at(self.entry(node.children[0]).start)
            if inner.startswith(outer) and inner != outer:
                yield inner[len(outer) :]
        elif isinstance(node.value, Mapping) and not self.is_flow(node):
            for child in node.children[: self.own_children(node)]:
                if isinstance(child.value, Mapping) and child.children and not self.is_flow(child) and child.key is not None:
                    step = self.column(self.inside(child)) - self.column(child.key.start)
                    if step > 0:
                        yield " " * step

    def _dashes(self, node: Node) -> Iterator[bool]:
        for child in node.children[: self.own_children(node)]:
            if isinstance(child.value, tuple) and child.children and child.key is not None and not self.is_flow(child):
                yield self.column(child.span.start) > self.column(child.key.start)

    def _colon(self, nodes: list[Node]) -> str:
        if self.is_yaml:
            return ": "
        for node in nodes:
            for child in node.children[:1]:
                if child.key is not None:
                    return colon_like(self.text[child.key.end : child.span.start])
        return ": "
