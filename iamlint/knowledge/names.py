"""Which services and actions are there, by name alone, and which did somebody mean?

One index of all names serves what would otherwise read the tables of every service.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from iamlint.knowledge.data import service_prefixes, table
from iamlint.knowledge.wildcards import has_wildcard, matching

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NEAR = 0.8
"""How alike two names must be for one to be a likely slip for the other."""
_TELLING = 12
"""How much of a name must be there to tell which it is."""
_READING = ("get", "list", "describe")
_VERBS = (
    *("create", "delete", "put", "update", "modify", "set", "add", "remove", "start", "stop", "enable", "disable", "attach", "detach"),
    *("register", "deregister", "associate", "disassociate", "accept", "reject", "tag", "untag", "invoke", "run", "cancel"),
)


def is_service(prefix: str) -> bool:
    """Whether AWS documents a service with this prefix."""
    return prefix.lower() in service_prefixes()


def prefixes() -> tuple[str, ...]:
    """The prefixes of all services, sorted."""
    return tuple(sorted(service_prefixes()))


def service_name(prefix: str) -> str | None:
    """`Amazon S3` for `s3`."""
    row: list[str] | None = table("index").get(prefix.lower())
    return row[0] if row else None


def action_names(prefix: str) -> tuple[str, ...]:
    """The names of a service's actions, sorted; none for a service that is not known."""
    return _names(prefix.lower())


def lower_names(prefix: str) -> Sequence[str]:
    """The names of a service's actions in lower case, sorted; none for a service that is not known."""
    return _lower_names(prefix.lower())


def actions_of(service: str) -> Sequence[str]:
    """The actions (`s3:GetObject`) of a service by its prefix in lower case, sorted; none for one that is not known."""
    row: list[str] | None = table("index").get(service)
    return f"{service}:{row[1]}".replace(" ", f" {service}:").split(" ") if row else ()


def expand(pattern: str) -> tuple[str, ...]:
    """Every action (`s3:GetObject`) that a pattern like `s3:Get*`, `*:Get*` or `*` matches, ignoring case."""
    return tuple([f"{prefix}:{_names(prefix)[at]}" for prefix, found in _matched(pattern) for at in found])


def _matched(pattern: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Where among the names of which services those are that a pattern matches."""
    if pattern and not pattern.strip("*"):
        pattern = "*:*"
    service, _, wanted = pattern.lower().partition(":")
    for prefix in prefixes() if has_wildcard(service) else (service,):
        if prefix == service or matching(service, [prefix]):
            yield prefix, matching(wanted, _lower_names(prefix))


def names_something(action: str) -> bool:
    """Whether AWS documents an action that `action`, with or without wildcards, names."""
    service, _, name = action.lower().partition(":")
    if has_wildcard(service):
        return any(found for _, found in _matched(action))
    names, head = _lower_names(service), name.rstrip("*")
    if "*" in head or "?" in head:
        return bool(matching(name, names))
    at = bisect_left(names, head)
    return at < len(names) and (names[at] == name or (head != name and names[at].startswith(head)))


def exists(action: str) -> bool:
    """Whether AWS documents the action `s3:GetObject`, ignoring case."""
    return canonical(action) is not None


def canonical(action: str) -> str | None:
    """The action in AWS's own capitals; None when AWS documents none of this name."""
    if has_wildcard(action):
        return None
    found = expand(action)
    return found[0] if found else None


def services_with(name: str) -> tuple[str, ...]:
    """The prefixes of the services that have an action of this name: `("logs",)` for `PutLogEvents`."""
    wanted = name.lower()
    return tuple(prefix for prefix in prefixes() if matching(wanted, _lower_names(prefix))) if not has_wildcard(name) else ()


def suggest_service(prefix: str) -> str | None:
    """The prefix that was probably meant; None when it is known or nothing is near."""
    if is_service(prefix):
        return None
    from difflib import get_close_matches

    found = get_close_matches(prefix.lower(), prefixes(), n=1, cutoff=_NEAR)
    return found[0] if found else None


def suggest_action(action: str) -> str | None:
    """The action that was probably meant: a slip in its name or in the service's, the name of an API operation, or the right name
    behind the wrong service.

    None when it is known, has wildcards, or nothing is near.
    """
    service, colon, name = action.partition(":")
    if not colon or has_wildcard(action) or exists(action):
        return None
    from iamlint.knowledge.operations import other_actions

    needed = other_actions().get(action.lower())
    near = needed[0] if needed is not None else _near_name(service, name)
    if near is not None:
        return near
    prefix = suggest_service(service)
    if prefix is not None:
        return canonical(f"{prefix}:{name}") or _near_name(prefix, name)
    elsewhere = services_with(name)
    return canonical(f"{elsewhere[0]}:{name}") if len(elsewhere) == 1 else None


def _near_name(service: str, name: str) -> str | None:
    from difflib import get_close_matches

    lower, names = lower_names(service), action_names(service)
    longer = [full for full in lower if full.startswith(name.lower())] if len(name) >= _TELLING else []
    verb = _verb(name.lower())
    # What lacks only an end is meant before what is of the same length.
    for found in longer if len(longer) == 1 else get_close_matches(name.lower(), lower, n=3, cutoff=_NEAR):
        # Nobody who writes `Get` means `Delete`.
        if verb in ("", _verb(found)):
            return f"{service.lower()}:{names[lower.index(found)]}"
    return None


def _verb(name: str) -> str:
    """What an action does, by the beginning of its name in lower case, as far as it is one of the usual verbs."""
    name = name.removeprefix("batch")
    return "get" if name.startswith(_READING) else next((verb for verb in _VERBS if name.startswith(verb)), "")


@cache
def _lower_names(prefix: str) -> list[str]:
    row: list[str] | None = table("index").get(prefix)
    return sorted(row[1].lower().split()) if row else []


@cache
def _names(prefix: str) -> tuple[str, ...]:
    row: list[str] | None = table("index").get(prefix)
    return tuple(sorted(row[1].split(), key=str.lower)) if row else ()
