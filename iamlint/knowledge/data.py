"""What do the tables in `aws/` say? Each is read when it is first asked for; they are made by `update_knowledge/`, beside the package."""

from __future__ import annotations

import json
import os
from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FOLDER = os.path.join(os.path.dirname(__file__), "aws")
_SERVICES = os.path.join(_FOLDER, "services", "")


# Values are as `update_knowledge/validate.py` leaves them; who asks says which type a row has.
@cache
def table(name: str) -> dict[str, Any]:
    """The rows of `aws/{name}.json`."""
    rows: dict[str, Any] = json.loads(_text(name))
    return rows


def row(name: str, key: str) -> Any:
    """One row of a table that has each on a line of its own, or None; of the others nothing is made."""
    text = _rows(name)
    head = f'\n"{key}":'
    start = text.find(head)
    if start < 0:
        return None
    return json.loads(text[start + len(head) : text.index("\n", start + 1)].removesuffix(","))


@cache
def _rows(name: str) -> str:
    return _text(name)


def _text(name: str) -> str:
    with open(os.path.join(_FOLDER, f"{name}.json"), encoding="utf-8") as file:
        return file.read()


def service_table(prefix: str) -> tuple[dict[str, Any], str]:
    """What the table of a known service says, and as text the lines of its last member, its actions, with a line feed before each."""
    with open(f"{_SERVICES}{prefix}.json", "rb", 0) as file:
        head, _, actions = file.read().decode().partition(',\n"actions":{')
    rows: dict[str, Any] = json.loads(head + "}")
    return rows, actions.removesuffix("\n}}\n")


@cache
def service_prefixes() -> frozenset[str]:
    """The prefixes of all services that are known."""
    return frozenset(name[:-5] for name in os.listdir(_SERVICES) if name.endswith(".json"))


def data_date() -> str:
    """The day of the data: `2026-09-26`."""
    return str(table("PROVENANCE")["date"])
