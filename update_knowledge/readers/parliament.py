"""Which actions did AWS document in 2025, as `parliament` has them?"""

from __future__ import annotations

from typing import Any

from update_knowledge.archive import Archive


def read_actions(archive: Archive) -> set[str]:
    """`prefix:Action` of every action."""
    table: Any = archive.json("parliament/iam_definition.json")
    return {f"{service['prefix']}:{row['privilege']}" for service in table for row in service["privileges"]}
