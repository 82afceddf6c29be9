"""Which changes of the text put a condition under another operator, and leave those beside it as they are?"""

from __future__ import annotations

from iamlint.text.tree import Mapping, Place, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.condition import Condition
    from iamlint.policy.document import Document
    from iamlint.policy.statement import Statement
    from iamlint.text.edit import Change
    from iamlint.text.tree import Route, Value


def under_operator(document: Document, statement: Statement, condition: Condition, operator: str) -> tuple[Change, ...]:
    """The changes that write `operator` for that of `condition`, one of `statement`; none where the text cannot say it.

    A policy inside a string cannot be edited, and an operator that is there already may test the same key.
    """
    from iamlint.text.edit import AddMember, Remove, RenameKey

    if document.embedded:
        return ()
    alone = all(one is condition or one.operator_route != condition.operator_route for one in statement.conditions)
    target = [one for one in statement.conditions if one.operator.text.lower() == operator.lower()]
    if any(one.key.lower() == condition.key.lower() for one in target):
        return ()
    if alone and not target:
        return (RenameKey(Place(condition.operator_route), operator),)
    value = value_at(document.tree.root, condition.route)
    removed = Remove(Place(condition.operator_route if alone else condition.route))
    if target:
        return (removed, AddMember(Place(target[0].operator_route), condition.key, value))
    return (removed, AddMember(Place(condition.operator_route[:-1]), operator, Mapping(((condition.key, value),))))


def value_at(value: Value, route: Route) -> Value:
    """The value at `route` below `value`, without the tags on the way to it."""
    for step in route:
        value = value.value if isinstance(value, Tagged) else value
        if isinstance(value, Mapping):
            value = value.members[step][1]
        elif isinstance(value, tuple):
            value = value[step]
    return value
