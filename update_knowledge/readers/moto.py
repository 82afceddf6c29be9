"""What does `moto` say of the policies that AWS manages?"""

from __future__ import annotations

import json
from typing import Any

from update_knowledge.archive import Archive


def read_managed_policies(archive: Archive) -> dict[str, list[str]]:
    """By name: path, default version, the day of that version, and `admin` when it allows everything."""
    member = "moto/iam/aws_managed_policies.py"
    text = archive.constant(member, "aws_managed_policies_data")
    try:
        table: Any = json.loads(str(text))
    except ValueError as wrong:
        raise archive.unreadable(member, str(wrong)) from wrong
    return {name: _policy(row) for name, row in table.items()}


def _policy(row: Any) -> list[str]:
    statements = row["Document"]["Statement"]
    admin = any(map(_allows_everything, [statements] if isinstance(statements, dict) else statements))
    return [row["Path"], row["DefaultVersionId"], row["UpdateDate"][:10], *(["admin"] if admin else [])]


def _allows_everything(statement: Any) -> bool:
    everything = ("*", ["*"])
    open_to_all = statement.get("Action") in everything and statement.get("Resource") in everything
    return statement["Effect"] == "Allow" and open_to_all and "Condition" not in statement
