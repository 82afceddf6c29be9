"""From which versions were the tables made that are committed, and are these archives the very same?"""

from __future__ import annotations

import json
from collections.abc import Mapping

from update_knowledge.archive import Archive
from update_knowledge.problem import UpdateError

PROVENANCE = "PROVENANCE.json"


def recorded_versions(before: Mapping[str, str]) -> dict[str, str]:
    """The version of each source that PROVENANCE.json tells."""
    return {name: row["version"] for name, row in _sources(before).items()}


def check_recorded(archives: Mapping[str, Archive], before: Mapping[str, str]) -> None:
    """Refuses an archive of a recorded version with another checksum than the recorded one."""
    sources = _sources(before)
    for name, archive in archives.items():
        row = sources.get(name)
        if row is not None and row["version"] == archive.version and row["sha256"] != archive.sha256:
            raise UpdateError(
                f"`{archive.path.name}` is not what {PROVENANCE} records: its sha256 is {archive.sha256}, not {row['sha256']}",
                help=f"{archive.source.registry} gave another file under the same version: find out why before you trust it",
            )


def _sources(before: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    sources: Mapping[str, Mapping[str, str]] | None = json.loads(before.get(PROVENANCE, "{}")).get("sources")
    if not sources:
        raise UpdateError(f"there is no {PROVENANCE} that records versions", help="leave `--recorded` away, and the newest are taken")
    return sources
