"""Is the data small, dated, read only when needed, and what the notices say?"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import iamlint.knowledge
from iamlint.knowledge.data import data_date, table

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "iamlint" / "knowledge" / "aws"
HEAVY = ("typing", "dataclasses", "pathlib", "inspect", "importlib.resources", "importlib.metadata", "datetime", "difflib", "hashlib")
MODULES = (
    "authorization",
    "names",
    "regions",
    "managed_policies",
    "sensitive",
    "retired",
    "undocumented",
    "vendors",
    "service_principals",
    "keys",
)


def test_the_data_is_at_most_four_megabytes() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) <= 4_000_000


def test_the_data_is_text_of_which_every_table_can_be_read() -> None:
    assert [path.name for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".json"] == []
    assert all(json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.rglob("*.json") if path.name != "key_prefixes.json")


def test_the_data_has_a_date() -> None:
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", data_date())
    assert data_date() == iamlint.knowledge.DATE


def test_the_counts_are_those_of_the_files() -> None:
    counts = table("PROVENANCE")["counts"]
    index = table("index")
    assert counts["services"] == len(index) == len(list((FOLDER / "services").iterdir()))
    assert counts["actions"] == sum(len(names.split()) for _, names in index.values())


def test_all_that_aws_documents_is_there() -> None:
    counts = table("PROVENANCE")["counts"]
    least = {"services": 456, "actions": 22_091, "resource types": 2_336, "condition keys": 2_577, "actions with dependent actions": 1_654}
    assert {what: number for what, number in least.items() if counts[what] < number * 0.98} == {}


def test_every_source_is_in_the_notices() -> None:
    text = (ROOT / "THIRD_PARTY_NOTICES.txt").read_text(encoding="utf-8")
    for source in table("PROVENANCE")["sources"].values():
        assert f"{source['package']} ({source['registry']}, {source['licence']})" in text


def test_no_module_of_the_door_imports_what_is_slow_or_reads_a_table() -> None:
    imports = "; ".join(f"import iamlint.knowledge.{name}" for name in MODULES)
    program = f"import json, re, enum, sys; before = set(sys.modules); {imports}; from iamlint.knowledge import data"
    program += "; print(*(set(sys.modules) - before)); print(data.table.cache_info().misses)"
    done = subprocess.run([sys.executable, "-S", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    modules, misses = done.stdout.splitlines()
    assert [name for name in modules.split() if name in HEAVY] == []
    assert misses == "0"
