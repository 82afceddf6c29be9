"""What do the tables look like as text? One line for each thing that may change, so that a difference reads as a list of changes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from update_knowledge.model import Action, Service, Services

Files = dict[str, str]
"""The text of each file, by its path below `iamlint/knowledge/aws/`."""


def render_services(services: Services) -> Files:
    """A file for each service, and an index of the names of all actions."""
    files = {f"services/{prefix}.json": _service(service) for prefix, service in services.items()}
    names = {prefix: [service.name, " ".join(sorted(service.actions))] for prefix, service in services.items()}
    files["index.json"] = table(names)
    return files


def table(rows: Mapping[str, object]) -> str:
    """A JSON object, sorted, one line a member."""
    return "{\n" + ",\n".join(f"{compact(name)}:{compact(rows[name])}" for name in sorted(rows)) + "\n}\n"


def compact(value: object) -> str:
    """JSON on one line."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _service(service: Service) -> str:
    parts = (
        f'{{"prefix":{compact(service.prefix)},"name":{compact(service.name)},"rcp":{compact(service.rcp)}',
        f'"keys":{_members(dict(service.keys))}',
        f'"resources":{_members({name: [kind.arns, sorted(kind.keys)] for name, kind in service.resources.items()})}',
        f'"actions":{_members({name: _action(service, action) for name, action in service.actions.items()})}}}',
    )
    return ",\n".join(parts) + "\n"


def _members(rows: dict[str, object]) -> str:
    return table(rows).rstrip("\n") if rows else "{}"


def _action(service: Service, action: Action) -> dict[str, object]:
    row: dict[str, object] = {"l": action.level}
    if action.targets:
        row["r"] = _targets(service, action)
    if action.keys:
        row["k"] = sorted(action.keys)
    if action.depends:
        row["d"] = sorted(action.depends)
    return row


def _targets(service: Service, action: Action) -> object:
    named = {name + "*" * target.required: target.keys for name, target in sorted(action.targets.items())}
    if not any(named.values()):
        return list(named)
    return {name: "=" if keys and keys == service.resources[name.rstrip("*")].keys else sorted(keys) for name, keys in named.items()}
