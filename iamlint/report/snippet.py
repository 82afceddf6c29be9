"""What does the text look like that a finding is about, with its marks?"""

from __future__ import annotations

from iamlint.report.escape import visible, width, wrapped
from iamlint.report.row import BAR, SKIPPED, Row
from iamlint.report.window import window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.finding import Finding, Label
    from iamlint.policy.document import Document
    from iamlint.report.look import Look
    from iamlint.report.window import Window
    from iamlint.text.source import Source, Span


class Mark:
    """What is underlined: the characters `start` to `end` (from 0) of one line, with which sign and style, and what is said of it.

    `line` is its number, `shown` where it stands in the source.
    """

    __slots__ = ("end", "line", "shown", "sign", "start", "style", "text")

    def __init__(self, line: int, shown: Span, start: int, end: int, sign: str, style: str, text: str) -> None:
        self.line = line
        self.shown = shown
        self.start = start
        self.end = end
        self.sign = sign
        self.style = style
        self.text = text


def marks_of(finding: Finding) -> list[Mark]:
    """The marks of a finding's primary place and of the secondary ones."""
    document = finding.document
    marks = [_mark(document, finding.primary, "^", finding.severity.value)]
    return marks + [_mark(document, label, "-", "secondary") for label in finding.secondary]


def _mark(document: Document, label: Label, sign: str, style: str) -> Mark:
    """The mark of a label; of a place that spans lines only the first is underlined."""
    source = document.tree.source
    span = document.tree.locate(label.place)
    shown = source.line_at(span.start)
    end = span.end if span.end <= shown.end else shown.start + len(source.shown(shown).rstrip())
    start = span.start - shown.start
    return Mark(source.line_number(span.start), shown, start, max(end - shown.start, start), sign, style, label.text)


def snippet(source: Source, marks: list[Mark], look: Look) -> list[Row]:
    """The rows that show what is marked, in the order of the source."""
    rows = [BAR]
    room = _room(marks, look)
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.line, []).append(mark)
    above: int | None = None
    for line in sorted(by_line):
        shown = by_line[line][0].shown
        rows += _between(source, above, line, shown, room, look)
        rows += _line(source.shown(shown), by_line[line], room, look)
        above = line
    return [*rows, BAR]


def _room(marks: list[Mark], look: Look) -> int:
    """How many columns are left for the source beside its line numbers."""
    return look.width - len(str(max([mark.line for mark in marks]))) - len(" | ")


def _between(source: Source, above: int | None, line: int, shown: Span, room: int, look: Look) -> list[Row]:
    """What stands between the line `above` that is shown and the next, which stands at `shown`: nothing, the one line, or `...`."""
    if above is None or line == above + 1:
        return []
    if line > above + 2:
        return [SKIPPED]
    between = source.shown(source.line_at(shown.start - 1))
    return [Row(above + 1, "|", window(between, 0, 0, room, look).text)]


def _line(text: str, marks: list[Mark], room: int, look: Look) -> list[Row]:
    """One line with its marks; shown again where a mark lies outside of what fits."""
    rows: list[Row] = []
    while marks:
        first, *others = marks
        view = window(text, first.start, first.end, room, look)
        if rows:
            rows.append(SKIPPED)
        rows += (Row(first.line, "|", view.text), *_underlined(first, view, room, look))
        marks = []
        for mark in others:
            if view.shows(mark.start, mark.end):
                rows += _underlined(mark, view, room, look)
            else:
                marks.append(mark)
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
