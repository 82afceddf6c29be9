"""Which replacements make these changes, wherever in the tree they are?"""

from __future__ import annotations

from iamlint.text.edit import Edit, Remove, RenameKey, SetValue
from iamlint.text.edit_flow import change_flow, set_in_flow
from iamlint.text.edit_layout import Layout, Spot
from iamlint.text.source import TextError
from iamlint.text.tree import Mapping, Tagged
from iamlint.text.write import block, flow, like, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.text.edit import Change
    from iamlint.text.tree import Route, Tree, Value


class _Members:
    """What happens to the members of one collection."""

    __slots__ = ("added", "removed", "spot")

    def __init__(self, spot: Spot) -> None:
        self.spot = spot
        self.removed: set[int] = set()
        self.added: list[tuple[str, Value]] = []


def plan(tree: Tree, changes: Sequence[Change]) -> Iterator[Edit]:
    """The edits, in no order; a TextError for a place that is not there or stands behind an alias."""
    layout = Layout(tree)
    collections: dict[Route, _Members] = {}
    for change in changes:
        route = change.place.route
        spot = layout.spot(route)
        if isinstance(change, SetValue):
            yield from _set_value(layout, spot, change.value)
        elif isinstance(change, RenameKey):
            yield _rename(layout, spot, change.name)
        elif isinstance(change, Remove):
            if spot.parent is None:
                raise TextError("the whole document cannot be taken out", spot.node.span, "remove the file instead")
            parent = collections.setdefault(route[:-1], _Members(layout.spot(route[:-1])))
            parent.removed.add(route[-1])
        else:
            collections.setdefault(route, _Members(_mapping(spot))).added.append((change.key, change.value))
    # Inner collections first: in block style an inner and an outer member may go to the same line end.
    for route in sorted(collections, key=len, reverse=True):
        yield from _change_members(layout, collections[route])


def _mapping(spot: Spot) -> Spot:
    if not isinstance(_untagged(spot.node.value), Mapping):
        raise TextError("no member can be added to what is not an object", spot.node.span, "edit it by hand")
    return spot


def _untagged(value: Value) -> Value:
    return value.value if isinstance(value, Tagged) else value


def _set_value(layout: Layout, spot: Spot, value: Value) -> Iterator[Edit]:
    if spot.parent is None:
        yield Edit(spot.node.span, _whole(layout, spot, value))
    elif spot.in_flow:
        yield set_in_flow(layout, spot, value)
    else:
        from iamlint.text.edit_block import set_in_block

        yield from set_in_block(layout, spot, value)


def _whole(layout: Layout, spot: Spot, value: Value) -> str:
    if layout.is_yaml and isinstance(value, str) and isinstance(spot.node.value, str):
        return like(layout.of(spot.node.span), value)
    if layout.is_yaml and not layout.is_flow(spot.node):
        return block(value, layout.style, 0)
    return flow(value, layout.style, layout.indent_at(spot.node.span.start) if "\n" in layout.of(spot.node.span) else None)


def _rename(layout: Layout, spot: Spot, name: str) -> Edit:
    key = spot.node.key
    if key is None:
        raise TextError("an item of a list has no key", spot.node.span, "edit it by hand")
    return Edit(key, like(layout.of(key), name) if layout.is_yaml else quoted(name))


def _change_members(layout: Layout, members: _Members) -> Iterator[Edit]:
    spot = members.spot
    if layout.is_flow(spot.node):
        yield from change_flow(layout, spot, members.removed, members.added)
    elif spot.in_flow:
        raise TextError("a pair without braces cannot be changed on its own", spot.node.span, "put it in `{` and `}`")
    elif len(members.removed) < layout.own_children(spot.node):
        from iamlint.text.edit_block import change_block

        yield from change_block(layout, spot, members.removed, members.added)
    else:
        left = Mapping(tuple(members.added)) if isinstance(_untagged(spot.node.value), Mapping) else ()
        yield from _set_value(layout, spot, left)
