"""What is a request of which nothing is known yet, in the terms of z3?"""

from __future__ import annotations

import z3

from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import value_format
from tests.access.z3_texts import Term, UncoveredError, legal_values

KINDS = tuple(CallerKind)
OWNED = (CallerKind.ROOT, CallerKind.USER, CallerKind.ROLE, CallerKind.FEDERATED_USER)

# A list of four values can hold one of every class that the few words of `chance` tell apart.
LISTS = {"aws:tagkeys": 4}
NUMBERS = {"aws:multifactorauthage"}
CLOCKS = {"aws:currenttime"}
ADDRESSES = {"aws:sourceip"}
_BOOLEANS = {"aws:multifactorauthpresent"}
# The name of a user or role is its path, then what follows the last slash.
_FORMATS = {
    "action": "[a-z][a-z0-9-]*:[a-z0-9]+",
    "partition": "aws[a-z-]*",
    "account": "[0-9]{12}",
    "session": "[A-Za-z0-9_+=,.@-][A-Za-z0-9_+=,.@-]+",
    "base": "[A-Za-z0-9_+=,.@-]+",
    "path": "[A-Za-z0-9_+=,.@/-]*",
    **dict.fromkeys((f"resource {index}" for index in range(1, 5)), "[^:]*"),
}
_TYPES = {
    CallerKind.ANONYMOUS: "Anonymous",
    CallerKind.ROOT: "Account",
    CallerKind.USER: "User",
    CallerKind.ROLE: "AssumedRole",
    CallerKind.FEDERATED_USER: "FederatedUser",
}


class Asked:
    """A request of which nothing is known yet; `rules` say, of what a formula mentions, how it can be written down."""

    def __init__(self) -> None:
        self.rules: list[Term] = []
        self._parts: dict[str, Term] = {}
        self._keys: dict[str, list[tuple[Term, Term]]] = {}
        self.has_resource = z3.Bool("has resource")
        self.kind = z3.Int("kind")
        self.rules.append(z3.And(self.kind >= 0, self.kind < len(KINDS)))

    def text(self, part: str) -> Term:
        """A part of the action, caller or resource."""
        if part not in self._parts:
            self._parts[part] = z3.String(part)
            format = _FORMATS.get(part)
            if format is not None:
                self.rules.append(_legal(self._parts[part], format))
            if part == "path":
                self.rules.append(z3.Or(self._parts[part] == "", z3.SuffixOf("/", self._parts[part])))
        return self._parts[part]

    @property
    def name(self) -> Term:
        """Path and name of a user or role."""
        return z3.Concat(self.text("path"), self.text("base"))

    def is_one(self, *kinds: CallerKind) -> Term:
        """Whether the caller is of one of `kinds`."""
        return z3.Or(*(self.kind == KINDS.index(kind) for kind in kinds))

    def values(self, key: str) -> list[tuple[Term, Term]]:
        """The values that the request may have for `key`, each with the condition under which it has it."""
        derived = self._derived(key)
        if derived is not None:
            return [(self.is_one(kind), value) for kind, value in derived.items()]
        if key not in self._keys:
            self._keys[key] = [self._value(key, index) for index in range(LISTS.get(key, 1))]
        return self._keys[key]

    def _derived(self, key: str) -> dict[CallerKind, Term] | None:
        match key:
            case "aws:principalaccount":
                return {CallerKind.ANONYMOUS: z3.StringVal("anonymous"), **dict.fromkeys(OWNED, self.text("account"))}
            case "aws:principalarn":
                return {kind: self._arn(kind) for kind in OWNED}
            case "aws:principaltype":
                return {kind: z3.StringVal(word) for kind, word in _TYPES.items()}
            case "aws:principalisawsservice":
                return {**dict.fromkeys(OWNED, z3.StringVal("false")), CallerKind.SERVICE: z3.StringVal("true")}
            case "aws:username":
                return {CallerKind.USER: self.text("base")}
            case _:
                return None

    def _arn(self, kind: CallerKind) -> Term:
        service = "sts" if kind is CallerKind.FEDERATED_USER else "iam"
        start = ("arn:", self.text("partition"), f":{service}::", self.text("account"))
        if kind is CallerKind.ROOT:
            return z3.Concat(*start, ":root")
        return z3.Concat(*start, f":{kind.value}/", self.text("path"), self.text("base"))

    def _value(self, key: str, index: int) -> tuple[Term, Term]:
        present = z3.Bool(f"has {key} {index}")
        name = f"{key} {index}"
        if key in NUMBERS | CLOCKS:
            return present, z3.Real(name)
        if key in ADDRESSES:
            sixth, number = z3.Bool(f"{name} is IPv6"), z3.Int(name)
            self.rules.append(z3.And(number >= 0, number < z3.If(sixth, z3.IntVal(2**128), z3.IntVal(2**32))))
            return present, (sixth, number)
        value = z3.String(name)
        format = value_format(key)
        if key in _BOOLEANS:
            self.rules.append(z3.Or(value == "true", value == "false"))
        elif format:
            self.rules.append(_legal(value, format))
        return present, value

    def lookup(self, key: str) -> tuple[Term, Term]:
        """Whether the request carries `key`, and its text."""
        key = key.lower()
        if key in LISTS or key in NUMBERS | CLOCKS | ADDRESSES:
            raise UncoveredError(key)
        values = self.values(key)
        text = values[-1][1]
        for present, value in values[:-1]:
            text = z3.If(present, value, text)
        return z3.Or(*(present for present, _ in values)), text


def _legal(value: Term, format: str) -> Term:
    return z3.InRe(value, legal_values(format))
