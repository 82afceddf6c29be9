"""Which bytes are these, what do they say, and where in them is a character?"""

from __future__ import annotations


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


class TextError(Exception):
    """A source that cannot be read as text or as its format: what is wrong, where, and how to mend it."""

    def __init__(self, message: str, span: Span, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.help = help
