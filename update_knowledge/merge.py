"""How do several sources become one? The newest one is the base; others add what it lacks, and only to what it still has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from iamlint.knowledge.key_table import GLOBAL_KEYS, SAML_KEYS, SESSION_KEYS, STS_KEYS
from update_knowledge.model import Action, ResourceType, Service, Services, Target

# The user guide and the service pages disagree on whether these have one value.
_DOUBTFUL = {name.lower() for table in (SAML_KEYS, SESSION_KEYS, STS_KEYS) for name, row in table.items() if row[1] is None}
_DOUBTFUL |= {"cognito-identity.amazonaws.com:amr"}


def merge(base: Services, further: Services, several: set[str]) -> None:
    """Adds to `base` what the same service, action or type has in `further`; `several` are keys that AWS itself treats as multivalued.

    Where several pages document one prefix (`apigateway`, `ses` ...) each source has only one page's row of an action that is on two.
    """
    for prefix, service in base.items():
        other = further.get(prefix)
        if other is not None:
            _merge_service(service, other)
    every = {f"{prefix}:{name}".lower(): f"{prefix}:{name}" for prefix, service in base.items() for name in service.actions}
    for service in base.values():
        for action in service.actions.values():
            action.depends = {every[name.lower()] for name in action.depends if name.lower() in every}
        service.keys = {name: _type(name, kind, several) for name, kind in service.keys.items()}


def managing_permissions(base: Services, further: Services) -> list[str]:
    """Actions of which AWS says that they write, and `further` that they manage permissions."""
    found = []
    for prefix, other in further.items():
        levels = {name.lower(): action.level for name, action in other.actions.items()}
        own = base[prefix].actions if prefix in base else {}
        found += [f"{prefix}:{name}" for name, action in own.items() if levels.get(name.lower()) == "P" != action.level]
    return sorted(found)


def actions_of(services: Services) -> set[str]:
    """`prefix:Action` of every action."""
    return {f"{prefix}:{name}" for prefix, service in services.items() for name in service.actions}


def has_match(entry: str, every: Mapping[str, str]) -> bool:
    """Whether an action, or a pattern of actions, of a policy matches one of `every`, which is keyed by the names in lower case."""
    lower = entry.lower()
    if "*" not in lower and "?" not in lower:
        return lower in every
    pattern = re.compile("".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in lower))
    return any(pattern.fullmatch(name) for name in every)


def arn_formats(services: Services) -> dict[str, list[str]]:
    """By the service that stands in them: the ARNs of all resources, whichever service documents them; one that fits several is its own."""
    found: dict[str, set[str]] = {}
    for prefix, service in services.items():
        for kind in service.resources.values():
            for arn in kind.arns:
                owner = arn.split(":")[2]
                found.setdefault(prefix if "$" in owner or "*" in owner else owner, set()).add(arn)
    return {owner: sorted(arns) for owner, arns in found.items()}


def foreign_prefixes(services: Services) -> dict[str, list[str]]:
    """By prefix of a key that is neither `aws` nor its service's own: the services that document such keys."""
    found: dict[str, set[str]] = {}
    for prefix, service in services.items():
        for name in service.keys:
            owner = name.partition(":")[0].lower()
            if owner not in ("aws", prefix) and "${}" not in owner:
                found.setdefault(owner, set()).add(prefix)
    return {owner: sorted(names) for owner, names in found.items()}


def _merge_service(service: Service, other: Service) -> None:
    spelled = {name.lower(): name for name in service.keys}
    types = {name.lower(): name for name in service.resources}
    named = {action.name.lower(): action for action in other.actions.values()}
    for name, action in list(service.actions.items()):
        found = named.get(name.lower())
        if found is not None:
            _add_types(service, other, found, types, spelled)
            _merge_action(service, action, found, types, spelled)


def _add_types(service: Service, other: Service, action: Action, types: dict[str, str], spelled: dict[str, str]) -> None:
    for name in action.targets:
        if name.lower() not in types and name in other.resources:
            types[name.lower()] = name
            theirs = other.resources[name]
            service.resources[name] = ResourceType(theirs.arns, _known(theirs.keys, spelled))


def _merge_action(service: Service, action: Action, other: Action, types: dict[str, str], spelled: dict[str, str]) -> None:
    supported = set(action.keys).union(*(target.keys for target in action.targets.values()))
    supported.update(*(service.resources[name].keys for name in action.targets))
    action.keys |= _known(other.keys, spelled) - supported
    action.depends |= other.depends
    for name, theirs in other.targets.items():
        own = types.get(name.lower())
        if own is None:
            continue
        if own not in action.targets:
            action.targets[own] = Target(theirs.required)
        action.targets[own].keys |= _known(theirs.keys, spelled) - supported


def _known(keys: set[str], spelled: dict[str, str]) -> set[str]:
    return {spelled[name.lower()] for name in keys if name.lower() in spelled}


def _type(name: str, kind: str, several: set[str]) -> str:
    row = GLOBAL_KEYS.get(name.replace("${}", ""))
    if row is not None:
        return f"ArrayOf{row[0]}" if row[1] else row[0]
    doubtful = name.lower() in _DOUBTFUL or (kind == "String" and name.lower() in several)
    return "String?" if doubtful else kind
