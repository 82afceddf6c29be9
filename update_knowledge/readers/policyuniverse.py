"""Which actions did AWS document in 2023, as `policyuniverse` has them?"""

from __future__ import annotations

from typing import Any

from update_knowledge.archive import Archive


def read_actions(archive: Archive) -> set[str]:
    """`prefix:Action` of every action."""
    table: Any = archive.json("policyuniverse/data.json")
    return {f"{row['prefix']}:{name}" for row in table.values() for name in row["actions"]}
