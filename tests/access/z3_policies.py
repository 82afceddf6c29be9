"""Which requests does a policy's JSON allow, as a formula for z3?

What the encoding leaves out raises `UncoveredError`; `covered` takes it out of a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from ipaddress import ip_network
from typing import Any

import z3

from iamlint.knowledge.callers import CallerKind
from tests.access import z3_texts
from tests.access.z3_request import ADDRESSES, CLOCKS, LISTS, NUMBERS, OWNED, Asked
from tests.access.z3_texts import Lookup, Term, UncoveredError, arn_pattern, in_any_case, wildcard

TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)
_NEGATIONS = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnLike",
    "ArnNotLike": "ArnLike",
    "NumericNotEquals": "NumericEquals",
    "DateNotEquals": "DateEquals",
    "NotIpAddress": "IpAddress",
}


def listed(value: Any) -> list[Any]:
    """An element's values, of which one may stand alone."""
    return value if isinstance(value, list) else [value]


def allows(policy: dict[str, Any], asked: Asked) -> Term:
    """Whether the policy allows the request: some Allow matches and no Deny."""
    by_effect: dict[str, list[Term]] = {"Allow": [], "Deny": []}
    for statement in policy["Statement"]:
        by_effect[statement["Effect"]].append(matches(policy, statement, asked))
    return z3.And(z3.Or(*by_effect["Allow"]), z3.Not(z3.Or(*by_effect["Deny"])))


def matches(policy: dict[str, Any], statement: dict[str, Any], asked: Asked) -> Term:
    """Whether a statement of the policy matches the request."""
    lookup = asked.lookup if policy.get("Version") == "2012-10-17" else None
    parts = [_actions(statement, asked), _resources(statement, asked, lookup), _principals(statement, asked)]
    for operator, keys in statement.get("Condition", {}).items():
        parts += [holds(operator, key, listed(values), asked, lookup) for key, values in keys.items()]
    return z3.And(*parts)


def _actions(statement: dict[str, Any], asked: Asked) -> Term:
    element = "Action" if "Action" in statement else "NotAction"
    named = z3.Or(*(z3.InRe(asked.text("action"), wildcard("*:*" if one == "*" else one.lower())) for one in listed(statement[element])))
    return named if element == "Action" else z3.Not(named)


def _resources(statement: dict[str, Any], asked: Asked, lookup: Lookup | None) -> Term:
    for element in ("Resource", "NotResource"):
        if element in statement:
            named = z3.Or(*(_resource(one, asked, lookup) for one in listed(statement[element])))
            return named if element == "Resource" else z3.Not(named)
    return TRUE


def _resource(text: str, asked: Asked, lookup: Lookup | None) -> Term:
    if text == "*":
        return TRUE
    arn, *fields = text.split(":", 5)
    if len(fields) != 5 or arn != "arn":
        raise UncoveredError(text)
    parts = [f"resource {index}" for index in range(1, 6)]
    tests = [z3_texts.like(asked.text(part), field, None) for part, field in zip(parts[:4], fields[:4], strict=True) if field != "*"]
    rest = [z3_texts.like(asked.text(parts[4]), fields[4], lookup)] if fields[4] != "*" else []
    return z3.And(asked.has_resource, *tests, *rest)


_AWS = re.compile(r"arn:(aws[a-z-]*):(iam|sts)::(\d{12}):(root|(?:user|role|federated-user)/(.+)|assumed-role/([^/]+)/([^/]+))")


def _principals(statement: dict[str, Any], asked: Asked) -> Term:
    if "Principal" in statement:
        return z3.Or(FALSE, *(_principal(type, text, asked) for type, text in _named(statement["Principal"])))
    return z3.Not(_excepted(list(_named(statement["NotPrincipal"])), asked)) if "NotPrincipal" in statement else TRUE


def _named(element: Any) -> Iterator[tuple[str, str]]:
    for type, texts in (element if isinstance(element, dict) else {"AWS": element}).items():
        for text in listed(texts):
            yield type, text


def _principal(type: str, text: str, asked: Asked) -> Term:
    """Whether one entry of a Principal element covers the caller."""
    if type == "Service":
        return z3.And(asked.is_one(CallerKind.SERVICE), asked.text("provider") == text)
    if type == "Federated":
        kind = CallerKind.SAML if ":saml-provider/" in text else CallerKind.WEB_IDENTITY
        return z3.And(asked.is_one(kind), asked.text("provider") == text)
    if text == "*":
        return TRUE
    if text.isdigit():
        return z3.And(asked.is_one(*OWNED), asked.text("account") == text)
    found = _AWS.fullmatch(text)
    if found is None:
        return FALSE  # the unique id of someone who was deleted
    partition, _, account, rest, name, role, session = found.groups()
    where = z3.And(asked.text("partition") == partition, asked.text("account") == account)
    if rest == "root":
        return z3.And(asked.is_one(*OWNED), where)
    if role:
        return z3.And(asked.is_one(CallerKind.ROLE), where, asked.text("base") == role, asked.text("session") == session)
    return z3.And(asked.is_one(CallerKind(rest.partition("/")[0])), where, asked.name == name)


def _excepted(entries: list[tuple[str, str]], asked: Asked) -> Term:
    """NotPrincipal leaves an identity alone when its account, its user or role, and its session are all listed."""
    if ("AWS", "*") in entries:
        return TRUE
    links: dict[str, list[Term]] = {"account": [], "role": [], "identity": [], "other": []}
    for type, text in entries:
        link = "other"
        if type == "AWS":
            link = "account" if text.isdigit() or text.endswith(":root") else "role" if ":role/" in text else "identity"
        links[link].append(_principal(type, text, asked))
    account, role, identity, other = (z3.Or(FALSE, *links[link]) for link in ("account", "role", "identity", "other"))
    return z3.Or(
        other,
        z3.And(asked.is_one(CallerKind.ROOT), account),
        z3.And(asked.is_one(CallerKind.USER, CallerKind.FEDERATED_USER), account, identity),
        z3.And(asked.is_one(CallerKind.ROLE), account, role, identity),
    )


def holds(operator: str, key: str, texts: list[Any], asked: Asked, lookup: Lookup | None) -> Term:
    """Whether one line of a Condition block holds."""
    key = key.lower()
    written = [str(text).lower() if isinstance(text, bool) else str(text) for text in texts]
    values = asked.values(key)
    present = z3.Or(*(given for given, _ in values))
    if operator == "Null":
        return z3.Or(*(z3.Not(present) if text == "true" else present for text in written))
    quantifier, colon, name = operator.rpartition(":")
    base = name.removesuffix("IfExists")
    negated = base in _NEGATIONS
    positive = _NEGATIONS.get(base, base)

    def passes(value: Term) -> Term:
        found = z3.Or(*(_test(positive, key, value, text, lookup) for text in written))
        return z3.Not(found) if negated else found

    if quantifier == "ForAllValues":
        return z3.And(*(z3.Implies(given, passes(value)) for given, value in values))
    some = z3.Or(*(z3.And(given, passes(value)) for given, value in values))
    if colon:
        return some
    if key in LISTS:
        raise UncoveredError(operator)
    return z3.Or(some, z3.Not(present)) if negated or base != name else some


def _test(operator: str, key: str, value: Term, text: str, lookup: Lookup | None) -> Term:
    """Whether one value of the request matches one of the policy, under a positive operator."""
    family = next((family for family in ("Numeric", "Date", "IpAddress") if operator.startswith(family)), "")
    if [key in keys for keys in (NUMBERS, CLOCKS, ADDRESSES)] != [family == name for name in ("Numeric", "Date", "IpAddress")]:
        raise UncoveredError(key)
    if family in ("Numeric", "Date"):
        return _ordered(operator.removeprefix(family), value, Fraction(text) if family == "Numeric" else _instant(text))
    match operator:
        case "StringEquals":
            return z3_texts.equals(value, text, lookup)
        case "StringLike":
            return z3_texts.like(value, text, lookup)
        case "StringEqualsIgnoreCase" if "${" not in text:
            return z3.InRe(value, in_any_case(text))
        case "ArnLike" | "ArnEquals" if "${" not in text:
            pattern = arn_pattern(text)
            return FALSE if pattern is None else z3.InRe(value, pattern)
        case "Bool":
            return z3.BoolVal(False) if text not in ("true", "false") else value == text
        case "IpAddress":
            network = ip_network(text)
            first, last = (z3.IntVal(int(end)) for end in (network.network_address, network.broadcast_address))
            return z3.And(value[0] == (network.version == 6), value[1] >= first, value[1] <= last)
        case _:
            raise UncoveredError(operator)


def _ordered(comparison: str, value: Term, wanted: Fraction) -> Term:
    constant = z3.RealVal(str(wanted))
    match comparison:
        case "LessThan":
            return value < constant
        case "LessThanEquals":
            return value <= constant
        case "GreaterThan":
            return value > constant
        case "GreaterThanEquals":
            return value >= constant
        case _:
            return value == constant


def _instant(text: str) -> Fraction:
    if text.isdigit():
        return Fraction(text)
    moment = datetime.fromisoformat(text)
    return Fraction(int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))


def covered(policy: dict[str, Any]) -> dict[str, Any]:
    """`policy` less the conditions that the encoding leaves out."""
    return {**policy, "Statement": [_covered(policy, statement) for statement in policy["Statement"]]}


def _covered(policy: dict[str, Any], statement: dict[str, Any]) -> dict[str, Any]:
    asked = Asked()
    lookup = asked.lookup if policy.get("Version") == "2012-10-17" else None
    block: dict[str, dict[str, Any]] = {}
    for operator, keys in statement.get("Condition", {}).items():
        for key, values in keys.items():
            try:
                holds(operator, key, listed(values), asked, lookup)
            except UncoveredError:
                continue
            block.setdefault(operator, {})[key] = values
    return {**{name: value for name, value in statement.items() if name != "Condition"}, **({"Condition": block} if block else {})}
