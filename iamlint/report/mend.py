"""Which lines would a fix change?"""

from __future__ import annotations

from itertools import islice

from iamlint.report.row import SKIPPED, Row
from iamlint.report.window import window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.finding import Fix
    from iamlint.report.look import Look
    from iamlint.text.edit import Edit
    from iamlint.text.source import Source
    from iamlint.text.tree import Tree

_MOST = 24
# Edits are proved by reading the edited text, which for every finding of a large source takes too long. JSON has no aliases, so nothing
# can go wrong there that the plan does not see; of a large YAML source only the advice is shown.
_LARGE = 1 << 16
_LARGE_JSON = 1 << 13


class Hunk:
    """Lines `first` and following of a source, as they are and as they would be."""

    __slots__ = ("after", "before", "first")

    def __init__(self, first: int, before: list[str], after: list[str]) -> None:
        self.first = first
        self.before = before
        self.after = after


def edits_of(fix: Fix, tree: Tree) -> tuple[Edit, ...]:
    """The text replacements of a fix, in the order of the source; none when its text cannot be changed without changing something else.

    That is so where an alias repeats the text elsewhere; the fix is then advice.
    """
    if not fix.changes:
        return ()
    from iamlint.text.edit import edits, unchecked
    from iamlint.text.source import TextError

    is_json = tree.language == "json"
    large = len(tree.source.data) > (_LARGE_JSON if is_json else _LARGE)
    if large and not is_json:
        return ()
    try:
        return unchecked(tree, fix.changes) if large else edits(tree, fix.changes)
    except TextError:
        return ()


def diff(fix: Fix, tree: Tree, look: Look) -> list[Row]:
    """The lines a fix would change (`~`), add (`+`) and take away (`-`), with the numbers they would have (had, where taken away)."""
    rows = list(islice(_rows(_hunks(tree.source, edits_of(fix, tree)), look), _MOST + 1))
    return rows if len(rows) <= _MOST else [*rows[:_MOST], SKIPPED]


def _rows(hunks: Iterable[Hunk], look: Look) -> Iterator[Row]:
    grown = 0
    for number, hunk in enumerate(hunks):
        if number:
            yield SKIPPED
        yield from _shown(hunk, grown, look)
        grown += len(hunk.after) - len(hunk.before)


def _hunks(source: Source, edits: Iterable[Edit]) -> Iterator[Hunk]:
    """The edits as whole lines; edits that share a line are one hunk."""
    together: list[Edit] = []
    end = 0
    for edit in edits:
        if together and source.line_at(edit.span.start).start > end:
            yield from _hunk(source, together, end)
            together = []
        together.append(edit)
        end = max(end, edit.span.end)
    if together:
        yield from _hunk(source, together, end)


def _hunk(source: Source, edits: list[Edit], end: int) -> Iterator[Hunk]:
    """The lines of edits of which the last ends at `end`; none where the text stays the same."""
    first = edits[0].span.start
    start, stop = source.line_at(first).start, source.line_at(end).end
    pieces: list[str] = []
    at = start
    for edit in edits:
        pieces += (source.text[at : edit.span.start], edit.replacement)
        at = edit.span.end
    after = "".join(pieces) + source.text[at:stop]
    found = _trimmed(source.position(first).line, _lines(source.text[start:stop]), _lines(after))
    if found.before or found.after:
        yield found


def _lines(text: str) -> list[str]:
    """The lines of a text, as `Source` counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _trimmed(first: int, before: list[str], after: list[str]) -> Hunk:
    """The hunk without the lines that stay the same at its ends."""
    most = min(len(before), len(after))
    same = 0
    while same < most and before[same] == after[same]:
        same += 1
    below = 0
    while below < most - same and before[-1 - below] == after[-1 - below]:
        below += 1
    return Hunk(first + same, before[same : len(before) - below], after[same : len(after) - below])


def _shown(hunk: Hunk, grown: int, look: Look) -> Iterator[Row]:
    """A hunk's rows; `grown` is how many lines the hunks above it add."""
    both = min(len(hunk.before), len(hunk.after))
    number = hunk.first + grown
    for at in range(both):
        yield _row(number + at, "~", hunk.before[at], hunk.after[at], look)
    for at in range(both, len(hunk.after)):
        yield _row(number + at, "+", "", hunk.after[at], look)
    for at in range(both, len(hunk.before)):
        yield _row(hunk.first + at, "-", "", hunk.before[at], look)


def _row(number: int, sign: str, old: str, new: str, look: Look) -> Row:
    """One line of the diff, cut around what differs."""
    start = 0
    for ours, theirs in zip(old, new, strict=False):
        if ours != theirs:
            break
        start += 1
    end = len(new)
    while end > start and len(old) - len(new) + end > start and old[end - len(new) - 1] == new[end - 1]:
        end -= 1
    return Row(number, sign, window(new, start, end, look.width - len(str(number)) - len(" ~ "), look).text)
