"""What does the text look like that a finding is about, with its marks?"""

from __future__ import annotations

from iamlint.report.escape import visible, width, wrapped
from iamlint.report.place import where
from iamlint.report.row import BAR, SKIPPED, Row
from iamlint.report.window import window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.finding import Finding, Label
    from iamlint.policy.document import Document
    from iamlint.report.look import Look
    from iamlint.report.window import Window
    from iamlint.text.source import Source


class Mark:
    """What is underlined: the characters `start` to `end` (from 0) of one line, with which sign and style, and what is said of it."""

    __slots__ = ("end", "line", "sign", "start", "style", "text")

    def __init__(self, line: int, start: int, end: int, sign: str, style: str, text: str) -> None:
        self.line = line
        self.start = start
        self.end = end
        self.sign = sign
        self.style = style
        self.text = text


def snippet(finding: Finding, look: Look) -> list[Row]:
    """The rows that show the primary place of a finding and the secondary ones, in the order of the source."""
    document = finding.document
    marks = [_mark(document, finding.primary, "^", finding.severity.value)]
    marks += [_mark(document, label, "-", "secondary") for label in finding.secondary]
    rows = [BAR]
    above: int | None = None
    room = _room(marks, look)
    for line in sorted({mark.line for mark in marks}):
        rows += _between(document.tree.source, above, line, room, look)
        rows += _line(document.tree.source.line(line).rstrip("\r\n"), [mark for mark in marks if mark.line == line], room, look)
        above = line
    return [*rows, BAR]


def _mark(document: Document, label: Label, sign: str, style: str) -> Mark:
    """The mark of a label; of a place that spans lines only the first is underlined."""
    spot = where(document, label.place)
    end = spot.end_column - 1
    if spot.end_line > spot.line:
        end = len(document.tree.source.line(spot.line).rstrip())
    start = spot.column - 1
    return Mark(spot.line, start, max(end, start), sign, style, label.text)


def _room(marks: list[Mark], look: Look) -> int:
    """How many columns are left for the source beside its line numbers."""
    return look.width - max(len(str(mark.line)) for mark in marks) - len(" | ")


def _between(source: Source, above: int | None, line: int, room: int, look: Look) -> list[Row]:
    """What stands for the lines between two that are shown: nothing, the one line, or `...`."""
    if above is None or line == above + 1:
        return []
    if line > above + 2:
        return [SKIPPED]
    text = source.line(above + 1).rstrip("\r\n")
    return [Row(above + 1, "|", window(text, 0, 0, room, look).text)]


def _line(text: str, marks: list[Mark], room: int, look: Look) -> list[Row]:
    """One line with its marks; shown again where a mark lies outside of what fits."""
    rows: list[Row] = []
    while marks:
        view = window(text, marks[0].start, marks[0].end, room, look)
        if rows:
            rows.append(SKIPPED)
        rows.append(Row(marks[0].line, "|", view.text))
        seen = [mark for mark in marks if mark is marks[0] or view.shows(mark.start, mark.end)]
        for mark in seen:
            rows += _underlined(mark, view, room, look)
        marks = [mark for mark in marks if mark not in seen]
    return rows


def _underlined(mark: Mark, view: Window, room: int, look: Look) -> list[Row]:
    """The rows of one mark; what is said of it stands beside the carets, or below them when it does not fit there."""
    column = view.column(mark.start)
    size = max(view.column(mark.end) - column, 1)
    said = visible(mark.text, look)
    carets = " " * column + look.paint(mark.style, mark.sign * size)
    if not said:
        return [Row(None, "|", carets)]
    if column + size + 1 + width(said) <= room:
        return [Row(None, "|", f"{carets} {look.paint(mark.style, said)}")]
    lines = wrapped(said, room)
    indent = max(0, min(column, room - max(map(width, lines))))
    return [Row(None, "|", carets), *(Row(None, "|", " " * indent + look.paint(mark.style, line)) for line in lines)]
