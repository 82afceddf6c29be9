"""How is a collection in brackets changed: JSON, and YAML's flow style?"""

from __future__ import annotations

import re

from iamlint.text.edit import Edit
from iamlint.text.source import Span
from iamlint.text.tree import Mapping
from iamlint.text.write import flow, like, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.text.edit_layout import Layout, Spot
    from iamlint.text.tree import Value

_LINE_END_NEXT = re.compile(r"[ \t]*[\r\n]")
_TO_COMMA = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*+,")


def set_in_flow(layout: Layout, spot: Spot, value: Value) -> Edit:
    """Write `value` for a value that stands in brackets."""
    node = spot.node
    old = layout.of(node.span)
    if isinstance(value, str):
        written = like(old, value) if layout.is_yaml and isinstance(node.value, str) else quoted(value)
    else:
        written = flow(value, layout.style, _indent_for(layout, spot))
    return Edit(node.span, written if old else " " + written)


def change_flow(layout: Layout, spot: Spot, removed: set[int], added: list[tuple[str, Value]]) -> Iterator[Edit]:
    """Take out the children numbered in `removed` and write members behind those that stay."""
    node = spot.node
    entries = [layout.entry(child) for child in node.children]
    kept = [number for number in range(len(entries)) if number not in removed]
    lead = _lead(layout, spot)
    indent = lead.rpartition("\n")[2].rpartition("\r")[2] if lead.strip(" \t") else None
    members = [f"{_key(layout, spot, key)}{layout.style.colon}{flow(value, layout.style, indent)}" for key, value in added]
    if not kept:
        yield _refill(layout, spot, lead, members)
        return
    last = entries[kept[-1]]
    behind = lead if indent is not None else _after_comma(layout, entries)
    yield from _without_tail(layout, last, entries[kept[-1] + 1 :], "".join("," + behind + member for member in members))
    for number in sorted(removed):
        if number < kept[-1]:
            yield Edit(Span(entries[number].start, entries[number + 1].start), "")


def _key(layout: Layout, spot: Spot, key: str) -> str:
    for child in spot.node.children[:1]:
        if layout.is_yaml and child.key is not None:
            return like(layout.of(child.key), key)
    return quoted(key)


def _without_tail(layout: Layout, last: Span, tail: list[Span], members: str) -> Iterator[Edit]:
    """Put `members` behind the last entry that stays and take out those after it, with the comma before them."""
    if not tail:
        if members:
            yield Edit(Span(last.end, last.end), members)
        return
    between = layout.text[last.end : tail[0].start]
    comma = _TO_COMMA.match(layout.text, last.end)
    if not between.replace(",", "", 1).strip() or comma is None:
        yield Edit(Span(last.end, tail[-1].end), members)
        return
    # A comment ends with its line: that line end goes only where another one follows.
    before = between.rstrip() if _LINE_END_NEXT.match(layout.text, tail[-1].end) else between.rstrip(" \t")
    start = last.end + len(before)
    yield Edit(Span(last.end, last.end), members)
    yield Edit(Span(comma.end() - 1, comma.end()), "")
    yield Edit(Span(max(start, comma.end()), tail[-1].end), "")


def _refill(layout: Layout, spot: Spot, lead: str, members: list[str]) -> Edit:
    start, end = layout.inside(spot.node) + 1, spot.node.span.end - 1
    if not members:
        return Edit(Span(start, end), "")
    if not lead.strip(" \t"):
        return Edit(Span(start, end), (", " if layout.style.colon.endswith(" ") else ",").join(members))
    closing = layout.style.newline + layout.indent_at(start)
    return Edit(Span(start, end), lead + ("," + lead).join(members) + closing)


def _lead(layout: Layout, spot: Spot) -> str:
    """What stands before each child: a line end and blanks, or nothing when the children are on one line."""
    node = spot.node
    if layout.spreads(node):
        return layout.style.newline + layout.indent_at(layout.entry(node.children[0]).start)
    if node.children or spot.parent is None or not layout.spreads(spot.parent.node) or not spot.in_flow:
        return ""
    return layout.style.newline + layout.indent_at(node.span.start) + layout.style.indent


def _after_comma(layout: Layout, entries: list[Span]) -> str:
    if len(entries) > 1:
        found = layout.text[entries[0].end : entries[1].start].partition(",")[2]
        return found if not found.strip(" ") else " "
    return " " if layout.style.colon.endswith(" ") else ""


def _indent_for(layout: Layout, spot: Spot) -> str | None:
    """The indentation a collection may spread from, or None when it has to stay on one line."""
    node, parent = spot.node, spot.parent
    if layout.is_flow(node) and isinstance(node.value, Mapping | tuple) and node.children:
        return layout.indent_at(node.span.start) if layout.spreads(node) else None
    if parent is not None and layout.spreads(parent.node):
        return layout.indent_at(layout.entry(node).start)
    return None
