"""Does iamlint say of every fixture what `fixtures/README.md` says it must?"""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

FIXTURES = Path(__file__).parents[1] / "fixtures"
# The moment that the table is about, unless its flags name another.
NOW = "2026-02-01"
ROW = re.compile(r"\| \[(?P<path>[^\]]+)\]\((?P<link>[^)]+)\) \| (?:`(?P<flags>[^`]+)` )?\| (?P<reports>.+) \|")


class Row(NamedTuple):
    """One line of the table: a file, its flags and the rules that must report something."""

    path: str
    flags: str
    rules: frozenset[str]

    def __str__(self) -> str:
        return f"{self.path} {self.flags}".strip()


def table() -> list[Row]:
    page = (FIXTURES / "README.md").read_text(encoding="utf-8")
    found = [match for line in page.splitlines() if (match := ROW.fullmatch(line))]
    return [Row(match["path"], match["flags"] or "", frozenset(re.findall("`([^`]+)`", match["reports"]))) for match in found]


@functools.cache
def reported(flags: str) -> Mapping[str, frozenset[str]]:
    """The rules that reported something, by file, when every fixture with these flags is checked at once."""
    files = sorted({row.path for row in table() if row.flags == flags})
    command = [sys.executable, "-m", "iamlint", "check", "--no-config", "-o", "json", "--now", NOW, *flags.split(), *files]
    run = subprocess.run(command, cwd=FIXTURES / "policies", capture_output=True, text=True, encoding="utf-8", check=False)
    assert run.returncode in {0, 1}, run.stderr
    report = json.loads(run.stdout)
    unread = {row.path for row in table() if "invalid-json" in row.rules}
    assert [error for error in report["errors"] if error["path"] not in unread] == []
    rules: dict[str, set[str]] = {file: set() for file in files}
    for finding in report["findings"]:
        rules[finding["path"]].add(finding["rule"])
    return {file: frozenset(names) for file, names in rules.items()}


@pytest.mark.parametrize("row", table(), ids=str)
def test_the_table_tells_what_is_reported(row: Row) -> None:
    assert reported(row.flags)[row.path] == row.rules


def test_every_policy_is_in_the_table() -> None:
    there = {path.relative_to(FIXTURES / "policies").as_posix() for path in (FIXTURES / "policies").rglob("*") if path.is_file()}
    assert there == {row.path for row in table()}


def test_every_line_of_the_table_is_read() -> None:
    lines = [line for line in (FIXTURES / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| [")]
    assert len(lines) == len(table()) > 100
