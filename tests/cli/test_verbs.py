"""`explain`, `rules`, `test`, `--help` and `--version`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.run import ROOT, TRUST_ANYONE, iamlint

OWN_CARD = """---
name: no-own-lambda
summary: a lambda function can assume the role
severity: low
applies-to: [trust]
fix: manual
forbids:
  action: sts:AssumeRole
  principal: {kind: service}
message: a service can assume the role
---
# no-own-lambda
"""


def test_the_version_says_what_results_depend_on(tmp_path: Path) -> None:
    said = iamlint(tmp_path, "--version").out
    assert re.fullmatch(r"iamlint \d+\.\d+\.\d+ \(\d+ rules, AWS data \d{4}-\d\d(-\d\d)?, Python \d+\.\d+\.\d+\S*\)\n", said)


@pytest.mark.parametrize("arguments", [["--help"], ["help"], ["check", "--help"], ["explain", "-h"], ["rules", "-h"], ["test", "-h"]])
def test_a_help_page_fits_into_80_columns(tmp_path: Path, arguments: list[str]) -> None:
    ended = iamlint(tmp_path, *arguments)
    assert ended.code == 0
    assert ended.err == ""
    assert ended.out.startswith("usage: iamlint")
    assert max(len(line) for line in ended.out.splitlines()) <= 80


@pytest.mark.parametrize(
    ("arguments", "help"),
    [
        (["chek"], "did you mean `iamlint check`?"),
        (["frobnicate"], "use one of check, explain, rules, test"),
        (["role.json"], "`iamlint check role.json` checks it"),
        (["check", "--slect", "x"], "did you mean `--select`?"),
        (["check", "--fail"], "did you mean `--fail-on`?"),
        (["check", "-z"], "`iamlint check --help` shows what there is"),
        (["check", "--fail-on"], "`iamlint check --help` shows what there is"),
        (["check", "--fail-on", "hihg"], "did you mean `high`?"),
        (["check", "--kind", "trsut"], "did you mean `trust`?"),
        (["check", "--preset", "strickt"], "did you mean `strict`?"),
        (["check", "--color", "allways"], "did you mean `always`?"),
        (["check", "-o", "jsn"], "did you mean `json`?"),
        (["check", "-o", "json="], "write `json=PATH`, or `json` for standard output"),
        (["check", "-o", "text", "-o", "json"], "give one of them a file"),
        (["check", "-o", "text=a", "-o", "json=./a"], "give each of them its own"),
        (["check", "--account", "12"], "an account id has 12 digits"),
        (["check", "--org", "x"], "one looks like `o-a1b2c3d4e5`"),
        (["check", "--tenant", "github"], "write `--tenant token.actions.githubusercontent.com=my-organization`"),
        (["check", ""], "name a file or a folder"),
        (["check", "--now", "tomorrow"], "write it as 2026-01-31"),
        (["check", "--now", "2026-02-30"], "write it as 2026-01-31"),
        (["check", "--resource-type", "bucket"], "such as `AWS::S3::Bucket`"),
        (["check", "--select", "trust-public-principle"], "did you mean `trust-public-principal`"),
        (["check", "--set", "fail-on"], "write it as `--set key=value`"),
        (["explain"], "`iamlint rules` lists them"),
        (["explain", "trust-public-principle"], "did you mean `trust-public-principal`"),
        (["explain", "trust"], "`iamlint rules --select trust` lists them"),
        (["check", "--set", "rules-as-of=0.0.1"], "the first of them came with 0.1.0"),
        (["rules", "trust"], "`iamlint explain trust` explains a rule"),
        (["rules", "-o", "yaml"], "use one of text, json"),
        (["test", "nowhere"], "our cards are in"),
        (["test", "trust-public-principle"], "did you mean `trust-public-principal`"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_way_out(tmp_path: Path, arguments: list[str], help: str) -> None:
    (tmp_path / "role.json").write_text(TRUST_ANYONE)
    ended = iamlint(tmp_path, *arguments)
    assert (ended.code, ended.out) == (2, "")
    first, second = ended.err.splitlines()
    assert first.startswith("error: ")
    assert second.startswith("  help: ")
    assert help in second


def test_rules_are_explained(tmp_path: Path) -> None:
    ended = iamlint(tmp_path, "explain", "trust-public-principal", "missing-element")
    assert ended.code == 0
    assert ended.out.startswith("trust-public-principal ")
    assert "\nmissing-element " in ended.out
    assert ended.out.count("WHY IS THIS BAD?") == 2


def test_the_rules_are_listed_in_80_columns_where_they_fit(tmp_path: Path) -> None:
    ended = iamlint(tmp_path, "rules")
    assert ended.code == 0
    assert ended.out.startswith("NAME ")
    assert max(len(line) for line in ended.out.splitlines()) <= 80


@pytest.mark.parametrize(("selected", "said"), [("trust-drift", "1 rule, 1 on"), ("trust-drift,admin-star", "2 rules, 2 on")])
def test_the_rules_are_counted(tmp_path: Path, selected: str, said: str) -> None:
    assert iamlint(tmp_path, "rules", "--select", selected).out.splitlines()[-1] == said


def test_the_rules_are_listed_as_json(tmp_path: Path) -> None:
    rows = json.loads(iamlint(tmp_path, "rules", "-o", "json").out)
    assert {"name", "family", "severity", "summary", "status", "maps_to"} <= set(rows[0])
    assert len(rows) > 1


def test_the_list_of_rules_follows_the_settings(tmp_path: Path) -> None:
    (tmp_path / "iamlint.toml").write_text('[rules]\ntrust-public-principal = "low"\nmissing-element = "off"\n')
    rows = {row["name"]: row for row in json.loads(iamlint(tmp_path, "rules", "-o", "json").out)}
    assert rows["trust-public-principal"]["severity"] == "low"
    assert not rows["missing-element"]["enabled"]
    selected = json.loads(iamlint(tmp_path, "rules", "-o", "json", "--select", "missing-element").out)
    assert [row["name"] for row in selected] == ["missing-element"]


def test_a_repository_has_rules_of_its_own_unless_it_is_left_out(tmp_path: Path) -> None:
    (tmp_path / ".iamlint/rules").mkdir(parents=True)
    (tmp_path / ".iamlint/rules/no-own-lambda.md").write_text(OWN_CARD)
    names = [row["name"] for row in json.loads(iamlint(tmp_path, "rules", "-o", "json").out)]
    without = [row["name"] for row in json.loads(iamlint(tmp_path, "rules", "-o", "json", "--no-config").out)]
    assert "no-own-lambda" in names
    assert "no-own-lambda" not in without


def test_a_broken_rule_of_a_repository_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / ".iamlint/rules").mkdir(parents=True)
    (tmp_path / ".iamlint/rules/mine.md").write_text("no front matter")
    ended = iamlint(tmp_path, "check")
    assert ended.code == 2
    assert "mine.md" in ended.err
    assert "  help: " in ended.err


def test_a_card_is_tested(tmp_path: Path) -> None:
    card = ROOT / "rules/trust/trust-public-principal.md"
    ended = iamlint(tmp_path, "test", str(card))
    assert ended.code == 0, ended
    assert ended.out.startswith("ok trust-public-principal (")
    assert ended.err == "1 passed, 0 failed\n"


@pytest.mark.parametrize("word", ["trust-public-principal", str(ROOT / "rules/trust/trust-public-principal.md")])
def test_a_card_is_named_by_its_rule_or_its_path(tmp_path: Path, word: str) -> None:
    ended = iamlint(tmp_path, "test", word, "trust-not-principal")
    assert {line.split()[1] for line in ended.out.splitlines()} == {"trust-not-principal", "trust-public-principal"}


def test_the_cards_below_a_path_come_before_the_rule_of_that_name(tmp_path: Path) -> None:
    (tmp_path / ".iamlint/rules").mkdir(parents=True)
    (tmp_path / ".iamlint/rules/no-own-lambda.md").write_text(OWN_CARD)
    (tmp_path / "trust-drift").mkdir()
    assert iamlint(tmp_path, "test", "trust-drift").out.startswith("ok trust-drift (")
    (tmp_path / "trust-drift").rmdir()
    (tmp_path / "trust-drift").symlink_to(tmp_path / ".iamlint")
    assert " no-own-lambda\n" in iamlint(tmp_path, "test", "trust-drift").out


def test_a_card_that_is_wrong_fails_and_is_mended_by_update(tmp_path: Path) -> None:
    (tmp_path / "own/iamlint").parent.mkdir()
    shutil.copytree(ROOT / "iamlint", tmp_path / "own/iamlint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "rules", tmp_path / "own/rules")
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "own")
    card = tmp_path / "own/rules/trust/trust-public-principal.md"
    right = card.read_text()
    card.write_text(right.replace("critical[trust-public-principal]: ", "critical[trust-public-principal]: not ", 1))
    where = {"PYTHONPATH": str(tmp_path / "own")}
    ended = iamlint(tmp_path, "test", str(card), variables=where)
    assert ended.code == 1
    assert "the `reports` block is not what is reported" in ended.out
    assert iamlint(tmp_path, "test", "--update", "trust-public-principal", variables=where).code == 0
    assert card.read_text() == right


def test_a_failure_of_our_own_is_exit_2_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "iamlint_broken.py").write_text(
        "import iamlint.cli.check as check\ndef broken(*a): raise KeyError('x')\ncheck._moment = broken\n"
        "from iamlint.cli.main import main\nimport sys\nsys.argv[1:] = ['check']\nmain()\n"
    )
    import subprocess
    import sys

    from tests.cli.run import Ended, environment

    command = [sys.executable, "iamlint_broken.py"]
    ended = Ended(subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, timeout=60, check=False))
    assert ended.code == 2
    assert "Traceback" not in ended.err
    assert "error: iamlint itself failed: KeyError: 'x'" in ended.err
    assert "please report it" in ended.err
