"""Is README.md honest: is what it shows what comes out?"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from iamlint import REPOSITORY, __version__

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def fences(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", TEXT)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    scrubbed = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "iamlint", *arguments]
    return subprocess.run(command, cwd=ROOT, env=scrubbed, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("shown", fences("console"))
def test_what_a_command_shows_is_what_it_prints(shown: str) -> None:
    command, output = shown.removeprefix("$ iamlint ").split("\n", 1)
    assert run(*command.split()).stdout == output


def test_the_finding_shown_is_the_one_in_the_json_report() -> None:
    (shown,) = map(json.loads, fences("json"))
    report = json.loads(run("check", "-o", "json", shown["path"]).stdout)
    assert report["findings"] == [shown]


def test_the_settings_shown_are_valid(tmp_path: Path) -> None:
    (shown,) = fences("toml")
    settings = tmp_path / "iamlint.toml"
    settings.write_text(shown, encoding="utf-8")
    done = run("check", "--config", str(settings), "fixtures/policies/cross-account/vendor-root-no-external-id.json")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_hook_shown_is_this_repository_at_this_version() -> None:
    (shown,) = map(yaml.safe_load, fences("yaml"))
    assert shown["repos"] == [{"repo": REPOSITORY, "rev": f"v{__version__}", "hooks": [{"id": "iamlint"}]}]


def test_two_commands_do_all_the_set_up() -> None:
    assert len(fences("sh ci")) == 2


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!http)([^)#]+)", TEXT))))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
