"""Which part of a line is shown, and in which column does each of its characters stand?"""

from __future__ import annotations

from iamlint.report.escape import is_plain, shown, visible, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamlint.report.look import Look

_TAB = 4
# A line longer than LONG is first cut to what is near the mark, so that a minified megabyte costs no more than a page.
_LONG = 4096
_BEFORE = 512


class Window:
    """The part of a line that is printed: `text` ready to print, and the characters `left` to `right` of the line that it shows."""

    __slots__ = ("_indent", "_starts", "left", "right", "text")

    def __init__(self, text: str, left: int, right: int, starts: Sequence[int], indent: int) -> None:
        self.text = text
        self.left = left
        self.right = right
        self._starts = starts
        self._indent = indent

    def column(self, index: int) -> int:
        """In which column (from 0) of the printed text the line's character `index` begins; the nearest one for what is cut."""
        inside = min(max(index, self.left), self.right)
        return self._indent + self._starts[inside - self.left]

    def shows(self, start: int, end: int) -> bool:
        """Whether the characters from `start` to `end` are all printed."""
        return self.left <= start and end <= self.right


def window(line: str, start: int, end: int, room: int, look: Look) -> Window:
    """The part of `line` that shows its characters `start` to `end` in at most `room` columns, or as many of them as fit."""
    if len(line) <= room and is_plain(line):
        return Window(line.rstrip(), 0, len(line), range(len(line) + 1), 0)
    first = 0 if len(line) <= _LONG else max(0, start - _BEFORE)
    part = line[first : first + _LONG]
    pieces = _pieces(part, look)
    starts = _starts(pieces)
    left, right = _bounds(starts, start - first, min(end - first, len(part)), room, len(look.ellipsis))
    if first + left == 0 and first + right == len(line):
        return Window("".join(pieces).rstrip(), 0, len(line), starts, 0)
    before = look.ellipsis if first + left else ""
    after = look.ellipsis if first + right < len(line) else ""
    text = before + "".join(pieces[left:right]) + after
    offset = starts[left]
    return Window(text.rstrip(), first + left, first + right, [column - offset for column in starts[left : right + 1]], len(before))


def _pieces(part: str, look: Look) -> Sequence[str]:
    """What is printed for each character; tabs reach to the next stop."""
    if "\t" not in part and visible(part, look) == part:
        return part
    pieces = []
    column = 0
    for character in part:
        piece = " " * (_TAB - column % _TAB) if character == "\t" else shown(character, look)
        pieces.append(piece)
        column += width(piece)
    return pieces


def _starts(pieces: Sequence[str]) -> Sequence[int]:
    """The column in which each piece begins, and the one after the last."""
    if isinstance(pieces, str) and pieces.isascii():
        return range(len(pieces) + 1)
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + width(piece))
    return starts


def _bounds(starts: Sequence[int], start: int, end: int, room: int, cut: int) -> tuple[int, int]:
    """From which to which piece to print; `cut` columns are kept on a side where something is left out."""
    if starts[-1] <= room:
        return 0, len(starts) - 1
    from bisect import bisect_left, bisect_right

    if starts[end] + cut <= room:
        return 0, bisect_right(starts, room - cut) - 1
    slack = max(room - 2 * cut - (starts[end] - starts[start]), 0)
    left = bisect_left(starts, starts[start] - slack // 2)
    left = min(left, bisect_left(starts, starts[-1] + cut - room))
    return left, _right(starts, left, room, cut)


def _right(starts: Sequence[int], left: int, room: int, cut: int) -> int:
    """The last piece that fits when printing begins at `left`, which is not the first."""
    if starts[-1] - starts[left] + cut <= room:
        return len(starts) - 1
    from bisect import bisect_right

    return bisect_right(starts, starts[left] + room - 2 * cut) - 1
