"""What is somebody meant to do with a policy, and which requests does that take?

A call is written `s3:ListObjectsV2 on arn:aws:s3:::reports`: named as AWS's API, an SDK or the CLI does, or as the action itself, with
what it is about, where that is more than the account.
"""

from __future__ import annotations

from iamlint.knowledge.operations import needed_by

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.knowledge.documented import Action, ResourceType

_ON = " on "


class CallError(Exception):
    """A call that cannot be asked about, and what to write instead."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Need:
    """An action that has to be allowed on `resource`, which may be a pattern; None for an action that is about no resource."""

    __slots__ = ("action", "resource")

    def __init__(self, action: str, resource: str | None) -> None:
        self.action = action
        self.resource = resource

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Need) and (self.action, self.resource) == (other.action, other.resource)

    def __hash__(self) -> int:
        return hash((self.action, self.resource))

    def __repr__(self) -> str:
        return f"Need({self.action!r}, {self.resource!r})"


class Call:
    """A call by its `name`, and what has to be allowed for it."""

    __slots__ = ("name", "needs")

    def __init__(self, name: str, needs: tuple[Need, ...]) -> None:
        self.name = name
        self.needs = needs


class Intent:
    """The calls that are to work with the policies that `name` names, all of them together; `origin` is where somebody said so."""

    __slots__ = ("calls", "name", "origin")

    def __init__(self, name: str, calls: tuple[Call, ...], origin: str) -> None:
        self.name = name
        self.calls = calls
        self.origin = origin


def read_call(text: str) -> Call:
    """The call that is written; raises CallError."""
    name, on, about = text.partition(_ON)
    name, about = name.strip(), about.strip()
    actions = needed_by(name)
    if actions is None:
        raise _unknown(name)
    if on and not (about.startswith("arn:") and about.count(":") >= 5):
        raise CallError(f"`{about}` is not an ARN", f"write it as `{name} on arn:…`, with all of the ARN")
    needs = [_need(action, about) for action in actions]
    if on and needs and all(need.resource is None for need in needs):
        raise CallError(f"`{needs[0].action}`, which `{name}` needs, is about no resource", f"write `{name}` alone")
    return Call(name, tuple(needs))


def _unknown(name: str) -> CallError:
    from iamlint.knowledge.names import suggest_action

    if ":" not in name:
        return CallError(f"`{name}` names no service", "write a call as `s3:GetObject on arn:aws:s3:::reports/*`")
    near = suggest_action(name.replace("_", "").replace("-", ""))
    help = f"did you mean `{near}`?" if near else "name the actions that it needs, each with its resource"
    return CallError(f"which actions `{name}` needs is not known", help)


def _need(name: str, about: str) -> Need:
    """The need of an action (one that AWS documents) on what a call is about."""
    from iamlint.knowledge.authorization import action, service

    found, owner = action(name), service(name.partition(":")[0])
    if found is None or owner is None or not found.targets:
        return Need(name, None)
    types = [owner.resource_types[target.type] for target in found.targets]
    resource = _in_bucket(found, about)
    if not any(one.describes(resource) for one in types):
        raise _other_type(name, about, types)
    return Need(name, resource)


def _in_bucket(action: Action, about: str) -> str:
    """The bucket, where the action is about buckets; all objects in it, where it is about objects and only the bucket is named."""
    types = {target.type for target in action.targets}
    fields = about.split(":", 5)
    if len(fields) < 6 or fields[2] != "s3" or fields[3] or fields[4] or types.isdisjoint({"bucket", "object"}):
        return about
    bucket, slash, _ = fields[5].partition("/")
    if "object" not in types:
        return ":".join([*fields[:5], bucket])
    return about if slash else f"{about}/*"


def _other_type(name: str, about: str, types: list[ResourceType]) -> CallError:
    form = types[-1].arns[0]
    if not about:
        return CallError(f"what `{name}` is about is missing", f"write it with ` on ` and an ARN such as `{form}`")
    return CallError(f"`{name}` is not about `{about}`", f"name what it is about, such as `{form}`")
