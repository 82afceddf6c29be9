"""Which exit code says what? The same for every format."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import TRUST_ANYONE, TRUST_LAMBDA, iamlint

BROKEN = TRUST_ANYONE.replace('"2012-10-17",', '"2012-10-17"')


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "anyone.json").write_text(TRUST_ANYONE)
    (tmp_path / "lambda.json").write_text(TRUST_LAMBDA)
    (tmp_path / "broken.json").write_text(BROKEN)
    (tmp_path / "other.json").write_text("{}")
    return tmp_path


@pytest.mark.parametrize("format", ["text", "concise", "json"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["lambda.json"], 0),
        (["other.json"], 0),
        (["anyone.json"], 1),
        (["broken.json"], 1),
        (["broken.json", "--ignore", "invalid-json"], 3),
        (["missing.json"], 2),
        (["anyone.json", "missing.json"], 2),
    ],
)
def test_the_exit_code_is_the_same_for_every_format(folder: Path, format: str, arguments: list[str], code: int) -> None:
    ended = iamlint(folder, "check", "-o", format, *arguments)
    assert ended.code == code, ended


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["anyone.json", "--exit-zero"], 0),
        (["anyone.json", "--fail-on", "critical"], 1),
        (["anyone.json", "--select", "trust-public-principal", "--set", "rules.trust-public-principal=info"], 0),
        (["anyone.json", "--select", "trust-public-principal", "--set", "rules.trust-public-principal=low"], 1),
        (["anyone.json", "--ignore", "trust-public-principal"], 0),
        (["broken.json", "--exit-zero"], 3),
        (["broken.json", "--exit-zero", "--allow-incomplete"], 0),
        (["broken.json", "--ignore", "invalid-json", "--allow-incomplete"], 0),
        (["missing.json", "--exit-zero", "--allow-incomplete"], 2),
        (["anyone.json", "-qq"], 1),
        (["anyone.json", "-o", "json=report.json"], 1),
        (["anyone.json", "-o", "json=nowhere/report.json"], 2),
        (["anyone.json", "--no-such-option"], 2),
        (["anyone.json", "--fail-on", "urgent"], 2),
        (["anyone.json", "--config", "missing.toml"], 2),
        (["anyone.json", "--select", "no-such-rule"], 2),
    ],
)
def test_flags_decide_the_exit_code(folder: Path, arguments: list[str], code: int) -> None:
    ended = iamlint(folder, "check", *arguments)
    assert ended.code == code, ended
    assert "Traceback" not in ended.err


def test_what_is_not_shown_does_not_fail(folder: Path) -> None:
    ended = iamlint(folder, "check", "anyone.json", "--set", "rules.trust-public-principal=low", "--min-severity", "high")
    assert (ended.code, ended.out) == (0, "")
    assert "not shown" in ended.err


def test_no_verb_is_a_usage_error_that_shows_the_verbs(tmp_path: Path) -> None:
    ended = iamlint(tmp_path)
    assert ended.code == 2
    assert "check policies in files" in ended.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["broken.json"], "exit 1 for the findings"),
        (["broken.json", "--ignore", "invalid-json"], "exit 3; --allow-incomplete to accept"),
        (["broken.json", "missing.json"], "exit 2 for the errors"),
        (["broken.json", "--ignore", "invalid-json", "--allow-incomplete"], "accepted: allow-incomplete is set"),
    ],
)
def test_what_is_incomplete_says_how_the_run_ends(folder: Path, arguments: list[str], said: str) -> None:
    assert f"incomplete: 1 of 1 document could not be checked ({said}" in iamlint(folder, "check", *arguments).err
