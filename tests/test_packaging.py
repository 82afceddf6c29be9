"""Does the wheel hold what a user needs, and nothing that only a checkout needs?"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def cards() -> dict[str, Path]:
    """Every rule card, by the name it has in a wheel."""
    return {f"iamlint/{path.relative_to(ROOT).as_posix()}": path for path in (ROOT / "rules").glob("*/*.md")}


def project() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_rule_card_is_in_the_wheel_as_it_is(wheel: zipfile.ZipFile) -> None:
    assert cards()
    assert {name: wheel.read(name).decode() for name in cards()} == {
        name: path.read_text(encoding="utf-8") for name, path in cards().items()
    }


def test_the_index_in_the_wheel_lists_every_card(wheel: zipfile.ZipFile) -> None:
    index = json.loads(wheel.read("iamlint/rules/index.jsonl").split(b"\n", 1)[0])
    assert {f"iamlint/rules/{family}/{name}.md" for family, name, *_ in index["rules"]} == set(cards())


def test_every_file_of_the_package_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "iamlint"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    there = {name for name in listed.stdout.splitlines() if (ROOT / name).is_file()}
    assert there <= set(wheel.namelist())
    assert {"iamlint/py.typed", "iamlint/report/report.schema.json"} <= there


def test_the_wheel_has_only_the_package(wheel: zipfile.ZipFile) -> None:
    assert {name.split("/", 1)[0] for name in wheel.namelist()} == {"iamlint", f"iamlint-{version()}.dist-info"}


@pytest.mark.parametrize("name", ["LICENSE", "THIRD_PARTY_NOTICES.txt"])
def test_the_licence_and_the_notices_are_in_the_wheel(wheel: zipfile.ZipFile, name: str) -> None:
    assert wheel.read(f"iamlint-{version()}.dist-info/licenses/{name}") == (ROOT / name).read_bytes()


def test_the_tables_of_aws_are_in_the_wheel_and_small(wheel: zipfile.ZipFile) -> None:
    tables = [member for member in wheel.infolist() if member.filename.startswith("iamlint/knowledge/aws/")]
    assert {"iamlint/knowledge/aws/services/s3.json", "iamlint/knowledge/aws/PROVENANCE.json"} <= {member.filename for member in tables}
    assert sum(member.file_size for member in tables) <= 4_000_000


def test_the_command_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    assert "iamlint = iamlint.cli.main:main" in wheel.read(f"iamlint-{version()}.dist-info/entry_points.txt").decode()


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## [{version()}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_what_runs_needs_few_packages() -> None:
    needed = project()["project"]["dependencies"]
    assert isinstance(needed, list)
    assert len(needed) <= 4


def test_the_hook_checks_only_files_that_can_hold_a_policy_in_one_process() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["entry"]) == ("iamlint", "iamlint check --force-exclude")
    assert (hook["types_or"], hook["require_serial"]) == (["json", "yaml"], True)


def version() -> str:
    from iamlint import __version__

    return __version__
