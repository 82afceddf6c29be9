"""What do policies say when each unknown in them has a name, the same wherever it stands?

`${var.partner}` in two versions of a policy is the same account, whichever it is. Here every unknown becomes a value that nobody wrote
down, of the form that its place asks for: an account id, an organization, a name. What is then new in one of the policies is new for every
value of the unknowns that does not happen to be one of those written out.
"""

from __future__ import annotations

from iamlint.knowledge.keys import split_claim, value_format
from iamlint.policy.condition import Condition, Unknown
from iamlint.policy.intrinsic import referred
from iamlint.policy.naming import WEB_IDENTITIES, read_principal
from iamlint.policy.operator import Family
from iamlint.policy.pattern import Escaped, Hole, has_hole, split
from iamlint.policy.principal import Form, Principal, Principals
from iamlint.policy.statement import Patterns, Policy, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.evaluation.request import ContextValue, Request

_MARK = "\x1f"
_ACCOUNT = "{0:012}"
_PARTITION = "aws"
_NAME = "unknown-{0}-name"
_ORGANIZATION = "o-unknown"
# Values of types that a name is none of. Addresses: a range for benchmarks, which nobody has (RFC 2544).
_TYPED = {Family.NUMERIC: "7000{0:04}", Family.DATE: "2999-01-01T00:{0:02}:00Z", Family.IP: "198.18.0.{0}/32"}
_STARTS = {"aws:sourcevpc": "vpc-0{0:04}", "aws:sourcevpce": "vpce-0{0:04}", "aws:ec2instancesourcevpc": "vpc-0{0:04}"}
_MOST_TYPED = 60


class Settled:
    """Policies whose unknowns have names; `open` says whether the first of them has any."""

    __slots__ = ("_names", "open", "policies")

    def __init__(self, policies: Sequence[Policy]) -> None:
        names = _Names(policies)
        first = _settled(policies[0], names)
        self.open = bool(names.made)
        self.policies = (first, *[_settled(policy, names) for policy in policies[1:]])
        self._names = names

    @property
    def accounts(self) -> frozenset[str]:
        """The account ids that stand for unknown ones."""
        return frozenset([made for made, _ in self._names.made.values() if made.isdigit() and len(made) == 12])

    @property
    def organizations(self) -> frozenset[str]:
        """The ids that stand for unknown organizations."""
        return frozenset([made for made, _ in self._names.made.values() if made.startswith(_ORGANIZATION)])

    @property
    def names(self) -> frozenset[str]:
        """Everything that stands for something unknown."""
        return frozenset([made for made, _ in self._names.made.values()])

    def said(self, text: str) -> str:
        """A text with what the source says in place of the made-up names."""
        for made, source in self._names.made.values():
            text = text.replace(made, source)
        return text

    def requested(self, request: Request) -> Request:
        """A request in the words of the source."""
        from iamlint.access.evaluation.request import Request as Made

        if not self._names.made:
            return request
        context: dict[str, ContextValue] = {}
        for key, name in request.names.items():
            value = request.context.get(key, ())
            context[name] = self.said(value) if isinstance(value, str) else tuple(map(self.said, value))
        return Made(request.action, request.caller, request.resource and self.said(request.resource), context)


class _Names:
    """The names given so far: by what the source says and the form that was asked for, each with how it is told."""

    __slots__ = ("_numbers", "_taken", "hosts", "made")

    def __init__(self, policies: Sequence[Policy]) -> None:
        self.made: dict[tuple[str, str], tuple[str, str]] = {}
        self.hosts = _hosts(policies)
        self._numbers: dict[str, int] = {}
        self._taken = "\n".join([text for policy in policies for text in _texts(policy)])

    def name(self, label: str, form: str = _NAME) -> str:
        """The name of an unknown, in a form with a place for its number."""
        label = referred(label)
        if form == _PARTITION:
            return form
        if (label, form) not in self.made:
            made = form.format(self.number(label))
            self.made[label, form] = (made, f"${{{label}}}")
        return self.made[label, form][0]

    def number(self, label: str) -> int:
        """The number of an unknown; the names it would give are in neither policy."""
        label = referred(label)
        if label not in self._numbers:
            number = max(self._numbers.values(), default=0) + 1
            while _ACCOUNT.format(number) in self._taken or _NAME.format(number) in self._taken:
                number += 1
            self._numbers[label] = number
        return self._numbers[label]


def _texts(policy: Policy) -> Iterator[str]:
    for statement in policy.statements:
        yield from [entry.text for entry in (statement.principals.entries if statement.principals is not None else ())]
        for patterns in (statement.actions, statement.resources, *statement.conditions):
            yield from [value for value in (patterns.values if patterns is not None else ()) if isinstance(value, str)]


def _settled(policy: Policy, names: _Names) -> Policy:
    statements = tuple([_statement(statement, names) for statement in policy.statements])
    return Policy(policy.version, policy.id, statements, complete=policy.complete)


def _statement(statement: Statement, names: _Names) -> Statement:
    return Statement(
        statement.index,
        statement.effect,
        sid=statement.sid,
        principals=_principals(statement.principals, names),
        actions=_patterns(statement.actions, names, "unknown{0}name"),
        resources=_patterns(statement.resources, names, _NAME),
        conditions=tuple([_condition(condition, names) for condition in statement.conditions]),
        route=statement.route,
    )


def _principals(principals: Principals | None, names: _Names) -> Principals | None:
    if principals is None or all(entry.form is not Form.UNKNOWN for entry in principals.entries):
        return principals
    entries = [_principal(entry, names) if entry.form is Form.UNKNOWN else entry for entry in principals.entries]
    return Principals(tuple(entries), principals.negated, principals.route)


def _principal(entry: Principal, names: _Names) -> Principal:
    """A principal with names for what is open; one that is open altogether is a role, a service or a provider."""
    label = entry.text
    filled = "" if label.startswith("!") or _is_hole(label) else _filled(label, names, _NAME)
    host = names.hosts.get(label) if entry.type == "Federated" else None
    if host is not None:
        account = names.name(label, _ACCOUNT)
        filled = host if host.lower() in WEB_IDENTITIES else f"arn:aws:iam::{account}:oidc-provider/{host}"
    made = read_principal(entry.type, filled, entry.route) if filled else None
    if made is not None and made.form not in (Form.INVALID, Form.UNKNOWN):
        return made
    label = split(label)[0].label if _is_hole(label) else label  # type: ignore[union-attr]  # it is a hole
    if entry.type == "Service":
        return read_principal("Service", f"{names.name(label)}.amazonaws.com", entry.route)
    kind = "saml-provider" if entry.type == "Federated" else "role"
    text = f"arn:aws:iam::{names.name(label, _ACCOUNT)}:{kind}/{names.name(label)}"
    return read_principal("Federated" if entry.type == "Federated" else "AWS", text, entry.route)


def _is_hole(text: str) -> bool:
    parts = split(text)
    return len(parts) == 1 and isinstance(parts[0], Hole)


def _patterns(patterns: Patterns | None, names: _Names, form: str) -> Patterns | None:
    if patterns is None or not any(map(_is_open, patterns.values)):
        return patterns
    values: list[str | Unknown] = []
    for value in patterns.values:
        if isinstance(value, Unknown):
            about = "Resource" in patterns.name
            values.append(f"arn:aws:s3:::{names.name(value.label)}" if about else names.name(value.label, form))
        else:
            values.append(_resource(value, names, form) if "Resource" in patterns.name else _filled(value, names, form))
    return Patterns(patterns.name, tuple(values), negated=patterns.negated, route=patterns.route, listed=patterns.listed)


def _resource(value: str, names: _Names, form: str) -> str:
    """A resource; what begins it with something open is an ARN."""
    filled = _filled(value, names, form)
    return filled if filled[:4] == "arn:" or filled[:1] == "*" else f"arn:aws:s3:::{filled}"


def _condition(condition: Condition, names: _Names) -> Condition:
    operator, key = condition.operator, condition.key.lower()
    if not any(map(_is_open, condition.values)) or has_hole(key) or operator.base.family in (Family.BOOL, Family.NULL):
        return condition
    values = tuple([_value(value, key, operator.base.family, names) for value in condition.values])
    return Condition(
        operator, condition.key, values, route=condition.route, operator_route=condition.operator_route, listed=condition.listed
    )


def _value(value: str | Unknown, key: str, family: Family, names: _Names) -> str | Unknown:
    if not _is_open(value):
        return value
    label = value.label if isinstance(value, Unknown) else value
    if family in _TYPED:
        return names.name(label, _TYPED[family]) if names.number(label) < _MOST_TYPED else value
    form = _form(key)
    if not isinstance(value, Unknown):
        return _filled(value, names, form)
    if form == _NAME and (key.endswith("arn") or family is Family.ARN):
        return f"arn:aws:iam::{names.name(label, _ACCOUNT)}:role/{names.name(label)}"
    return names.name(label, form)


def _form(key: str) -> str:
    """The form of the values of a key."""
    if key in _STARTS:
        return _STARTS[key]
    documented = value_format(key) or ""
    if documented == "[0-9]{12}":
        return _ACCOUNT
    return _ORGANIZATION + "{0:04}" if documented.startswith("o-") else _NAME


def _filled(text: str, names: _Names, form: str) -> str:
    """The text with a name for each hole; what is the whole account or partition of an ARN is one of those."""
    parts = split(text)
    holes = [part.label for part in parts if isinstance(part, Hole)]
    masked = "".join([part if isinstance(part, str) else _MARK if isinstance(part, Hole) else _written(part) for part in parts])
    fields = masked.split(":", 5)
    given = iter(holes)
    if len(fields) < 6:
        return _given(masked, given, names, form)
    forms = [
        _PARTITION if field == _MARK and at == 1 else _ACCOUNT if field == _MARK and at == 4 else form for at, field in enumerate(fields)
    ]
    return ":".join([_given(field, given, names, one) for field, one in zip(fields, forms, strict=True)])


def _given(text: str, labels: Iterator[str], names: _Names, form: str) -> str:
    """The text with names for its marks, one after the other."""
    first, *rest = text.split(_MARK)
    # The parts first: a zip takes one label too many where they come second.
    return first + "".join([names.name(label, form) + part for part, label in zip(rest, labels, strict=False)])


def _written(part: object) -> str:
    """A variable, or an escaped character, as policies write it."""
    if isinstance(part, Escaped):
        return f"${{{part.character}}}"
    key, default = getattr(part, "key", ""), getattr(part, "default", None)
    return f"${{{key}}}" if default is None else f"${{{key}, '{default}'}}"


def _is_open(value: str | Unknown) -> bool:
    return isinstance(value, Unknown) or has_hole(value)


def _hosts(policies: Sequence[Policy]) -> dict[str, str]:
    """The issuers of open providers, by what the source says for them: one whose claims alone are tested beside it."""
    found: dict[str, set[str]] = {}
    for statement in [statement for policy in policies for statement in policy.statements]:
        entries = statement.principals.entries if statement.principals is not None else ()
        if len(entries) == 1 and entries[0].form is Form.UNKNOWN and entries[0].type == "Federated":
            keys = [condition.key for condition in statement.conditions if not has_hole(condition.key)]
            hosts = {key.partition(":")[0] for key in keys if split_claim(key) is not None}
            found.setdefault(entries[0].text, set()).update(hosts)
    return {text: next(iter(hosts)) for text, hosts in found.items() if len(hosts) == 1 and ":saml-provider/" not in text}
