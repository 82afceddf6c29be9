"""Which nodes do the events of a YAML parser make up, and where does each one stand?

libyaml's marks count code points, but a block collection ends where the next token starts, a block scalar includes the empty lines after
it, and properties (`&anchor`) belong to the value behind them; the spans here are trimmed to what a reader would underline.
"""

from __future__ import annotations

import re

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from iamlint.text.source import Span, TextError, excerpt
from iamlint.text.tree import MAX_DEPTH, Mapping, Node, Note, Number, Place, Tagged, repeated_key
from iamlint.text.yaml_frame import Anchored, Frame
from iamlint.text.yaml_scalar import resolve, tagged, tagged_collection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from iamlint.text.tree import Value

    class EventReader(Protocol):
        """A parser of PyYAML, written in C or in Python."""

        def get_event(self) -> Any:
            """The next event; an error of PyYAML where the text is not YAML."""


# Values that aliases may add to a document; templates in use stay in the hundreds, a "billion laughs" does not.
MAX_ALIASED = 100_000
_ANCHOR = r"&[^\s,\[\]{}]+(?:\s|#[^\r\n]*)*"
_TO_COLON = r"(?:[ \t\r\n]|#[^\r\n]*)*+:"
_TEMPLATE = r"\{\{[^\r\n]*\}\}"
_HALF = re.compile("[\ud800-\udfff]")


class Composer:
    """Makes one document after the other of a parser's events."""

    def __init__(self, text: str, events: EventReader) -> None:
        self.text = text
        self.events = events
        self.frames: list[Frame] = []
        self.anchors: dict[str, Anchored] = {}
        self.notes: list[Note] = []
        self.aliased = 0

    def document(self) -> tuple[Node, tuple[Note, ...]] | None:
        """The next document's root and notes; None after the last."""
        self.frames, self.anchors, self.notes, self.aliased = [], {}, [], 0
        root: Node | None = None
        next_event, handlers = self.events.get_event, _HANDLERS
        while True:
            event = next_event()
            kind = event.__class__
            handler = handlers.get(kind)
            if handler is not None:
                root = handler(self, event) or root
            elif kind is StreamEndEvent:
                return None
            elif kind is DocumentEndEvent and root is not None:
                return root, tuple(self.notes)

    def scalar(self, event: Any) -> Node | None:
        """A scalar has been read."""
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style
        if style == '"' and _HALF.search(event.value):
            raise TextError("an escape that is half of a surrogate pair", Span(start, end), "write the character itself")
        if event.anchor is not None:
            start = self._skip_anchor(start, end)
        if style == "|" or style == ">":
            end = self._without_empty_lines(start, end)
        span = Span(start, end) if start < end else self._empty(start)
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.is_mapping and frame.key is None:
            frame.merging = event.value == "<<" and event.implicit[0]
            return self._finish(Node(event.value, span), event.anchor, 1, 0)
        if event.tag is not None and event.tag != "!":
            value = tagged(event.tag, event.value)
        else:
            value = self._plain(event.value) if event.implicit[0] else event.value
        return self._finish(Node(value, span), event.anchor, 1, 0)

    def alias(self, event: Any) -> Node | None:
        """An alias has been read: its own place, the value and the inner places of what it names."""
        span = Span(event.start_mark.index, event.end_mark.index)
        anchored = self.anchors.get(event.anchor)
        if anchored is None:
            raise TextError(f"no anchor `&{excerpt(event.anchor)}` before this alias", span, "write the value here, or put it in quotes")
        if anchored.node is None:
            raise TextError(f"the alias `*{excerpt(event.anchor)}` stands inside its own anchor", span, "write the value here")
        self.aliased += anchored.size
        if self.aliased > MAX_ALIASED:
            raise TextError(f"aliases add more than {MAX_ALIASED} values", span, "write fewer aliases of aliases")
        if len(self.frames) + anchored.height > MAX_DEPTH:
            raise _too_deep(span)
        node = Node(anchored.node.value, span, anchored.node.children)
        return self._finish(node, None, anchored.size, anchored.height)

    def open_mapping(self, event: Any) -> None:
        """A mapping starts."""
        self._open(event, is_mapping=True)

    def open_list(self, event: Any) -> None:
        """A list starts."""
        self._open(event, is_mapping=False)

    def close(self, event: Any) -> Node | None:
        """The innermost mapping or list ends."""
        frame = self.frames.pop()
        # A bracket has a width; the end of a block collection is only the start of what comes next.
        in_brackets = frame.event.flow_style and event.start_mark.index < event.end_mark.index
        span = Span(frame.start, event.end_mark.index if in_brackets else frame.end)
        keys, children = frame.merged() if frame.merges else (frame.keys, tuple(frame.children))
        value: Value
        if not frame.is_mapping:
            value = tuple([child.value for child in children])
        else:
            if len(set(frame.keys)) < len(frame.keys):
                self._note_repeated(frame)
            value = Mapping(tuple([(key, child.value) for key, child in zip(keys, children, strict=True)]))
        if frame.odd_key and len(children) == 1 and re.compile(_TEMPLATE).fullmatch(self.text, span.start, span.end):
            # `{{ x }}` is YAML for a mapping in a mapping, and a placeholder to everyone who writes it.
            value, children = self.text[span.start : span.end], ()
            del self.notes[frame.notes :]
        if frame.event.tag is not None:
            value = tagged_collection(frame.event.tag, value)
        return self._finish(Node(value, span, children), frame.anchor, frame.size, frame.height)

    def _open(self, event: Any, *, is_mapping: bool) -> None:
        start = event.start_mark.index
        if len(self.frames) == MAX_DEPTH:
            raise _too_deep(Span(start, min(start + 1, len(self.text))))
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchored(None, 0, 0)
            start = self._skip_anchor(start, len(self.text))
        self.frames.append(Frame(event, start, len(self.notes), is_mapping=is_mapping))

    def _finish(self, node: Node, anchor: str | None, size: int, height: int) -> Node | None:
        """Put a whole node where it belongs; the node itself when it is the root."""
        if anchor is not None:
            self.anchors[anchor] = Anchored(node, size, height)
        if not self.frames:
            return node
        frame = self.frames[-1]
        frame.size += size
        if height >= frame.height:
            frame.height = height + 1
        if node.span.end > frame.end:
            frame.end = node.span.end
        if frame.is_mapping and frame.key is None:
            self._add_key(frame, node)
        elif frame.merging:
            frame.merge(node)
        else:
            frame.add(node)
        return None

    def _add_key(self, frame: Frame, node: Node) -> None:
        if type(node.value) is str:
            frame.key = (node.value, node.span)
        else:
            frame.odd_key = True
            frame.key = (self._key_text(node), node.span)

    def _plain(self, text: str) -> Value:
        value, doubt = resolve(text)
        if doubt is not None and self.frames:
            self.notes.append(Note(doubt.kind, Place(self._route()), doubt.message, doubt.help))
        return value

    def _note_repeated(self, frame: Frame) -> None:
        route = self._route()
        if len(route) < len(self.frames):
            # Within a key, or in what is merged in: no route leads to the members.
            return
        seen: set[str] = set()
        for position, key in enumerate(frame.keys):
            if key in seen:
                self.notes.append(repeated_key(Place((*route, position), on_key=True), key))
            seen.add(key)

    def _route(self) -> tuple[int, ...]:
        """The route of the value that comes next; it stops at a key or at what is merged in, which have no route of their own."""
        route = []
        for frame in self.frames:
            if (frame.is_mapping and frame.key is None) or frame.merging:
                break
            route.append(len(frame.children))
        return tuple(route)

    def _key_text(self, node: Node) -> str:
        if isinstance(node.value, str):
            return node.value
        if isinstance(node.value, Number):
            return node.value.text
        if isinstance(node.value, Tagged) and isinstance(node.value.value, str):
            return node.value.value
        return self.text[node.span.start : node.span.end]

    def _empty(self, at: int) -> Span:
        """Where a value would stand that is not written: behind its colon or dash, however far libyaml's mark is from it."""
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.key is not None:
            colon = re.compile(_TO_COLON).match(self.text, frame.key[1].end)
            at = colon.end() if colon else frame.key[1].end
        return Span(at, at)

    def _without_empty_lines(self, start: int, end: int) -> int:
        # Blanks behind the last word of a block scalar are part of its value; the lines after it are not underlined.
        scalar = self.text[start:end]
        kept = scalar.rstrip(" \t\r\n")
        tail = scalar[len(kept) :]
        return start + len(kept) + len(tail) - len(tail.lstrip(" \t"))

    def _skip_anchor(self, start: int, end: int) -> int:
        found = re.compile(_ANCHOR).match(self.text, start, end)
        return found.end() if found else start


def _too_deep(span: Span) -> TextError:
    return TextError(f"nested more than {MAX_DEPTH} levels deep", span, "take this part out; no policy needs such depth")


_HANDLERS = {
    ScalarEvent: Composer.scalar,
    AliasEvent: Composer.alias,
    MappingStartEvent: Composer.open_mapping,
    SequenceStartEvent: Composer.open_list,
    MappingEndEvent: Composer.close,
    SequenceEndEvent: Composer.close,
}
