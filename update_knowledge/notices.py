"""What must be said of the packages whose facts are in ours?"""

from __future__ import annotations

from collections.abc import Mapping

from update_knowledge.archive import Archive

_HEAD = """THIRD-PARTY NOTICES

The tables in `iamlint/knowledge/aws/` were made from the packages below: names, types, flags and dates were taken, normalised and
merged, so they differ from the originals. None of the packages is part of iamlint, and none of their authors endorses it.
`PROVENANCE.json` beside the tables tells the versions. Names of services and actions are Amazon Web Services' own; no text of its
documentation is included.
"""


def notices(archives: Mapping[str, Archive]) -> str:
    """The text of THIRD_PARTY_NOTICES.txt."""
    return "\n".join([_HEAD, *(_notice(archive) for archive in archives.values())])


def _notice(archive: Archive) -> str:
    source = archive.source
    texts = [archive.text(path) for path in source.licences]
    lines = ["=" * 80, f"{source.package} ({source.registry}, {source.licence})", f"Used for: {source.use}."]
    body = "\n\n".join("\n".join(line.rstrip() for line in text.expandtabs().strip().splitlines()) for text in texts)
    return "\n".join([*lines, *([source.credit] if source.credit else []), "", body, ""])
