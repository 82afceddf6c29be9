"""What are an action, a resource type and a condition key, as a service documents them?

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

from iamlint.enumeration import Enumeration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from iamlint.knowledge.arns import ArnFormat


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


def _targets(rows: Any) -> Iterable[Target]:
    for name in rows:
        keys = rows[name] if isinstance(rows, dict) else ()
        yield Target(name.rstrip("*"), name.endswith("*"), () if keys == "=" else tuple(keys))
