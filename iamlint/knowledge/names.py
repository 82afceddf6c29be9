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
    return _names(prefix.lower())[1]


def lower_names(prefix: str) -> Sequence[str]:
    """The names of a service's actions in lower case, sorted; none for a service that is not known."""
    return _names(prefix.lower())[0]


def names_one(action: str) -> bool:
    """Whether AWS documents the action `s3:getobject`, which is in lower case."""
    service, _, name = action.partition(":")
    return name in _lower_names(service)


def expand(pattern: str) -> tuple[str, ...]:
    """Every action (`s3:GetObject`) that a pattern like `s3:Get*`, `*:Get*` or `*` matches, ignoring case."""
    return tuple(_expanded(pattern))


def _expanded(pattern: str) -> Iterator[str]:
    if pattern and not pattern.strip("*"):
        pattern = "*:*"
    service, _, wanted = pattern.partition(":")
    for prefix in prefixes() if has_wildcard(service) else (service.lower(),):
        if has_wildcard(service) and not matching(service, [prefix]):
            continue
        lower, names = _names(prefix)
        for at in matching(wanted, lower):
            yield f"{prefix}:{names[at]}"


def names_something(action: str) -> bool:
    """Whether AWS documents an action that `action`, with or without wildcards, names."""
    if names_one(action.lower()):
        return True
    service, colon, wanted = action.lower().partition(":")
    lower = _names(service)[0] if colon else ()
    if has_wildcard(wanted):
        if lower and wanted[-1] == "*" and not has_wildcard(head := wanted[:-1]):
            at = bisect_left(lower, head)
            return at < len(lower) and lower[at].startswith(head)
        return any(_expanded(action))
    return has_wildcard(action) and any(_expanded(action))


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
    return tuple(prefix for prefix in prefixes() if list(matching(wanted, _names(prefix)[0]))) if not has_wildcard(name) else ()


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

    lower, names = _names(service.lower())
    found = get_close_matches(name.lower(), lower, n=1, cutoff=_NEAR)
    return f"{service.lower()}:{names[lower.index(found[0])]}" if found else None


@cache
def _lower_names(prefix: str) -> frozenset[str]:
    row: list[str] | None = table("index").get(prefix)
    return frozenset(row[1].lower().split()) if row else frozenset()


@cache
def _names(prefix: str) -> tuple[list[str], tuple[str, ...]]:
    row: list[str] | None = table("index").get(prefix)
    names = sorted(row[1].split(), key=str.lower) if row else []
    return [name.lower() for name in names], tuple(names)
