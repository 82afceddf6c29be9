"""Which characters have to change so that a source says something else, and all the rest of it stays as it is?"""

from __future__ import annotations

from iamlint.text.source import Span, TextError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from iamlint.text.tree import Place, Tree, Value

_LINE_ENDS = ("\n", "\r\n", "\r")


class SetValue:
    """Write `value` for the value at `place`."""

    __slots__ = ("place", "value")

    def __init__(self, place: Place, value: Value) -> None:
        self.place = place
        self.value = value

    def __repr__(self) -> str:
        return f"SetValue({self.place!r}, {self.value!r})"


class RenameKey:
    """Write `name` for the key of the member at `place`."""

    __slots__ = ("name", "place")

    def __init__(self, place: Place, name: str) -> None:
        self.place = place
        self.name = name

    def __repr__(self) -> str:
        return f"RenameKey({self.place!r}, {self.name!r})"


class Remove:
    """Take out the member or item at `place`, with its comma or its lines."""

    __slots__ = ("place",)

    def __init__(self, place: Place) -> None:
        self.place = place

    def __repr__(self) -> str:
        return f"Remove({self.place!r})"


class AddMember:
    """Write a member behind the last one of the mapping at `place`."""

    __slots__ = ("key", "place", "value")

    def __init__(self, place: Place, key: str, value: Value) -> None:
        self.place = place
        self.key = key
        self.value = value

    def __repr__(self) -> str:
        return f"AddMember({self.place!r}, {self.key!r}, {self.value!r})"


if TYPE_CHECKING:
    Change: TypeAlias = SetValue | RenameKey | Remove | AddMember


class Edit:
    """Replace the text at `span` (empty: insert there) by `replacement`."""

    __slots__ = ("replacement", "span")

    def __init__(self, span: Span, replacement: str) -> None:
        self.span = span
        self.replacement = replacement

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edit) and (self.span, self.replacement) == (other.span, other.replacement)

    def __hash__(self) -> int:
        return hash((self.span, self.replacement))

    def __repr__(self) -> str:
        return f"Edit({self.span!r}, {self.replacement!r})"


def edits(tree: Tree, changes: Sequence[Change]) -> tuple[Edit, ...]:
    """The text replacements that make `changes`, in order and apart from each other; places are those of `tree`.

    The edited text is read again before it is given out: a TextError says where it would say anything but what was asked, as when an
    alias repeats the changed value elsewhere.
    """
    from iamlint.text.edit_check import check

    planned = unchecked(tree, changes)
    check(tree, changes, apply(tree.source.text, planned), planned)
    return planned


def unchecked(tree: Tree, changes: Sequence[Change]) -> tuple[Edit, ...]:
    """The same without reading the edited text again, for who makes no edit and cannot wait, as a report of a large source."""
    from itertools import pairwise

    planned = _joined(tree.source.text, sorted(_planned(tree, changes), key=lambda edit: (edit.span.start, edit.span.end)))
    for before, after in pairwise(planned):
        if after.span.start < before.span.end:
            raise TextError("two changes of the same text", after.span, "make one of them, check again, then make the other")
    return planned


def _planned(tree: Tree, changes: Sequence[Change]) -> Iterable[Edit]:
    """The edits in no order: at little cost where values of a JSON text are set or taken out, as most fixes do."""
    if tree.language == "json":
        from iamlint.text.edit_json import plan_json

        found = plan_json(tree, changes)
        if found is not None:
            return found
    from iamlint.text.edit_plan import plan

    return plan(tree, changes)


def _joined(text: str, planned: Sequence[Edit]) -> tuple[Edit, ...]:
    """`planned`, lines that are to stand under a line that is taken out put in its place."""
    found: list[Edit] = []
    for edit in planned:
        gone = found[-1] if found else None
        line_end = text[edit.span.start : gone.span.end] if gone is not None and gone.span.start < edit.span.start == edit.span.end else ""
        is_below = line_end in _LINE_ENDS and edit.replacement.startswith(line_end)
        if gone is not None and is_below and (not gone.replacement or gone.replacement.endswith(line_end)):
            found[-1] = Edit(gone.span, gone.replacement + edit.replacement[len(line_end) :] + line_end)
        else:
            found.append(edit)
    return tuple(found)


def apply(text: str, edits: Sequence[Edit]) -> str:
    """`text` with its edits made; they are in order and do not overlap."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += text[at : edit.span.start], edit.replacement
        at = edit.span.end
    return "".join((*parts, text[at:]))
