"""What does AWS's Service Authorization Reference say of a service: its actions, resource types and condition keys?

https://docs.aws.amazon.com/service-authorization/latest/reference/. One file a service, read when it is first asked for.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from iamlint.enumeration import Enumeration
from iamlint.knowledge.action_rows import ActionRows, has, row_in
from iamlint.knowledge.arns import ArnFormat, arn_format
from iamlint.knowledge.data import service_prefixes, service_table, table
from iamlint.knowledge.wildcards import matching

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


# Of how many keys a service remembers what they mean to it.
_MOST = 1 << 10


class AccessLevel(Enumeration):
    """What AWS says that an action does, at most."""

    LIST = "L"
    READ = "R"
    WRITE = "W"
    TAGGING = "T"
    PERMISSIONS = "P"


class ServiceKey:
    """A condition key as a service documents it: `${}` in `name` stands for what a policy fills in.

    `type` is `String`, `ARN`, `Bool`, `Numeric`, `Date` or `IPAddress`; `multivalued` is None where sources contradict each other.
    """

    __slots__ = ("multivalued", "name", "type")

    def __init__(self, name: str, kind: str) -> None:
        self.name = name
        self.type = kind.removeprefix("ArrayOf").removesuffix("?")
        self.multivalued = None if kind.endswith("?") else kind.startswith("ArrayOf")

    def __repr__(self) -> str:
        return f"ServiceKey({self.name!r}, {self.type!r}, {self.multivalued!r})"


class Target:
    """A resource type that an action works on.

    `required` is AWS's asterisk. Where several types have it, the action is about one of them, not about all.
    """

    __slots__ = ("keys", "required", "type")

    def __init__(self, type: str, required: bool, keys: tuple[str, ...]) -> None:
        self.type = type
        self.required = required
        self.keys = keys

    def __repr__(self) -> str:
        return f"Target({self.type!r}, {self.required!r})"


class ResourceType:
    """A kind of resource: the formats of its ARN, and the keys that go with it."""

    __slots__ = ("formats", "keys", "name")

    def __init__(self, name: str, formats: tuple[ArnFormat, ...], keys: tuple[str, ...]) -> None:
        self.name = name
        self.formats = formats
        self.keys = keys

    @property
    def arns(self) -> tuple[str, ...]:
        """The formats as AWS writes them: `arn:${Partition}:s3:::${BucketName}`."""
        return tuple(one.text for one in self.formats)

    def describes(self, resource: str) -> bool:
        """Whether an ARN, or a pattern of ARNs, is written as those of this type are."""
        return any(one.describes(resource) for one in self.formats)

    def can_match(self, resource: str) -> bool:
        """Whether the pattern can match a resource of this type at all, were it through a wildcard that stands for several fields."""
        return any(one.can_match(resource) for one in self.formats)

    def __repr__(self) -> str:
        return f"ResourceType({self.name!r})"


class Action:
    """An action. Without `targets` only `Resource: "*"` works. `keys` are its own: see `Service.keys_of` for all."""

    __slots__ = ("dependent_actions", "keys", "level", "name", "prefix", "targets")

    def __init__(self, prefix: str, name: str, row: Mapping[str, Any]) -> None:
        self.prefix = prefix
        self.name = name
        self.level = AccessLevel(row["l"])
        self.targets = tuple(_targets(row.get("r", ())))
        self.keys: tuple[str, ...] = tuple(row.get("k", ()))
        self.dependent_actions: tuple[str, ...] = tuple(row.get("d", ()))

    @property
    def id(self) -> str:
        """`s3:GetObject`."""
        return f"{self.prefix}:{self.name}"

    @property
    def required_types(self) -> tuple[str, ...]:
        """The types with AWS's asterisk: a request is about a resource of one of them."""
        return tuple(target.type for target in self.targets if target.required)

    def __repr__(self) -> str:
        return f"Action({self.id!r})"


class Service:
    """Everything of one prefix. Names are found ignoring case and given in AWS's own capitals."""

    __slots__ = ("_actions", "_keys", "_names", "_resources", "_sought", "_types", "name", "prefix", "supports_rcp")

    def __init__(self, rows: Mapping[str, Any], actions: str) -> None:
        self.prefix: str = rows["prefix"]
        self.name: str = rows["name"]
        self.supports_rcp: bool = rows["rcp"]
        self._actions = ActionRows(actions)
        self._resources: Mapping[str, tuple[list[str], list[str]]] = rows["resources"]
        self._names: list[str] = []
        self._keys = _Keys(rows["keys"])
        self._types: dict[str, ResourceType] | None = None
        self._sought: dict[str, tuple[str, frozenset[str]]] = {}

    @property
    def actions(self) -> tuple[str, ...]:
        """The names of its actions, sorted."""
        return self.expand("*")

    def action(self, name: str) -> Action | None:
        """The action of this name, or None when there is none."""
        line = self._actions.line(name)
        return Action(self.prefix, *row_in(line)) if line else None

    def lacks(self, key: str, action: str) -> bool:
        """Whether it has an action of this name, and does not document the key for it."""
        line = self._actions.line(action)
        return bool(line) and not self._says(line, key)

    def expand(self, pattern: str) -> tuple[str, ...]:
        """The names of the actions that a pattern (`Get*`, without the prefix) matches."""
        if not self._names:
            self._names = sorted(self._actions, key=str.lower)
        return tuple([self._names[at] for at in matching(pattern, [name.lower() for name in self._names])])

    @property
    def resource_types(self) -> Mapping[str, ResourceType]:
        """Its resource types by name."""
        if self._types is None:
            rows = self._resources.items()
            self._types = {name: ResourceType(name, tuple(map(arn_format, arns)), tuple(keys)) for name, (arns, keys) in rows}
        return self._types

    def resource_types_for(self, resource: str) -> tuple[ResourceType, ...]:
        """The types whose resources are written as an ARN, or a pattern of ARNs, is."""
        return tuple(kind for kind in self.resource_types.values() if kind.describes(resource))

    @property
    def keys(self) -> tuple[ServiceKey, ...]:
        """Every key that its actions and resources document, those of `aws:` for tags included."""
        return self._keys.every

    def key(self, name: str) -> ServiceKey | None:
        """What it documents of a key: `s3:ExistingObjectTag/team` is the key `s3:ExistingObjectTag/${}`."""
        found = self._keys.find(name)
        return self._keys.made(found) if found else None

    def suggest_key(self, name: str) -> str | None:
        """The key that was probably meant; None when it documents the key or nothing is near."""
        if self.key(name) is not None:
            return None
        from difflib import get_close_matches

        heads = {key.name.partition("${}")[0].lower(): key.name for key in self.keys}
        head, slash, tag = name.lower().partition("/")
        found = get_close_matches(head + slash, heads, n=1, cutoff=0.8)
        return heads[found[0]].replace("${}", name[len(head) + 1 :] if tag else "${}") if found else None

    def keys_of(self, action: Action) -> frozenset[str]:
        """All keys that requests for the action can carry, beside the global ones: the action's, its rows', and its resource types'."""
        types = self.resource_types
        on_types = (key for target in action.targets for key in (*target.keys, *types[target.type].keys))
        return frozenset((*action.keys, *on_types))

    def supports(self, action: Action, key: str) -> bool:
        """Whether AWS documents the key for the action, on any of the three levels.

        Global keys other than `aws:RequestTag/`, `aws:ResourceTag/` and `aws:TagKeys` are not documented per action: see `keys.is_global`.
        """
        return self.documents(key, action.name)

    def documents(self, key: str, action: str) -> bool:
        """As `supports`, of an action by its name; with `*`, whether AWS documents the key for any."""
        if action != "*":
            line = self._actions.line(action)
            return bool(line) and self._says(line, key)
        found, types = self._sought.get(key) or self._having(key)
        return bool(found) and self._actions.some_has(found, types)

    def _says(self, line: str, key: str) -> bool:
        """Whether the line of an action documents the key for it."""
        found, types = self._sought.get(key) or self._having(key)
        return bool(found) and has(line, found, types)

    def _having(self, key: str) -> tuple[str, frozenset[str]]:
        """The name under which the key is documented, and the resource types that have it, each as a target may name it; empty for none."""
        found = self._keys.find(key)
        names = [name for name, (_, keys) in self._resources.items() if found in keys] if found else ()
        having = found, frozenset([*names, *[f"{name}*" for name in names]])
        if len(self._sought) < _MOST:
            self._sought[key] = having
        return having

    def __repr__(self) -> str:
        return f"Service({self.prefix!r})"


class _Keys:
    """Keys found by name or template, ignoring case."""

    __slots__ = ("_exact", "_rows", "_templates")

    def __init__(self, rows: Mapping[str, str]) -> None:
        self._rows = rows
        self._exact = dict(zip(map(str.lower, rows), rows, strict=True))
        self._templates = [(lower.partition("${}")[0], name) for lower, name in self._exact.items() if "${}" in name]

    @property
    def every(self) -> tuple[ServiceKey, ...]:
        return tuple(map(self.made, self._rows))

    def made(self, name: str) -> ServiceKey:
        return ServiceKey(name, self._rows[name])

    def find(self, key: str) -> str:
        """The name under which a key is documented; empty for one that is not."""
        lower = key.lower()
        found = self._exact.get(lower)
        if found is not None and "${}" not in found:
            return found
        for head, name in self._templates:
            if len(lower) > len(head) and lower.startswith(head):
                regex = _template(name)
                if regex is None or regex.fullmatch(lower):
                    return name
        return ""


@cache
def _template(name: str) -> re.Pattern[str] | None:
    """What matches a key of the template; None when it is all that begins as the template does."""
    if name.endswith("${}") and name.count("${}") == 1:
        return None
    return re.compile(".+".join(map(re.escape, name.lower().split("${}"))), re.DOTALL)


def service(prefix: str) -> Service | None:
    """The service with this prefix, or None when AWS documents none."""
    lower = prefix.lower()
    return _service(lower) if lower in service_prefixes() else None


@cache
def _service(prefix: str) -> Service:
    return Service(*service_table(prefix))


def action(name: str) -> Action | None:
    """The action `s3:GetObject`, or None when AWS documents none of this name."""
    prefix, _, rest = name.partition(":")
    found = service(prefix)
    return found.action(rest) if found is not None else None


@lru_cache(maxsize=1 << 14)
def lacks(name: str, key: str) -> bool:
    """Whether AWS documents the action of this name, and not the key for it."""
    prefix, _, rest = name.partition(":")
    found = service(prefix)
    return found is not None and found.lacks(key, rest)


def documented_key(name: str) -> ServiceKey | None:
    """What the service that a key belongs to by its prefix documents of it; None when none does."""
    prefix = name.lower().partition(":")[0]
    owners: Iterable[str] = (prefix, *table("key_prefixes").get(prefix, ()))
    for owner in owners:
        found = service(owner)
        key = found.key(name) if found is not None else None
        if key is not None:
            return key
    return None


def _targets(rows: Any) -> Iterable[Target]:
    for name in rows:
        keys = rows[name] if isinstance(rows, dict) else ()
        yield Target(name.rstrip("*"), name.endswith("*"), () if keys == "=" else tuple(keys))
