"""How is YAML's block style changed, where indentation says what brackets say elsewhere?"""

from __future__ import annotations

import re

from iamlint.text.edit import Edit
from iamlint.text.source import Span
from iamlint.text.tree import Mapping
from iamlint.text.write import beside, block, flow, like, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.text.edit_layout import Layout, Spot
    from iamlint.text.tree import Node, Value

_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n?|\n))*")
_KEEPING = re.compile(r"[|>][1-9]?\+")


def set_in_block(layout: Layout, spot: Spot, value: Value) -> Iterator[Edit]:
    """Write `value` for a value of a block mapping or an item of a block list."""
    node = spot.node
    written = _same_form(layout, node, value)
    if node.key is None:
        column = layout.column(node.span.start)
        yield (
            Edit(node.span, written or block(value, layout.style, column))
            if layout.of(node.span)
            else _into_empty_item(layout, node, value)
        )
        return
    colon = layout.after_colon(node.key)
    gap = layout.text[colon : node.span.start]
    rest = Span(colon + len(gap.rstrip()), node.span.end)
    if written is None and isinstance(value, Mapping | tuple) and len(value):
        yield Edit(rest, beside(value, layout.style, layout.column(node.key.start)))
        return
    written = written or block(value, layout.style, 0)
    if gap and "\n" not in gap and "\r" not in gap:
        yield Edit(node.span, written)
    elif "#" in gap:
        yield Edit(Span(colon, colon), " " + written)
        yield Edit(rest, "")
    else:
        yield Edit(rest, " " + written)


def change_block(layout: Layout, spot: Spot, removed: set[int], added: list[tuple[str, Value]]) -> Iterator[Edit]:
    """Take out the children numbered in `removed` (not all of them) and write members behind those that stay."""
    node = spot.node
    column = layout.column(layout.inside(node))
    entries = [_entry(layout, child, column) for child in node.children[: layout.own_children(node)]]
    kept = [number for number in range(len(entries)) if number not in removed]
    first_line = layout.line_start(entries[0].start)
    if 0 in removed and layout.text[first_line : entries[0].start].strip():
        # `- a: 1`: the first member that stays moves up to the dash.
        yield Edit(Span(entries[0].start, entries[kept[0]].start), "")
        removed = {number for number in removed if number > kept[0]}
    for number in sorted(removed):
        entry = entries[number]
        yield Edit(Span(layout.line_start(entry.start), layout.line_end(entry.end).end), "")
    if added:
        lines = [plain(key) + ":" + beside(value, layout.style, column) for key, value in added]
        yield _below(layout, node.children[kept[-1]], entries[kept[-1]].end, [" " * column + line for line in lines])


def _same_form(layout: Layout, node: Node, value: Value) -> str | None:
    """`value` in the form of the old one where that is a scalar or stands in brackets; None when there is nothing to go by."""
    if layout.is_flow(node) and isinstance(value, Mapping | tuple):
        return flow(value, layout.style, layout.indent_at(node.span.start) if layout.spreads(node) else None)
    old = layout.of(node.span)
    if isinstance(value, str) and isinstance(node.value, str) and old[:1] not in ("|", ">", "!", ""):
        return like(old, value)
    return None


def _into_empty_item(layout: Layout, node: Node, value: Value) -> Edit:
    return Edit(node.span, " " + block(value, layout.style, layout.column(node.span.start) + 1))


def _entry(layout: Layout, node: Node, column: int) -> Span:
    """A member from its key or an item from its dash."""
    span = layout.entry(node)
    start = span.start
    if node.key is not None:
        return span
    while start > 0:
        start = layout.text.rfind("-", 0, start)
        if start < 0 or layout.column(start) == column:
            break
    return Span(max(start, 0), span.end)


def _below(layout: Layout, node: Node, end: int, lines: list[str]) -> Edit:
    """Write `lines` under a member; under the empty lines too where its block scalar keeps them."""
    newline = layout.style.newline
    line_end = layout.line_end(end)
    last = node
    while last.children:
        last = last.children[-1]
    if line_end.start < line_end.end and _KEEPING.match(layout.text, last.span.start):
        found = _BLANK_LINES.match(layout.text, line_end.end)
        at = found.end() if found else line_end.end
        return Edit(Span(at, at), "".join(line + newline for line in lines))
    return Edit(Span(line_end.start, line_end.start), "".join(newline + line for line in lines))
