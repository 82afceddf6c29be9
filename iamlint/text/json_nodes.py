"""Where does each key and value of a JSON source stand?"""

from __future__ import annotations

import json
import re

from iamlint.text.source import Span
from iamlint.text.tree import MAX_DEPTH, Mapping, Node, Note, Number, Place, repeated_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from iamlint.text.source import Source
    from iamlint.text.tree import Value

# One match gives one token with the space before it; possessive quantifiers keep hostile strings linear.
_TOKEN = re.compile(
    r"""[ \t\n\r]*+(?:
    ("[^"\\\x00-\x1f]*+") |
    ("(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+") |
    (-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+) |
    (true|false|null) |
    ([{\[]) |
    ([}\]]) |
    (,) |
    (:)
    )""",
    re.VERBOSE,
)
_SIMPLE, _ESCAPED, _NUMBER, _WORD, _OPEN, _CLOSE, _COMMA, _COLON = range(1, 9)
_SPACE = re.compile(r"[ \t\n\r]*+")
# The rest of a list of strings without escapes, as most lists are, and one of them.
_STRINGS = re.compile(r'(?:[ \t\n\r]*+"[^"\\\x00-\x1f]*+"[ \t\n\r]*+,)*+[ \t\n\r]*+"[^"\\\x00-\x1f]*+"[ \t\n\r]*+\]')
_STRING = re.compile('"([^"]*+)"')
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None}
_HALF = re.compile("[\ud800-\udfff]")


def parse(source: Source) -> tuple[Node, tuple[Note, ...]]:
    """The root node and what is noteworthy; a TextError says what is wrong and how to mend it."""
    return _Parser(source).document()


class _Frame:
    """An object or a list that is being read."""

    __slots__ = ("children", "key", "keys", "opener", "start")

    def __init__(self, opener: str, start: int) -> None:
        self.opener = opener
        self.start = start
        self.children: list[Node] = []
        self.keys: list[str] = []
        self.key: Span | None = None


class _Parser:
    __slots__ = ("at", "frames", "notes", "source", "text")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.at = 0
        self.frames: list[_Frame] = []
        self.notes: list[Note] = []

    def document(self) -> tuple[Node, tuple[Note, ...]]:
        node = self._value()
        while node is None or self.frames:
            node = self._value() if node is None else self._after(node)
        end = _SPACE.match(self.text, self.at)
        if end is None or end.end() < len(self.text):
            self._fail("end")
        return node, tuple(self.notes)

    def _value(self) -> Node | None:
        """The value that starts here; None when it is a collection that has just been opened."""
        found = _TOKEN.match(self.text, self.at)
        kind = found.lastindex if found else None
        if found is None or kind is None:
            self._fail("value")
        start, end = found.span(kind)
        if kind == _OPEN:
            return self._open(start)
        if kind > _OPEN:
            self._fail("value")
        value: Value
        if kind == _SIMPLE:
            value = self.text[start + 1 : end - 1]
        elif kind == _ESCAPED:
            value = self._unescaped(start, end)
        elif kind == _NUMBER:
            value = Number(found[kind])
        else:
            value = _WORDS[found[kind]]
        self.at = end
        return Node(value, Span(start, end), (), self.frames[-1].key if self.frames else None)

    def _open(self, start: int) -> Node | None:
        opener = self.text[start]
        if len(self.frames) == MAX_DEPTH:
            from iamlint.text.json_errors import too_deep

            raise too_deep(start)
        self.frames.append(_Frame(opener, start))
        self.at = start + 1
        if opener == "[" and (strings := _STRINGS.match(self.text, self.at)):
            each = _STRING.finditer(self.text, self.at, strings.end())
            self.frames[-1].children = [Node(string[1], Span(string.start(), string.end())) for string in each]
            self.at = strings.end()
            return self._close()
        found = _TOKEN.match(self.text, self.at)
        if found and found.lastindex == _CLOSE and found[_CLOSE] == _CLOSERS[opener]:
            self.at = found.end()
            return self._close()
        if opener == "{":
            self._key("key")
        return None

    def _key(self, expecting: str) -> None:
        found = _TOKEN.match(self.text, self.at)
        kind = found.lastindex if found else None
        if found is None or kind is None or kind > _ESCAPED:
            self._fail(expecting)
        start, end = found.span(kind)
        frame = self.frames[-1]
        key = self.text[start + 1 : end - 1] if kind == _SIMPLE else self._unescaped(start, end)
        frame.keys.append(key)
        frame.key = Span(start, end)
        self.at = end
        found = _TOKEN.match(self.text, end)
        if found is None or found.lastindex != _COLON:
            self._fail("colon")
        self.at = found.end()

    def _after(self, node: Node) -> Node | None:
        """Add `node` to its collection and go on: the collection when it ends here, None when another value follows."""
        frame = self.frames[-1]
        frame.children.append(node)
        found = _TOKEN.match(self.text, self.at)
        kind = found.lastindex if found else None
        if found and kind == _CLOSE and found[_CLOSE] == _CLOSERS[frame.opener]:
            self.at = found.end()
            return self._close()
        if found is None or kind != _COMMA:
            self._fail("comma")
        self.at = found.end()
        if frame.opener == "{":
            self._key("next key")
        else:
            found = _TOKEN.match(self.text, self.at)
            if found is None or found.lastindex == _CLOSE:
                self._fail("next value")
        return None

    def _close(self) -> Node:
        frame = self.frames.pop()
        children = tuple(frame.children)
        value: Value
        if frame.opener == "[":
            value = tuple([child.value for child in children])
        else:
            value = Mapping(tuple([(key, child.value) for key, child in zip(frame.keys, children, strict=True)]))
            if len(set(frame.keys)) < len(children):
                self._note_repeated(value)
        return Node(value, Span(frame.start, self.at), children, self.frames[-1].key if self.frames else None)

    def _note_repeated(self, mapping: Mapping) -> None:
        route = tuple([len(frame.children) for frame in self.frames])
        for position in mapping.repeated():
            self.notes.append(repeated_key(Place((*route, position), on_key=True), mapping.members[position][0]))

    def _unescaped(self, start: int, end: int) -> str:
        value: str = json.loads(self.text[start:end])
        if half := _HALF.search(value):
            from iamlint.text.json_errors import half_pair

            raise half_pair(self.text, start, half[0])
        return value

    def _fail(self, expecting: str) -> NoReturn:
        from iamlint.text.json_errors import Opened, explain

        opened = tuple([Opened(frame.opener, frame.start, frame.key) for frame in self.frames])
        raise explain(self.source, self.at, expecting, opened)


_CLOSERS = {"{": "}", "[": "]"}
