"""Policies, conditions and callers from plain Python values."""

from __future__ import annotations

from typing import Any

from iamlint.access.evaluation.request import Caller
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.condition import Condition, Unknown
from iamlint.policy.naming import read_principal, unknown_principal
from iamlint.policy.operator import parse_operator
from iamlint.policy.principal import Principal, Principals
from iamlint.policy.statement import Effect, Patterns, Policy, Statement

OWN = "111122223333"
OTHER = "999999999999"

ANONYMOUS = Caller(CallerKind.ANONYMOUS)


def policy(document: dict[str, Any]) -> Policy:
    """The policy that a JSON document is; a value may be an `Unknown`, and the Version is 2012-10-17 unless it says another."""
    statements = [_statement(index, one) for index, one in enumerate(_list(document["Statement"]))]
    return Policy(document.get("Version", "2012-10-17"), document.get("Id"), tuple(statements))


def allow(**elements: Any) -> Policy:
    """A policy of one Allow statement, of any action on any resource unless `elements` say otherwise."""
    return policy({"Statement": _with_defaults("Allow", elements)})


def deny(**elements: Any) -> Policy:
    """A policy that allows everything and has one Deny statement made like that of `allow`."""
    return policy({"Statement": [_with_defaults("Allow", {}), _with_defaults("Deny", elements)]})


def condition(operator: str, key: str, values: Any) -> Condition:
    """One line of a Condition block."""
    parsed = parse_operator(operator)
    assert parsed is not None, operator
    texts = tuple(_text(value) for value in _list(values))
    return Condition(parsed, key, texts, route=(), operator_route=(), listed=isinstance(values, list))


def user(name: str, account: str = OWN) -> Caller:
    """An IAM user."""
    return Caller(CallerKind.USER, name, account=account)


def role(name: str, session: str = "", account: str = OWN) -> Caller:
    """A session of a role."""
    return Caller(CallerKind.ROLE, name, account=account, session=session)


def root(account: str = OWN) -> Caller:
    """The root user of an account."""
    return Caller(CallerKind.ROOT, account=account)


def service(name: str) -> Caller:
    """A service that acts in its own name."""
    return Caller(CallerKind.SERVICE, name)


def _with_defaults(effect: str, elements: dict[str, Any]) -> dict[str, Any]:
    statement = {"Effect": effect, **elements}
    if "NotAction" not in elements:
        statement.setdefault("Action", "*")
    if "NotResource" not in elements:
        statement.setdefault("Resource", "*")
    return statement


def _statement(index: int, one: dict[str, Any]) -> Statement:
    block = one.get("Condition", {})
    return Statement(
        index,
        Effect(one["Effect"]),
        sid=one.get("Sid"),
        principals=_principals(one),
        actions=_patterns(one, "Action"),
        resources=_patterns(one, "Resource"),
        conditions=tuple(condition(operator, key, values) for operator, keys in block.items() for key, values in keys.items()),
        route=(),
    )


def _patterns(one: dict[str, Any], name: str) -> Patterns | None:
    for element in (name, "Not" + name):
        if element in one:
            texts = tuple(_text(value) for value in _list(one[element]))
            return Patterns(element, texts, negated=element != name, route=(), listed=isinstance(one[element], list))
    return None


def _principals(one: dict[str, Any]) -> Principals | None:
    for element in ("Principal", "NotPrincipal"):
        if element in one:
            written = one[element]
            types = written if isinstance(written, dict) else {"*": written}
            entries = tuple(_principal(type, value) for type, values in types.items() for value in _list(values))
            return Principals(entries, element == "NotPrincipal", ())
    return None


def _principal(type: str, value: str | Unknown) -> Principal:
    return unknown_principal(type, value.label, ()) if isinstance(value, Unknown) else read_principal(type, value, ())


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | Unknown:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, Unknown) else str(value)
