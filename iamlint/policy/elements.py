"""Whom, which actions and which resources does a statement name, and what in them is not of a form that IAM takes?"""

from __future__ import annotations

from iamlint.policy.condition import Unknown
from iamlint.policy.grammar import described, is_open_key, nearest, renaming, setting
from iamlint.policy.intrinsic import is_intrinsic, resolve, resolve_in_partition
from iamlint.policy.naming import read_principal, unknown_principal
from iamlint.policy.principal import TYPES, Form, Principal, Principals
from iamlint.policy.statement import Patterns
from iamlint.text.tree import Mapping, Number, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.grammar import Problems
    from iamlint.text.tree import Route, Value

_TEXTS = frozenset({str})
_NEGATED = frozenset({"NotAction", "NotResource", "NotPrincipal"})


def read_patterns(name: str, value: Value, route: Route, problems: Problems) -> Patterns | None:
    """An Action, NotAction, Resource or NotResource element; None when nothing of it can be read."""
    negated = name in _NEGATED
    if type(value) is str:
        return Patterns(name, (value,), negated, route, False)
    if type(value) is tuple:
        if not _TEXTS.issuperset(map(type, value)):
            return _mixed_patterns(name, value, route, problems)
        return Patterns(name, value, negated, route, True)  # type: ignore[arg-type]  # only strings, as was found
    resolved = resolve_in_partition(value)
    if resolved is not None:
        return Patterns(name, (resolved,), negated=negated, route=route, listed=False)
    problems.lossy = True
    problems.invalid(route, name, "a string or a list of strings", value)
    return None


def _mixed_patterns(name: str, items: tuple[Value, ...], route: Route, problems: Problems) -> Patterns:
    """A list in which not every item is a string; what is unreadable becomes unknown, so that positions hold."""
    values: list[str | Unknown] = []
    for position, item in enumerate(items):
        known = item if isinstance(item, str) else resolve_in_partition(item)
        if known is None:
            problems.invalid((*route, position), name, "a string or a list of strings", item)
            known = Unknown(described(item))
        values.append(known)
    return Patterns(name, tuple(values), negated=name in _NEGATED, route=route, listed=True)


def read_principals(name: str, value: Value, route: Route, problems: Problems) -> Principals:
    """A Principal or NotPrincipal element."""
    entries: list[Principal] = []
    if isinstance(value, str) or is_intrinsic(value):
        entries.append(_principal("*", value, route, problems))
    elif isinstance(value, Mapping):
        for position, (type, under) in enumerate(value.members):
            _read_type(type, under, (*route, position), entries, problems)
    else:
        problems.lossy = True
        problems.add(
            "invalid-principal",
            Place(route),
            f"`{name}` is {described(value)}, not an object",
            'write `"*"`, or an object such as `{"AWS": …}`',
            subject=name,
            aws_codes=("INVALID_PRINCIPAL_FORMAT",),
        )
    negated = name in _NEGATED
    if negated and any(entry.form is Form.INVALID for entry in entries):
        problems.lossy = True
    return Principals(tuple(entries), negated, route)


def _read_type(type: str, under: Value, route: Route, entries: list[Principal], problems: Problems) -> None:
    if type not in TYPES:
        if is_open_key(type):
            entries.append(unknown_principal("*", type, route))
            return
        _unknown_type(type, route, problems)
    if not isinstance(under, tuple):
        entries.append(_principal(type, under, route, problems))
        return
    for position, item in enumerate(under):
        entries.append(_principal(type, item, (*route, position), problems))


def _unknown_type(type: str, route: Route, problems: Problems) -> None:
    guess = nearest(type, TYPES)
    problems.add(
        "invalid-principal",
        Place(route, on_key=True),
        f"`{type}` is not a kind of principal",
        f"did you mean `{guess}`?" if guess else "use `AWS`, `Service`, `Federated` or `CanonicalUser`",
        subject=type,
        mending=renaming(route, guess, safe=False),
        aws_codes=("INVALID_PRINCIPAL_KEY",),
    )


def _principal(type: str, value: Value, route: Route, problems: Problems) -> Principal:
    """The principal that a value stands for; under a key that is no type of principal it is invalid without a further problem."""
    if not isinstance(value, str):
        if isinstance(value, Number):
            return _numbered(type, value, route, problems)
        resolved = resolve(value)
        if resolved is None:
            problems.invalid(route, "Principal", "made of strings", value)
            return Principal(type, described(value), Form.INVALID, route, why="it is not a string")
        if isinstance(resolved, Unknown):
            return unknown_principal(type, resolved.label, route)
        value = resolved
    principal = read_principal(type, value, route)
    if principal.form is Form.INVALID and (type in TYPES or type == "*"):
        return _invalid_principal(principal, problems)
    return principal


def _numbered(type: str, number: Number, route: Route, problems: Problems) -> Principal:
    """An account id without quotes: fine in YAML, where templates make a string of it, and wrong in JSON."""
    principal = read_principal(type, number.text, route)
    if principal.form is Form.INVALID:
        _invalid_principal(principal, problems)
    else:
        problems.number(route, "principal", number.text)
    return principal


def _invalid_principal(principal: Principal, problems: Problems) -> Principal:
    """Note an invalid principal, and read it without white space around it, so that what else is wrong shows; but never as `*`."""
    text = principal.text
    stripped = text.strip()
    meant = read_principal(principal.type, stripped, principal.route) if stripped != text else principal
    mending = None if meant.form is Form.INVALID else setting(principal.route, stripped, safe=meant.form is not Form.EVERYONE)
    problems.add(
        "invalid-principal",
        Place(principal.route),
        f"`{text}` is not a valid principal: {principal.why}",
        _principal_help(principal),
        subject=text,
        mending=mending,
        aws_codes=_principal_codes(principal),
    )
    return meant if meant.form is not Form.EVERYONE else principal


def _principal_codes(principal: Principal) -> tuple[str, ...]:
    if principal.type == "Federated":
        return ("INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",)
    if "*" in principal.text or "?" in principal.text:
        return ("UNSUPPORTED_WILDCARD_IN_PRINCIPAL",)
    return ("INVALID_PRINCIPAL_FORMAT",) if principal.type == "*" else ()


def _principal_help(principal: Principal) -> str:
    if principal.type == "AWS" and ("*" in principal.text or "?" in principal.text):
        return "name the account, and test `aws:PrincipalArn` with `ArnLike` in the condition"
    return ""
