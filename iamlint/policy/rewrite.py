"""Which changes of the text put a condition under another operator, and leave those beside it as they are?"""

from __future__ import annotations

from iamlint.policy.grammar import is_open_key
from iamlint.text.tree import Mapping, Place, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.condition import Condition
    from iamlint.policy.document import Document
    from iamlint.policy.statement import Statement
    from iamlint.text.edit import Change
    from iamlint.text.tree import Route, Tree, Value


def under_operator(document: Document, condition: Condition, operator: str) -> tuple[Change, ...]:
    """The changes that write `operator` for that of `condition`; none where the text cannot say it.

    A policy inside a string cannot be edited, and an operator that is there already may test the same key.
    """
    from iamlint.text.edit import AddMember, Remove, RenameKey

    block = _mapping(document, condition.operator_route[:-1])
    own = _mapping(document, condition.operator_route)
    if document.embedded or block is None or own is None:
        return ()
    alone = len(own) == 1
    position = next((n for n, (name, _) in enumerate(block) if name.lower() == operator.lower()), None)
    if position is None and alone:
        return (RenameKey(Place(condition.operator_route), operator),)
    value = value_at(document.tree.root, condition.route)
    removed = Remove(Place(condition.operator_route if alone else condition.route))
    if position is None:
        return (removed, AddMember(Place(condition.operator_route[:-1]), operator, Mapping(((condition.key, value),))))
    route = (*condition.operator_route[:-1], position)
    return (removed, AddMember(Place(route), condition.key, value)) if _has_room(_mapping(document, route), condition.key) else ()


def _mapping(document: Document, route: Route) -> Mapping | None:
    value = value_at(document.tree.root, route)
    return value if isinstance(value, Mapping) else None


def _has_room(keys: Mapping | None, key: str) -> bool:
    """Whether `key` can be added to these; not to a template's function, nor beside itself."""
    return keys is not None and not any(is_open_key(name) or name.lower() == key.lower() for name, _ in keys)


def value_at(value: Value, route: Route) -> Value:
    """The value at `route` below `value`, without the tags on the way to it."""
    for step in route:
        value = value.value if isinstance(value, Tagged) else value
        if isinstance(value, Mapping):
            value = value.members[step][1]
        elif isinstance(value, tuple):
            value = value[step]
    return value


def sid_place(tree: Tree, statement: Statement) -> Place:
    """Where a statement has its name; itself where it has none."""
    value = value_at(tree.root, statement.route)
    position = value.index("Sid") if isinstance(value, Mapping) else None
    return Place(statement.route if position is None else (*statement.route, position))
