"""What are the parts of the requests that a question is about, and what may each of them be?

A space is made once for the policies of a question: it knows which keys they test, of which type each is and whether it holds several
values, and gives the region of all requests to start from. Dimensions are named by strings: `action`, `resource.*` for the parts of the
resource's ARN, `caller.*` for the parts of the caller, `key:NAME` for context keys, and `same:…` for relations between two keys that a
policy variable makes.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.search.domains import Choice, Memory, Points, Several, Single, Strings
from iamlint.access.search.literal import OneOf
from iamlint.access.sets.effort import Effort
from iamlint.access.sets.glob import exact, format_glob, wildcard
from iamlint.access.sets.pick import pick
from iamlint.access.sets.value_sets import ADDRESSES, ALL_POINTS
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import is_multivalued, key_type, value_format
from iamlint.policy.condition import plain_key
from iamlint.policy.operator import Family, Quantifier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.access.search.solve import Region
    from iamlint.access.sets.glob import Union
    from iamlint.access.sets.texts import Relation
    from iamlint.policy.statement import Policy

KINDS = tuple(CallerKind)
EVERY_KIND = (1 << len(KINDS)) - 1
_BITS = {kind: 1 << index for index, kind in enumerate(KINDS)}

ACTION = "action"
KIND = "caller.kind"
PARTITION = "caller.partition"
ACCOUNT = "caller.account"
NAME = "caller.name"
SESSION = "caller.session"
PROVIDER = "caller.provider"
RESOURCE_PARTS = ("resource.partition", "resource.service", "resource.region", "resource.account", "resource.rest")

_SAMPLES = {
    "aws:sourceip": (),
    "aws:principalorgid": ("o-outsider00", "o-outsider01"),
    "aws:resourceorgid": ("o-outsider00", "o-outsider01"),
    "aws:sourceaccount": ("999999999999", "888888888888"),
    "aws:resourceaccount": ("111122223333",),
    "sts:externalid": ("any-value-at-all",),
    "sts:rolesessionname": ("session", "anything"),
}
_FIXED_SAMPLES = {
    ACTION: ("s3:getobject", "ec2:runinstances", "sns:publish"),
    PARTITION: ("aws", "aws-us-gov", "aws-cn"),
    ACCOUNT: ("999999999999", "888888888888", "777777777777"),
    NAME: ("Outsider", "Someone", "team/Outsider"),
    SESSION: ("session", "another-session"),
    PROVIDER: (
        "service.amazonaws.com",
        "arn:aws:iam::111122223333:oidc-provider/idp.example.com",
        "arn:aws:iam::111122223333:saml-provider/any-provider",
    ),
    RESOURCE_PARTS[0]: ("aws", "aws-us-gov", "aws-cn"),
    RESOURCE_PARTS[1]: ("s3", "ec2", "sns"),
    RESOURCE_PARTS[2]: ("", "us-east-1", "eu-west-1"),
    RESOURCE_PARTS[3]: ("111122223333", "", "444455556666"),
    RESOURCE_PARTS[4]: ("something", "any/thing"),
}
# Roles of AWS's own may have a colon in their names: `aws:ec2-infrastructure`.
_FORMATS: dict[str, Union] = {
    ACTION: frozenset({wildcard("*:*")}),
    PARTITION: frozenset({format_glob("aws[a-z-]*")}),
    ACCOUNT: frozenset({format_glob("[0-9]{12}")}),
    NAME: frozenset({format_glob("[A-Za-z0-9_+=,.@/-]*[A-Za-z0-9_+=,.@-]"), format_glob("aws:[A-Za-z0-9_+=,.@-]+")}),
    SESSION: frozenset({format_glob("[A-Za-z0-9_+=,.@-][A-Za-z0-9_+=,.@-]+")}),
}
# What an action is beyond its format, in lower case: a service's prefix begins with a letter and names have neither spaces nor signs.
# https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
_LEGAL_ACTION = format_glob("[a-z][a-z0-9-]*:[a-z0-9]+")
_BOOLEANS = frozenset({exact("true"), exact("false")})


class KeyPlan:
    """How the question treats one key.

    `text`, `points` and `address` name the dimensions in use ("" for none), `several` says whether the key holds a list.
    """

    __slots__ = ("address", "key", "points", "several", "text")

    def __init__(self, key: str, families: set[Family], several: bool) -> None:
        self.key = key
        self.several = several
        numbers = {Family.NUMERIC, Family.DATE} & families
        addresses = Family.IP in families
        self.points = f"key:{key}#" if numbers else ""
        self.address = f"key:{key}/" if addresses else ""
        others = families - numbers - {Family.IP, Family.NULL}
        self.text = f"key:{key}" if others or not (numbers or addresses) else ""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions in use; the same key tested as two types has two, tied in presence."""
        return tuple(name for name in (self.text, self.points, self.address) if name)


class Space:
    """The parts of the requests that the given policies, and `extra` keys of a question, tell apart."""

    __slots__ = ("_memories", "effort", "keys", "region", "relations")

    def __init__(self, policies: Iterable[Policy], extra: Iterable[tuple[str, Family, bool]] = ()) -> None:
        uses = _uses(policies)
        for key, family, several in extra:
            uses.setdefault(plain_key(key), []).append((family, Quantifier.ANY if several else Quantifier.NONE))
        self.keys = {key: _plan(key, found) for key, found in uses.items()}
        self._memories: dict[str, Memory] = {}
        self.effort = Effort()
        # The relations that policy variables make: a flag's name, the key it is about, and the text.
        self.relations: dict[str, tuple[str, Relation]] = {}
        self.region: Region = self._fixed()
        for plan in self.keys.values():
            self._add_key(plan)

    def plan(self, key: str) -> KeyPlan:
        """How `key` is treated; a key that no policy of the space mentions is text that nothing tests."""
        key = plain_key(key)
        if key not in self.keys:
            self.keys[key] = _plan(key, [(_family_of(key), Quantifier.NONE)])
            self._add_key(self.keys[key])
        return self.keys[key]

    def flag(self, name: str) -> OneOf:
        """A yes-or-no dimension of its own, as the test that it is yes."""
        if name not in self.region:
            self.region[name] = Choice(0b11)
        return OneOf(name, 0b10, 0b11)

    def _fixed(self) -> Region:
        region: Region = {KIND: Choice(EVERY_KIND)}
        for name, samples in _FIXED_SAMPLES.items():
            absent = name == RESOURCE_PARTS[0]
            region[name] = Single(absent, self._strings(name, _FORMATS.get(name), samples))
        return region

    def _strings(self, name: str, legal: Union | None, samples: tuple[str, ...]) -> Strings:
        memory = self._memories[name] = Memory(samples, self.effort, _LEGAL_ACTION if name == ACTION else None)
        inside = () if legal is None else (legal,)
        value = memory.known[inside, frozenset()] = _first(inside, samples)
        return Strings(inside, frozenset(), value, memory)

    def _add_key(self, plan: KeyPlan) -> None:
        for name in plan.dimensions:
            part: Strings | Points
            if name == plan.text:
                part = self._text_part(plan)
            else:
                part = Points(ADDRESSES if name == plan.address else ALL_POINTS)
            self.region[name] = Several(True, part, ()) if plan.several else Single(True, part)

    def _text_part(self, plan: KeyPlan) -> Strings:
        if key_type(plan.key) == "Bool":
            memory = self._memories[plan.text] = Memory(("true", "false"), self.effort)
            return Strings((_BOOLEANS,), frozenset(), "true", memory)
        legal = value_format(plan.key)
        return self._strings(plan.text, _format(legal) if legal else None, _SAMPLES.get(plan.key, ("any",)))


@lru_cache(maxsize=512)
def _format(legal: str) -> Union:
    """The texts of a format."""
    return frozenset({format_glob(legal)})


@lru_cache(maxsize=512)
def _first(inside: tuple[Union, ...], samples: tuple[str, ...]) -> str:
    """One of the strings that a part of a request may be."""
    found = pick(inside, frozenset(), samples)
    assert found is not None, f"no legal value, nor among {samples}"
    return found


def _uses(policies: Iterable[Policy]) -> dict[str, list[tuple[Family, Quantifier]]]:
    found: dict[str, list[tuple[Family, Quantifier]]] = {}
    for policy in policies:
        for statement in policy.statements:
            for condition in statement.conditions:
                use = (condition.operator.base.family, condition.operator.quantifier)
                found.setdefault(plain_key(condition.key), []).append(use)
    return found


def _plan(key: str, uses: list[tuple[Family, Quantifier]]) -> KeyPlan:
    several = is_multivalued(key)
    if several is None:
        several = all(quantifier is not Quantifier.NONE for family, quantifier in uses if family is not Family.NULL) and any(
            quantifier is not Quantifier.NONE for _, quantifier in uses
        )
    families = {family for family, _ in uses}
    if families <= {Family.NULL}:
        families = {_family_of(key)}
    return KeyPlan(key, families, several)


def _family_of(key: str) -> Family:
    match key_type(key):
        case "Numeric":
            return Family.NUMERIC
        case "Date":
            return Family.DATE
        case "IPAddress":
            return Family.IP
        case _:
            return Family.STRING


def kinds_test(kinds: Iterable[CallerKind]) -> OneOf:
    """The test that the caller is of one of `kinds`."""
    mask = 0
    for kind in kinds:
        mask |= _BITS[kind]
    return OneOf(KIND, mask, EVERY_KIND)
