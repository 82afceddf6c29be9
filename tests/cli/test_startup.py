"""Does checking one file import only what it needs? A hook pays for every module on every commit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from iamlint.rulebook.book import rules_folder
from iamlint.rulebook.index import index_text
from iamlint.rulebook.pages import read_pages
from tests.cli.run import TRUST_ANYONE, TRUST_LAMBDA, environment

# Each of these costs milliseconds to hundreds of them.
HEAVY = set(
    "asyncio boto3 bz2 ctypes dataclasses datetime decimal difflib email fractions hashlib http importlib.metadata "
    "importlib.resources inspect ipaddress jsonschema logging lzma multiprocessing numbers pathlib pathspec pickle policyuniverse random "
    "shutil socket ssl statistics string subprocess tempfile textwrap threading tomllib traceback typing unicodedata "
    "urllib uuid xml yaml zipfile zlib".split()
)
# What of the standard library is worth its time. Modules that begin with an underscore belong to one of these.
LIGHT = set(
    "abc bisect builtins codecs collections copyreg encodings enum errno functools gc genericpath heapq importlib io "
    "itertools json keyword math nt ntpath operator os posix posixpath re reprlib stat sys time types warnings winreg".split()
)
PROGRAM = """
import sys
before = set(sys.modules)
from iamlint.rulebook import book
book.shipped_cards = lambda: book.read_index({index!r}, {rules!r})
from iamlint.cli.main import run
code = run(["check", "-o", "concise", "role.json"])
print(code, *(set(sys.modules) - before))
"""


def imported(folder: Path, policy: str) -> tuple[str, set[str]]:
    """The exit code, and the modules that a check of one file imports."""
    (folder / "role.json").write_text(policy)
    # A checkout reads its cards as YAML; an installation has an index of them.
    rows = [(family, page.front.facts) for family, page in read_pages(rules_folder())]
    (folder / "index.jsonl").write_text(index_text(rows), encoding="utf-8")
    program = PROGRAM.format(index=str(folder / "index.jsonl"), rules=rules_folder())
    command = [sys.executable, "-S", "-c", program]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, timeout=60, check=True)
    code, *names = done.stdout.decode().splitlines()[-1].split()
    return code, set(names)


IDENTITY = TRUST_ANYONE.replace('"Principal": {"AWS": "*"},', '"Resource": "*",').replace('sts:AssumeRole"', 's3:*"')
RECENT = TRUST_ANYONE.replace(
    'Role"',
    """Role",
      "Condition": {
        "NumericLessThan": {"aws:MultiFactorAuthAge": "3600"},
        "DateGreaterThan": {"aws:CurrentTime": "2024-02-29T08:00:00Z"},
        "DateLessThan": {"aws:CurrentTime": "2999-01-01"}
      }""",
)


@pytest.mark.parametrize(("policy", "code"), [(TRUST_LAMBDA, "0"), (TRUST_ANYONE, "1"), (IDENTITY, "1"), (RECENT, "1")])
def test_one_file_needs_nothing_heavy(tmp_path: Path, policy: str, code: str) -> None:
    ended, modules = imported(tmp_path, policy)
    assert ended == code
    assert modules & HEAVY == set()
    others = {name.partition(".")[0] for name in modules} - {"iamlint"}
    surprises = {name for name in others if not name.startswith("_")} - LIGHT
    assert not surprises, f"is {', '.join(sorted(surprises))} worth its time on every commit?"


def test_one_clean_file_needs_no_other_verb_or_format(tmp_path: Path) -> None:
    _, modules = imported(tmp_path, TRUST_LAMBDA)
    unneeded = ("iamlint.cli.explain", "iamlint.cli.rules", "iamlint.cli.test", "iamlint.report.json", "iamlint.report.text")
    assert modules.isdisjoint({*unneeded, "iamlint.text.yaml", "iamlint.text.edit", "iamlint.sources.walk", "iamlint.sources.ignore"})
    assert modules.isdisjoint({"iamlint.rulebook.page", "iamlint.lint.unreadable", "iamlint.report.fingerprint", "iamlint.report.snippet"})


def test_one_clean_file_needs_no_engine(tmp_path: Path) -> None:
    _, modules = imported(tmp_path, TRUST_LAMBDA)
    # What a question is made of is there, and nothing that searches.
    assert {name for name in modules if name.startswith("iamlint.access.search.")} == {"iamlint.access.search.cube"}
    assert modules.isdisjoint({"iamlint.access.sets.glob", "iamlint.access.sets.value_sets"})
    assert modules.isdisjoint({"iamlint.rulebook.clauses", "iamlint.rulebook.answer"})
    assert modules.isdisjoint({"iamlint.rulebook.select", "iamlint.rulebook.pages", "iamlint.settings.file", "iamlint.sources.sniff"})


def test_a_finding_needs_only_what_it_is_about(tmp_path: Path) -> None:
    _, modules = imported(tmp_path, TRUST_ANYONE)
    assert "iamlint.access.search.search" in modules
    searching = ("conditions", "resources", "key_facts", "derived", "open_callers", "related", "refute")
    assert modules.isdisjoint({f"iamlint.access.search.{name}" for name in searching})
    assert modules.isdisjoint({"iamlint.access.sets.texts", "iamlint.access.sets.values", "iamlint.access.evaluation.typed"})
