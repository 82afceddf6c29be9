"""What is a service, while it is put together from several sources?"""

from __future__ import annotations

from dataclasses import dataclass, field

LEVELS = {"List": "L", "Read": "R", "Write": "W", "Tagging": "T", "Permissions management": "P"}
TYPES = ("String", "ARN", "Bool", "Numeric", "Date", "IPAddress", "ArrayOfString", "ArrayOfARN", "ArrayOfBool", "String?")
"""`String?`: sources contradict each other on whether the key has one value or several."""


@dataclass
class Target:
    """A resource type that an action works on; `required` is AWS's asterisk: one of those so marked is what the action is about."""

    required: bool
    keys: set[str] = field(default_factory=set)


@dataclass
class Action:
    """An action: its access level as a letter, the types it works on, the keys of its own, the actions that a caller needs as well."""

    name: str
    level: str
    targets: dict[str, Target] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    depends: set[str] = field(default_factory=set)


@dataclass
class ResourceType:
    """The forms of its ARN, and the keys that come with every resource of the type."""

    arns: list[str]
    keys: set[str] = field(default_factory=set)


@dataclass
class Service:
    """A prefix and what is documented of it."""

    prefix: str
    name: str
    rcp: bool = False
    keys: dict[str, str] = field(default_factory=dict)
    resources: dict[str, ResourceType] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)


Services = dict[str, Service]
