"""What does a policy say that is written as most are?

Most are an object with a version and statements, each of which has an effect, actions, resources, and perhaps a name and conditions. Such
a one is read here in one pass, from the bare values of the JSON scanner. Whatever is not as usual, and so whatever could be wrong, is for
`parse`, which has a name for everything.
INVARIANT: what is read here is what `parse` makes of it, and there it has no problem (tests/policy/test_usual.py).
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.policy.condition import Condition
from iamlint.policy.operator import parse_operator
from iamlint.policy.statement import Effect, Patterns, Policy, Statement
from iamlint.text.tree import Number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.json import Bare
    from iamlint.text.tree import Route

_VERSIONS = ("2012-10-17", "2008-10-17")
_EFFECTS = {effect.value: effect for effect in Effect}
_NAMES = frozenset({"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"})
_TEXTS = frozenset({str})
# What the functions of templates begin with.
_FUNCTIONS = ("Ref", "Fn::")
# What begins the actions of stack policies of CloudFormation, in the text of an element.
_UPDATE = "\nupdate:"


def usual_policy(root: Bare) -> Policy | None:
    """The policy that a whole source is; None when it is none, or is not as usual."""
    if type(root) is not tuple or len(dict(root)) < len(root):
        return None
    version = id = None
    statements = None
    for position, (name, value) in enumerate(root):
        if name == "Statement":
            statements = _statements(value, (position,))
        elif name == "Version" and type(value) is str and value in _VERSIONS:
            version = value
        elif name == "Id" and type(value) is str:
            id = value
        else:
            return None
    return Policy(version, id, statements) if statements else None


def _statements(value: Bare, route: Route) -> tuple[Statement, ...] | None:
    if type(value) is not list:
        only = _statement(value, 0, route)
        return (only,) if only is not None else None
    found = []
    for index, item in enumerate(value):
        statement = _statement(item, index, (*route, index))
        if statement is None:
            return None
        found.append(statement)
    return tuple(found)


def _statement(members: Bare, index: int, route: Route) -> Statement | None:
    if type(members) is not tuple:
        return None
    elements = dict(members)
    form = _form(tuple(elements))
    if form is None or len(elements) < len(members):
        return None
    actions = _patterns(form.actions, elements[form.actions], form.no_action, route + form.to_actions)
    resources = _patterns(form.resources, elements[form.resources], form.no_resource, route + form.to_resources)
    conditions = _conditions(elements["Condition"], route + form.to_conditions) if form.conditional else ()
    if actions.open or resources.open or conditions is None or _UPDATE in actions.text:
        return None
    effect, sid = elements["Effect"], elements["Sid"] if form.named else None
    if type(effect) is not str or effect not in _EFFECTS or (form.named and type(sid) is not str):
        return None
    return Statement(index, _EFFECTS[effect], sid, None, actions, resources, conditions, route)  # type: ignore[arg-type]  # a string


class _Form:
    """Which elements a statement has and where: the names of its actions and resources, and the steps to them and to its conditions.

    `named` and `conditional` say whether it has a name, and conditions.
    """

    __slots__ = (
        *("actions", "conditional", "named", "no_action", "no_resource", "resources"),
        *("to_actions", "to_conditions", "to_resources"),
    )

    def __init__(self, names: tuple[str, ...]) -> None:
        self.actions = "Action" if "Action" in names else "NotAction"
        self.resources = "Resource" if "Resource" in names else "NotResource"
        self.no_action = self.actions == "NotAction"
        self.no_resource = self.resources == "NotResource"
        self.named = "Sid" in names
        self.conditional = "Condition" in names
        self.to_actions = (names.index(self.actions),)
        self.to_resources = (names.index(self.resources),)
        self.to_conditions = (names.index("Condition"),) if self.conditional else ()


@lru_cache(maxsize=256)
def _form(names: tuple[str, ...]) -> _Form | None:
    """The form of a statement with members of these names; None when it is not usual."""
    there = frozenset(names)
    if not there <= _NAMES or "Effect" not in there:
        return None
    if ("Action" in there) is ("NotAction" in there) or ("Resource" in there) is ("NotResource" in there):
        return None
    return _Form(names)


def _patterns(name: str, value: Bare, negated: bool, route: Route) -> Patterns:
    """An element with patterns; open when something in it is not a string."""
    listed = type(value) is list
    return Patterns(name, tuple(value) if listed else (value,), negated, route, listed)  # type: ignore[arg-type]  # as was said


def _conditions(block: Bare, route: Route) -> tuple[Condition, ...] | None:
    if type(block) is not tuple or not block or not _are_distinct(block):
        return None
    found = []
    for position, (name, keys) in enumerate(block):
        operator = parse_operator(name)
        if operator is None or type(keys) is not tuple or not keys or not _are_distinct(keys):
            return None
        operator_route = (*route, position)
        for place, (key, value) in enumerate(keys):
            values = (value,) if type(value) is str else _values(value)
            if values is None or "{" in key or "<" in key or key.startswith(_FUNCTIONS):
                return None
            found.append(Condition(operator, key, values, (*operator_route, place), operator_route, type(value) is list))
    return tuple(found)


def _are_distinct(members: tuple[tuple[str, Bare], ...]) -> bool:
    """Whether no two names are the same without their case."""
    return len(members) == 1 or len({name.lower() for name, _ in members}) == len(members)


def _values(value: Bare) -> tuple[str, ...] | None:
    """The values under a key that are not one string."""
    if type(value) is list:
        return tuple(value) if _TEXTS.issuperset(map(type, value)) else None  # type: ignore[arg-type]  # only strings, as was found
    if type(value) is bool:
        return ("true" if value else "false",)
    return (value.text,) if type(value) is Number else None
