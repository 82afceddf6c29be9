"""Where does the data come from, of when is it, and how much is it?"""

from __future__ import annotations

import json
from collections.abc import Mapping

from update_knowledge.archive import Archive
from update_knowledge.model import Services


def provenance(archives: Mapping[str, Archive], date: str, counts: Mapping[str, int]) -> str:
    """The text of PROVENANCE.json; `date` is the day of the data, not of the update."""
    sources = {name: _source(archive) for name, archive in archives.items()}
    return json.dumps({"date": date, "counts": dict(sorted(counts.items())), "sources": sources}, indent=1, ensure_ascii=False) + "\n"


def count(services: Services) -> dict[str, int]:
    """How many there are of each thing that must not get lost."""
    actions = [action for service in services.values() for action in service.actions.values()]
    return {
        "services": len(services),
        "actions": len(actions),
        "resource types": sum(len(service.resources) for service in services.values()),
        "condition keys": sum(len(service.keys) for service in services.values()),
        "actions with resource types": sum(bool(action.targets) for action in actions),
        "actions with dependent actions": sum(bool(action.depends) for action in actions),
    }


def _source(archive: Archive) -> dict[str, str]:
    source = archive.source
    npm = {"integrity": archive.integrity} if source.registry == "npm" else {}
    facts = {"registry": source.registry, "package": source.package, "version": archive.version, "sha256": archive.sha256, **npm}
    return {**facts, "licence": source.licence, "use": source.use}
