"""Which lines would a fix change?"""

from __future__ import annotations

from iamlint.report.row import SKIPPED, Row
from iamlint.report.window import window

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

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
    rows: list[Row] = []
    grown = 0
    for hunk in _hunks(tree.source, edits_of(fix, tree)):
        if rows:
            rows.append(SKIPPED)
        rows += _shown(hunk, grown, look)
        grown += len(hunk.after) - len(hunk.before)
    return rows if len(rows) <= _MOST else [*rows[:_MOST], SKIPPED]


def _hunks(source: Source, edits: Iterable[Edit]) -> list[Hunk]:
    """The edits as whole lines; edits that share a line are one hunk."""
    groups: list[tuple[int, int, list[Edit]]] = []
    for edit in edits:
        first = source.position(edit.span.start).line
        last = source.position(edit.span.end).line
        if groups and first <= groups[-1][1]:
            begun, ended, together = groups.pop()
            groups.append((begun, max(ended, last), [*together, edit]))
        else:
            groups.append((first, last, [edit]))
    return [hunk for first, last, together in groups if (hunk := _hunk(source, first, last, together)).before or hunk.after]


def _hunk(source: Source, first: int, last: int, edits: list[Edit]) -> Hunk:
    start = source.line_span(first).start
    end = source.line_span(last).end
    pieces: list[str] = []
    at = start
    for edit in edits:
        pieces += (source.text[at : edit.span.start], edit.replacement)
        at = edit.span.end
    return _trimmed(first, _lines(source.text[start:end]), _lines("".join(pieces) + source.text[at:end]))


def _lines(text: str) -> list[str]:
    """The lines of a text, as `Source` counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _trimmed(first: int, before: list[str], after: list[str]) -> Hunk:
    """The hunk without the lines that stay the same at its ends."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    before, after = before[same:], after[same:]
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    return Hunk(first + same, before, after)


def _shown(hunk: Hunk, grown: int, look: Look) -> list[Row]:
    """A hunk's rows; `grown` is how many lines the hunks above it add."""
    both = min(len(hunk.before), len(hunk.after))
    number = hunk.first + grown
    rows = [_row(number + at, "~", hunk.before[at], hunk.after[at], look) for at in range(both)]
    rows += [_row(number + at, "+", "", hunk.after[at], look) for at in range(both, len(hunk.after))]
    rows += [_row(hunk.first + at, "-", "", hunk.before[at], look) for at in range(both, len(hunk.before))]
    return rows


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
