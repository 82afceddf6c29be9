"""What does a policy say that is written as most are?

Most are an object with a version and statements, each of which has an effect, actions, resources (or principals, on a role), and perhaps a
name and conditions. Such a one is read here in one pass, from the bare values of the JSON scanner. Whatever is not as usual, and so
whatever could be wrong, is for `parse`, which has a name for everything.
INVARIANT: what is read here is what `parse` makes of it, and there it has no problem (tests/policy/test_usual.py).
"""

from __future__ import annotations

from iamlint.policy.condition import Condition
from iamlint.policy.document import Kind
from iamlint.policy.operator import parse_operator
from iamlint.policy.principal import TYPES, Form, Principals
from iamlint.policy.statement import VERSIONS, Effect, Patterns, Policy, Statement
from iamlint.text.tree import Number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.text.json import Bare
    from iamlint.text.tree import Route

_EFFECTS = {effect.value: effect for effect in Effect}
_ACTIONS = frozenset({"Action", "NotAction"})
_OTHERS = frozenset({"Resource", "NotResource", "Principal"})
_NAMES = _ACTIONS | _OTHERS | {"Sid", "Effect", "Condition"}
_TEXTS = frozenset({str})
_ASSUMING = frozenset(
    {
        *("sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity"),
        *("sts:tagsession", "sts:setsourceidentity", "sts:setcontext"),
    }
)
# What the functions of templates begin with.
_FUNCTIONS = ("Ref", "Fn::", "fn::")
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
        elif name == "Version" and type(value) is str and value in VERSIONS:
            version = value
        elif name == "Id" and type(value) is str:
            id = value
        else:
            return None
    return Policy(version, id, statements) if statements else None


def usual_kind(policy: Policy) -> Kind | None:
    """The kind of a policy that is as usual; None when a closer look has to tell."""
    unnamed = [statement for statement in policy.statements if statement.principals is None]
    if len(unnamed) == len(policy.statements):
        return Kind.IDENTITY
    return Kind.TRUST if not unnamed and all(map(_assumes, policy.statements)) else None


def _assumes(statement: Statement) -> bool:
    """Whether it is about nothing but assuming a role."""
    values = statement.actions.values if statement.actions is not None else ()
    return bool(values) and _ASSUMING.issuperset([value.lower() for value in values if isinstance(value, str)])


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
    names = tuple(elements)
    form = _forms.get(names) or _form(names)
    if form is None or len(elements) < len(members):
        return None
    actions = _patterns(form.actions, elements[form.actions], form.no_action, route + form.to_actions)
    conditions = _conditions(elements["Condition"], route + form.to_conditions) if form.conditional else ()
    if actions.open or conditions is None or _UPDATE in actions.text:
        return None
    name, sid = elements["Effect"], elements["Sid"] if form.named else None
    effect = _EFFECTS.get(name) if type(name) is str else None
    if effect is None or (form.named and type(sid) is not str):
        return None
    principals = resources = None
    if form.resources:
        resources = _patterns(form.resources, elements[form.resources], form.no_resource, route + form.to_others)
        if resources.open:
            return None
    else:
        principals = _principals(elements["Principal"], route + form.to_others)
        if principals is None:
            return None
    return Statement(index, effect, sid, principals, actions, resources, conditions, route)  # type: ignore[arg-type]  # a string


class _Form:
    """Which elements a statement has and where: the names of its actions and resources, and the steps to its elements.

    `named` and `conditional` say whether it has a name, and conditions. One without resources has principals: `to_others` leads to the one
    or the other.
    """

    __slots__ = (
        *("actions", "conditional", "named", "no_action", "no_resource", "resources"),
        *("to_actions", "to_conditions", "to_others"),
    )

    def __init__(self, names: tuple[str, ...]) -> None:
        self.actions = "Action" if "Action" in names else "NotAction"
        self.resources = "" if "Principal" in names else "Resource" if "Resource" in names else "NotResource"
        self.no_action = self.actions == "NotAction"
        self.no_resource = self.resources == "NotResource"
        self.named = "Sid" in names
        self.conditional = "Condition" in names
        self.to_actions = (names.index(self.actions),)
        self.to_others = (names.index(self.resources or "Principal"),)
        self.to_conditions = (names.index("Condition"),) if self.conditional else ()


# The usual forms met so far. There are not many: names can be in no more orders.
_forms: dict[tuple[str, ...], _Form] = {}


def _form(names: tuple[str, ...]) -> _Form | None:
    """The form of a statement with members of these names; None when it is not usual."""
    there = frozenset(names)
    if not there <= _NAMES or "Effect" not in there:
        return None
    if len(there & _ACTIONS) != 1 or len(there & _OTHERS) != 1:
        return None
    form = _forms[names] = _Form(names)
    return form


def _patterns(name: str, value: Bare, negated: bool, route: Route) -> Patterns:
    """An element with patterns; open when something in it is not a string."""
    listed = type(value) is list
    return Patterns(name, tuple(value) if listed else (value,), negated, route, listed)  # type: ignore[arg-type]  # as was said


def _principals(value: Bare, route: Route) -> Principals | None:
    from iamlint.policy.naming import read_principal

    entries = []
    for kind, name, at in _written_principals(value, route):
        entry = read_principal(kind, name, at) if type(name) is str else None
        if entry is None or entry.form is Form.INVALID:
            return None
        entries.append(entry)
    return Principals(tuple(entries), False, route)


def _written_principals(value: Bare, route: Route) -> Iterator[tuple[str, Bare, Route]]:
    """The type, text and route of each principal; a text that is none for what is not as usual."""
    if type(value) is not tuple:
        yield "*", value, route
        return
    if len(dict(value)) < len(value):
        yield "*", None, route
    for position, (kind, under) in enumerate(value):
        if type(under) is list and kind in TYPES:
            for place, name in enumerate(under):
                yield kind, name, (*route, position, place)
        else:
            yield kind, under if kind in TYPES else None, (*route, position)


def _conditions(block: Bare, route: Route) -> tuple[Condition, ...] | None:
    if type(block) is not tuple or not block or (len(block) > 1 and not _are_distinct(block)):
        return None
    found = []
    for position, (name, keys) in enumerate(block):
        operator = parse_operator(name)
        if operator is None or type(keys) is not tuple or not keys or (len(keys) > 1 and not _are_distinct(keys)):
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
    return len({name.lower() for name, _ in members}) == len(members)


def _values(value: Bare) -> tuple[str, ...] | None:
    """The values under a key that are not one string."""
    if type(value) is list:
        return tuple(value) if _TEXTS.issuperset(map(type, value)) else None  # type: ignore[arg-type]  # only strings, as was found
    if type(value) is bool:
        return ("true" if value else "false",)
    return (value.text,) if type(value) is Number else None
