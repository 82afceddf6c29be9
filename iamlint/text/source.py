"""Which bytes are these, what do they say, and where in them is a character?"""

from __future__ import annotations

import re
from itertools import accumulate

MAX_BYTES = 64 << 20
_FEW = 16
_LONGEST_QUOTE = 60
_LONGEST_QUOTED_VALUE = 160
_LONGEST_MESSAGE = 1000
_BOM = b"\xef\xbb\xbf"


class Span:
    """A half-open range of code points of a source's text."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and (self.start, self.end) == (other.start, other.end)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return f"Span({self.start}, {self.end})"


class Position:
    """A place for people and editors: `line` and `column` count from 1, `utf16` is the column in UTF-16 units, from 1."""

    __slots__ = ("column", "line", "utf16")

    def __init__(self, line: int, column: int, utf16: int) -> None:
        self.line = line
        self.column = column
        self.utf16 = utf16

    def __repr__(self) -> str:
        return f"Position({self.line}, {self.column}, {self.utf16})"


class TextError(Exception):
    """A source that cannot be read as text or as its format: what is wrong, where, and how to mend it."""

    def __init__(self, message: str, span: Span, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.help = help


class Source:
    """Bytes with a name: a file, standard input, an answer of an API.

    A source is made without reading it; `text` says what it holds or raises a `TextError`. Whatever the bytes are, `position` and `line`
    work on what can be shown of them.
    """

    __slots__ = ("_counted", "_last", "_returns", "_shown", "_starts", "_text", "data", "name")

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        self._text: str | None = None
        self._shown: str | None = None
        self._starts: list[int] | None = None
        self._counted = 0
        self._last = (0, 1, 0)
        self._returns = False

    def __repr__(self) -> str:
        return f"Source({self.name!r}, {len(self.data)} bytes)"

    @property
    def has_bom(self) -> bool:
        """Whether a UTF-8 byte order mark stands before the text; `text` leaves it out, `encode` puts it back."""
        return self.data.startswith(_BOM)

    @property
    def text(self) -> str:
        """What the bytes say as UTF-8, without a byte order mark; TextError when they are not UTF-8 or too many."""
        if self._text is None:
            self._text = self._decode()
        return self._text

    def encode(self, text: str) -> bytes:
        """The bytes of this source with `text` in place of its own, its byte order mark kept."""
        return (_BOM if self.has_bom else b"") + text.encode()

    def position(self, offset: int) -> Position:
        """Line and column of a code point; an offset past the end stands for the end."""
        shown = self._readable()
        offset = min(max(offset, 0), len(shown))
        line, start = self._line_of(offset)
        column = offset - start + 1
        astral = 0 if shown.isascii() else sum(character > "\uffff" for character in shown[start:offset])
        return Position(line, column, column + astral)

    def line_number(self, offset: int) -> int:
        """The number (from 1) of the line of a code point of the text."""
        return self._line_of(offset)[0]

    def _line_of(self, offset: int) -> tuple[int, int]:
        """The number of the line of a code point, and where the line begins."""
        shown = self._readable()
        last, line, start = self._last
        # A few lines are counted sooner than the starts of all are noted, and what comes after the last that was asked for always.
        if offset < last:
            last, line, start = 0, 1, 0
            self._counted += 1
        if self._returns or self._counted > _FEW:
            from bisect import bisect_right

            line = bisect_right(self._lines(), offset)
            return line, self._lines()[line - 1]
        more = shown.count("\n", last, offset)
        if more:
            line, start = line + more, shown.rfind("\n", last, offset) + 1
        self._last = (offset, line, start)
        return line, start

    def line_at(self, offset: int) -> Span:
        """Where the line of a code point stands, without its line end."""
        shown = self._readable()
        if self._returns:
            return self.line_span(self.position(offset).line)
        end = shown.find("\n", offset)
        return Span(shown.rfind("\n", 0, offset) + 1, end if end >= 0 else len(shown))

    def line_span(self, line: int) -> Span:
        """Where line `line` (from 1) stands, without its line end; the nearest line where there is none of that number."""
        shown, starts = self._readable(), self._lines()
        line = min(max(line, 1), len(starts))
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(shown)
        while end > start and shown[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line(self, line: int) -> str:
        """The text of line `line` (from 1), without its line end."""
        return self.shown(self.line_span(line))

    def shown(self, span: Span) -> str:
        """What can be shown of the bytes at `span`."""
        return self._readable()[span.start : span.end]

    def _lines(self) -> list[int]:
        """Where each line starts."""
        if self._starts is None:
            shown = self._readable()
            # YAML and Python know more line ends (U+0085, U+2028); editors and Git know these three.
            if self._returns:
                self._starts = [0, *[found.end() for found in re.finditer("\r\n?|\n", shown)]]
            else:
                lengths = [len(line) + 1 for line in shown.split("\n")[:-1]]
                self._starts = list(accumulate(lengths, initial=0))
        return self._starts

    def _readable(self) -> str:
        if self._shown is None:
            self._shown = self._show()
            self._returns = "\r" in self._shown
        return self._shown

    def _show(self) -> str:
        if self._text is not None:
            return self._text
        data = self.data[:MAX_BYTES]
        encoding = _wide_encoding(data) or "utf-8"
        shown = data.decode(encoding, "replace")
        return shown.removeprefix("\ufeff")

    def _decode(self) -> str:
        if len(self.data) > MAX_BYTES:
            raise TextError(f"the file is larger than {MAX_BYTES >> 20} MB", Span(0, 0), "split it, or leave it out")
        if wide := _wide_encoding(self.data):
            raise TextError(f"the file is {wide[:6].upper()}, not UTF-8", Span(0, 0), "save it as UTF-8")
        body = self.data[3:] if self.has_bom else self.data
        try:
            text = body.decode()
        except UnicodeDecodeError as error:
            raise self._bad_byte(body, error.start) from None
        if "\0" in text:
            at = text.index("\0")
            raise TextError("NUL character (U+0000) in the text", Span(at, at + 1), "remove it, or save the file as UTF-8 text")
        return text

    def _bad_byte(self, body: bytes, at: int) -> TextError:
        offset = len(body[:at].decode())
        place = self.position(offset)
        return TextError(
            f"byte 0x{body[at]:02X} is not UTF-8",
            Span(offset, offset + 1),
            f"save the file as UTF-8, or replace the character at {place.line}:{place.column}",
        )


def _wide_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark of UTF-16 or UTF-32 names, or that the zeros of an unmarked UTF-16 text give away."""
    first = data[:4]
    if first.isascii() and 0 not in first:
        return None
    # The mark of UTF-32 little-endian begins with that of UTF-16, so it comes first.
    for mark, name in ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return name
    if len(data) >= 4 and data[0] and data[2] and data[1] == data[3] == 0:
        return "utf-16-le"
    if len(data) >= 4 and data[1] and data[3] and data[0] == data[2] == 0:
        return "utf-16-be"
    return None


def excerpt(text: str) -> str:
    """`text` as a message may quote it: not more than a few words of it."""
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def bounded(message: str) -> str:
    """`message` in which every text in `backticks` is short enough to be read; whole ARNs and subjects are."""
    if len(message) <= _LONGEST_QUOTED_VALUE:
        return message
    found = re.sub(rf"`([^`]{{{_LONGEST_QUOTED_VALUE}}})[^`]+`", r"`\1…`", message)
    return found if len(found) <= _LONGEST_MESSAGE else found[:_LONGEST_MESSAGE] + "…"
