"""What changes for somebody who reads the data? `+` is new, `-` is gone, `~` has changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """One line a change, from the texts of the files by their paths."""
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) == after.get(path) or path in ("index.json", "key_prefixes.json", "PROVENANCE.json"):
            continue
        old, new = (json.loads(files.get(path, "{}")) for files in (before, after))
        if path.startswith("services/"):
            yield from _service(path.removeprefix("services/").removesuffix(".json"), old, new)
        else:
            yield from _members(path.removesuffix(".json") + " ", old, new)


def _service(prefix: str, old: Any, new: Any) -> Iterator[str]:
    if not new or not old:
        counted = len((old or new)["actions"])
        yield f"{'+' if new else '-'} service {prefix} ({counted} action{'s' * (counted != 1)})"
        return
    if old["rcp"] != new["rcp"]:
        yield f"~ {prefix}: resource control policies {'apply' if new['rcp'] else 'no longer apply'}"
    yield from _members(f"{prefix} key ", old["keys"], new["keys"])
    yield from _members(f"{prefix} type ", old["resources"], new["resources"])
    yield from _actions(prefix, old["actions"], new["actions"])


def _actions(prefix: str, old: Any, new: Any) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            yield f"+ {prefix}:{name} ({new[name]['l']})"
        elif name not in new:
            yield f"- {prefix}:{name}"
        elif old[name]["l"] != new[name]["l"]:
            yield f"~ {prefix}:{name} level {old[name]['l']} -> {new[name]['l']}"
        elif old[name] != new[name]:
            yield f"~ {prefix}:{name} {', '.join(_what(old[name], new[name]))}"


def _what(old: Any, new: Any) -> Iterator[str]:
    for letter, what in (("r", "types"), ("k", "keys"), ("d", "dependent actions")):
        before, after = old.get(letter, []), new.get(letter, [])
        if before != after:
            added, gone = (sorted(set(one) - set(other)) for one, other in ((after, before), (before, after)))
            yield " ".join([what, *(f"+{name}" for name in added), *(f"-{name}" for name in gone)])


def _members(what: str, old: Any, new: Any) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        sign = "+" if name not in old else "-" if name not in new else "~"
        if sign != "~" or old[name] != new[name]:
            yield f"{sign} {what}{name}"
