"""What does `botocore` say of partitions and regions?

Its `partitions.json`: `endpoints.json` beside it lacks the newest regions.
"""

from __future__ import annotations

from typing import Any

from update_knowledge.archive import Archive


def read_partitions(archive: Archive) -> dict[str, dict[str, object]]:
    """By the name of the partition: the suffixes of its hosts, what its regions look like, which there are, where global services live."""
    table: Any = archive.json("botocore/data/partitions.json")
    return {row["id"]: _partition(row) for row in table["partitions"]}


def _partition(row: Any) -> dict[str, object]:
    outputs = row["outputs"]
    regions = {name: facts.get("description", "") for name, facts in row["regions"].items() if not name.endswith("-global")}
    return {
        "dns": outputs["dnsSuffix"],
        "dual_stack_dns": outputs["dualStackDnsSuffix"],
        "global_region": outputs["implicitGlobalRegion"],
        "regex": row["regionRegex"].replace("\\-", "-"),
        "regions": regions,
    }
