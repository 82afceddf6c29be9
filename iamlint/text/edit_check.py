"""Does an edited text say exactly what was asked for, and nothing else?"""

from __future__ import annotations

from iamlint.text.edit import AddMember, Remove, RenameKey, SetValue
from iamlint.text.source import Source, TextError
from iamlint.text.tree import Mapping, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamlint.text.edit import Change, Edit
    from iamlint.text.tree import Route, Tree, Value


def check(tree: Tree, changes: Sequence[Change], text: str, edits: Sequence[Edit]) -> None:
    """Raise a TextError at the first edit unless `text` reads as the tree's value with `changes` made."""
    before = [tree.root] if tree.documents == 1 else _roots(tree, tree.source.text)
    expected = [changed(root, changes) if number == tree.document else root for number, root in enumerate(before)]
    try:
        found = _roots(tree, text)
    except TextError:
        found = None
    if found is None or not (found == expected or _in_any_order(found) == _in_any_order(expected)):
        span = edits[0].span if edits else tree.nodes().span
        raise TextError("this cannot be changed on its own", span, "edit it by hand; an anchor or an alias may repeat it elsewhere")


def changed(root: Value, changes: Sequence[Change]) -> Value:
    """The value that `root` becomes by `changes`."""
    return _changed(root, (), {id(change): change for change in changes})


def _changed(value: Value, route: Route, changes: dict[int, Change]) -> Value:
    here = [change for change in changes.values() if change.place.route == route]
    for change in here:
        if isinstance(change, SetValue):
            return change.value
    if not any(change.place.route[: len(route)] == route for change in changes.values()):
        return value
    if isinstance(value, Tagged):
        return Tagged(value.tag, _changed(value.value, route, changes))
    if isinstance(value, tuple):
        kept = [(n, item) for n, item in enumerate(value) if not _removed((*route, n), changes)]
        return tuple([_changed(item, (*route, n), changes) for n, item in kept])
    if isinstance(value, Mapping):
        members = [
            (_renamed(key, (*route, n), changes), _changed(member, (*route, n), changes))
            for n, (key, member) in enumerate(value)
            if not _removed((*route, n), changes)
        ]
        return Mapping((*members, *[(change.key, change.value) for change in here if isinstance(change, AddMember)]))
    return value


def _removed(route: Route, changes: dict[int, Change]) -> bool:
    return any(isinstance(change, Remove) and change.place.route == route for change in changes.values())


def _renamed(key: str, route: Route, changes: dict[int, Change]) -> str:
    for change in changes.values():
        if isinstance(change, RenameKey) and change.place.route == route:
            return change.name
    return key


def _roots(tree: Tree, text: str) -> list[Value]:
    source = Source(tree.source.name, text.encode("utf-8", "surrogatepass"))
    if tree.language == "json":
        from iamlint.text.json import read_json

        return [read_json(source).root]
    from iamlint.text.yaml import read_yaml

    return [each.root for each in read_yaml(source)]


def _in_any_order(roots: Sequence[Value]) -> list[Value]:
    return [_ordered(root) for root in roots]


def _ordered(value: Value) -> Value:
    """`value` with its members by key: what YAML merges in comes behind a mapping's own members, so their order is not the text's."""
    if isinstance(value, Mapping):
        return Mapping(tuple(sorted([(key, _ordered(member)) for key, member in value], key=lambda member: member[0])))
    if isinstance(value, tuple):
        return tuple([_ordered(item) for item in value])
    if isinstance(value, Tagged):
        return Tagged(value.tag, _ordered(value.value))
    return value
