"""What does `moto` say of the policies that AWS manages?"""

from __future__ import annotations

import json
from typing import Any

from update_knowledge.archive import Archive


def read_managed_policies(archive: Archive) -> dict[str, list[str]]:
    """By name: path, default version, the day of that version, and `admin` when it allows everything."""
    return {name: _policy(row) for name, row in _policies(archive).items()}


def read_actions(archive: Archive) -> dict[str, list[str]]:
    """By action or pattern of actions: the names of the policies that have it."""
    found: dict[str, list[str]] = {}
    for name, row in sorted(_policies(archive).items()):
        for entry in sorted({entry for statement in _statements(row) for entry in _entries(statement)}):
            found.setdefault(entry, []).append(name)
    return found


def read_keys_of_several_values(archive: Archive) -> set[str]:
    """The keys, in lower case, that AWS's own policies take to have several values: those under `ForAllValues`."""
    conditions = [s.get("Condition", {}) for row in _policies(archive).values() for s in _statements(row)]
    tests = [test for condition in conditions for test in condition.items()]
    return {key.lower() for operator, keys in tests if operator.lower().startswith("forallvalues:") for key in keys}


def _policies(archive: Archive) -> Any:
    member = "moto/iam/aws_managed_policies.py"
    text = archive.constant(member, "aws_managed_policies_data")
    try:
        return json.loads(str(text))
    except ValueError as wrong:
        raise archive.unreadable(member, str(wrong)) from wrong


def _policy(row: Any) -> list[str]:
    admin = any(map(_allows_everything, _statements(row)))
    return [row["Path"], row["DefaultVersionId"], row["UpdateDate"][:10], *(["admin"] if admin else [])]


def _statements(row: Any) -> list[Any]:
    statements = row["Document"]["Statement"]
    return [statements] if isinstance(statements, dict) else list(statements)


def _entries(statement: Any) -> list[str]:
    entries = statement.get("Action", statement.get("NotAction", []))
    return [entries] if isinstance(entries, str) else list(entries)


def _allows_everything(statement: Any) -> bool:
    everything = ("*", ["*"])
    open_to_all = statement.get("Action") in everything and statement.get("Resource") in everything
    return statement["Effect"] == "Allow" and open_to_all and "Condition" not in statement
