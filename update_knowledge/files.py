"""Where are the tables, and which of them are made here?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from update_knowledge.build import NOTICES
from update_knowledge.problem import UpdateError

ROOT = Path(__file__).parents[1]
DATA = Path("iamlint/knowledge/aws")
KEPT_BY_HAND = frozenset({"service_principals.json"})


def read_tables(root: Path) -> dict[str, str]:
    """The text of every table that is made here, by its path below the folder of tables."""
    folder = root / DATA
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.json"))}
    return {name: _text(path) for name, path in found.items() if name not in KEPT_BY_HAND}


def _text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    try:
        json.loads(text)
    except ValueError as wrong:
        raise UpdateError(f"`{path}` is no JSON: {wrong}", help="take it back from git, or remove it") from wrong
    return text


def differences(root: Path, tables: Mapping[str, str], notices: str) -> Iterator[str]:
    """The files below `root` that are not what they should be."""
    before = read_tables(root)
    yield from ((DATA / name).as_posix() for name in sorted(before.keys() | tables.keys()) if before.get(name) != tables.get(name))
    page = root / NOTICES
    if not page.is_file() or page.read_text(encoding="utf-8") != notices:
        yield NOTICES


def write(root: Path, tables: Mapping[str, str], notices: str) -> list[str]:
    """Writes what differs, removes what is gone, and says which files that were."""
    changed = list(differences(root, tables, notices))
    for name in changed:
        path, text = root / name, notices if name == NOTICES else tables.get(name.removeprefix(f"{DATA.as_posix()}/"))
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return changed
