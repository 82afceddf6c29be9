"""Which statements does a template put into a policy by its conditions, and by which?

`Fn::If` gives one of two values, by a condition whose truth is not known here:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html. A policy is read as in one of
the stacks that allow much: a condition by which an Allow comes into it is as that Allow needs it, the first one of several. What depends on
other conditions is unknown.
"""

from __future__ import annotations

from iamlint.policy.intrinsic import is_intrinsic
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import Mapping, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from iamlint.policy.document import Document
    from iamlint.policy.statement import Statement
    from iamlint.text.tree import Route, Value

    # Conditions by their names, and whether they hold.
    Held: TypeAlias = dict[str, bool]

# Where the values stand in the argument of the function, and whether the condition holds then.
_SIDES = {1: True, 2: False}


def held(statements: Value) -> Held:
    """The conditions that put Allows among these statements, and whether they hold then."""
    found: Held = {}
    _hold(statements, {}, found)
    return found


def _hold(value: Value, way: Held, found: Held) -> None:
    choice = _choice(value)
    if choice is not None:
        name, argument = choice
        for position, side in _SIDES.items():
            if way.get(name, side) is side:
                _hold(argument[position], {**way, name: side}, found)
    elif isinstance(value, tuple):
        for item in value:
            _hold(item, way, found)
    elif way and isinstance(value, Mapping) and value.get("Effect") == "Allow" and _agree(found, way):
        found.update(way)


def _agree(found: Held, way: Held) -> bool:
    return all(found.get(name, side) is side for name, side in way.items())


def chosen(value: Value, route: Route, held: Held) -> tuple[Value, Route] | None:
    """What stands at `route` where the conditions are `held`, and where that is written; None where it is unknown or nothing."""
    choice = _choice(value)
    while choice is not None:
        name, argument = choice
        if name not in held:
            return None
        at = route if isinstance(value, Tagged) else (*route, 0)
        position = 1 if held[name] else 2
        value, route = argument[position], (*at, position)
        choice = _choice(value)
    return None if is_intrinsic(value) else (value, route)


def premises(root: Value, route: Route) -> tuple[tuple[str, bool], ...]:
    """The conditions of the template by which what is at `route` is there, from without to within: their names, and whether they hold."""
    found: dict[str, bool] = {}
    value = root
    for depth, step in enumerate(route):
        choice = _choice(value)
        if choice is not None:
            # A tag has its argument in its own place, a member one step below.
            at = depth if isinstance(value, Tagged) else depth + 1
            side = _SIDES.get(route[at]) if at < len(route) else None
            if side is not None:
                found[choice[0]] = side
        value = value_at(value, (step,))
    return tuple(found.items())


def is_there_with(document: Document, statement: Statement, other: Statement) -> bool:
    """Whether the statement is there wherever `other` is, whichever conditions of the template hold."""
    if document.policy.complete:
        return True
    root = document.tree.root
    return set(premises(root, statement.route)) <= set(premises(root, other.route))


def values_of(value: Value) -> tuple[Value, ...]:
    """The two values between which a condition decides; none where there is no such choice."""
    choice = _choice(value)
    return () if choice is None else choice[1][1:]


def _choice(value: Value) -> tuple[str, tuple[Value, ...]] | None:
    """The condition's name and the whole argument of `Fn::If`; None for anything else."""
    if isinstance(value, Tagged):
        argument = value.value if value.tag == "!If" else None
    elif isinstance(value, Mapping) and len(value.members) == 1 and value.members[0][0] == "Fn::If":
        argument = value.members[0][1]
    else:
        return None
    if isinstance(argument, tuple) and len(argument) == 3 and isinstance(argument[0], str):
        return argument[0], argument
    return None
