"""Where does a finding stand, in lines and columns?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.document import Document
    from iamlint.text.source import Source, Span
    from iamlint.text.tree import Place


class Where:
    """A range of a source: lines and columns count from 1 in code points, the end is exclusive."""

    __slots__ = ("column", "end_column", "end_line", "line")

    def __init__(self, line: int, column: int, end_line: int, end_column: int) -> None:
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column


def where(document: Document, place: Place) -> Where:
    """Where `place` stands in the document's source."""
    return extent(document.tree.source, document.tree.locate(place))


def extent(source: Source, span: Span) -> Where:
    """A span of a source as lines and columns."""
    start = source.position(span.start)
    if span.end <= source.line_at(span.start).end:
        return Where(start.line, start.column, start.line, start.column + span.end - span.start)
    end = source.position(span.end)
    return Where(start.line, start.column, end.line, end.column)
