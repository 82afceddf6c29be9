"""Do our patterns leave out what Git leaves out?"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iamlint.sources.files import Found, find
from iamlint.sources.ignore import Ignores, read_rules

TABLE = [
    ("a.json", "a.json", True),
    ("a.json", "b/a.json", True),
    ("a.json", "ba.json", False),
    ("/a.json", "a.json", True),
    ("/a.json", "b/a.json", False),
    ("b/a.json", "b/a.json", True),
    ("b/a.json", "c/b/a.json", False),
    ("*.json", "b/a.json", True),
    ("b/*.json", "b/c/a.json", False),
    ("b/**", "b/c/a.json", True),
    ("b/**/a.json", "b/a.json", True),
    ("b/**/a.json", "b/c/d/a.json", True),
    ("**/a.json", "b/a.json", True),
    ("**/b/a.json", "c/b/a.json", True),
    ("a**n", "a.json", True),
    ("a**n", "a.jso/n", False),
    ("?.json", "a.json", True),
    ("?.json", "ab.json", False),
    ("[ab].json", "b.json", True),
    ("[!ab].json", "b.json", False),
    ("[^ab].json", "c.json", True),
    ("[a-c].json", "b.json", True),
    ("[]a].json", "].json", True),
    ("[[:digit:]].json", "1.json", True),
    ("[a", "[a", False),
    ("\\*.json", "*.json", True),
    ("\\*.json", "a.json", False),
    ("\\#a", "#a", True),
    ("#a", "#a", False),
    ("\\!a", "!a", True),
    ("a ", "a", True),
    ("a\\ ", "a ", True),
    ("a\\", "a\\", False),
    ("", "a", False),
    ("b/", "b", False),
    ("!a.json", "a.json", False),
    ("*\n!a.json", "a.json", False),
    ("!a.json\n*", "a.json", True),
    ("a.json\r\nb.json", "a.json", True),
    ("A.json", "a.json", False),
    ("gr*e.json", "größe.json", True),
]


@pytest.mark.parametrize(("lines", "path", "left_out"), TABLE)
def test_patterns_mean_what_git_says(lines: str, path: str, left_out: bool) -> None:
    assert Ignores(read_rules(lines)).leaves_out(path, directory=False) is left_out


def test_a_nearer_file_is_asked_before_a_farther_one() -> None:
    ignores = Ignores(read_rules("*.json")).below("b/", "!a.json")
    assert not ignores.leaves_out("b/a.json", directory=False)
    assert ignores.leaves_out("b/c.json", directory=False)


def test_a_pattern_is_about_paths_below_its_own_file() -> None:
    ignores = Ignores(()).below("b/", "/a.json")
    assert ignores.leaves_out("b/a.json", directory=False)
    assert not ignores.leaves_out("b/c/a.json", directory=False)


PIECES = st.sampled_from(
    ["a", "b", "ab", "*", "?", "**", "/", "[ab]", "[!a]", "[a-b]", "\\a", "!", "#", " ", "[", "]", "\\", ".", "-", "^"]
)
LINES = st.lists(st.lists(PIECES, max_size=6).map("".join), min_size=1, max_size=3).map("\n".join)
PATHS = ["a", "b", "ab", "a/a", "a/b", "b/ab", "a/b/a", "b/a/ab", "a b", "#a", "!b", "a.b", "-", "^", "]", "[a"]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("git") is None:
        pytest.skip("Git is the oracle, and is not here")
    folder = tmp_path_factory.mktemp("repository")
    git(folder, "init", "-q")
    git(folder, "config", "core.excludesFile", os.devnull)
    return folder


def git(folder: Path, *arguments: str, stdin: str = "") -> str:
    environment = {"PATH": os.environ["PATH"], "HOME": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, input=stdin.encode(), capture_output=True, check=False)
    return done.stdout.decode()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_git_agrees_on_any_pattern(repository: Path, lines: str) -> None:
    (repository / ".gitignore").write_text(lines, newline="")
    said = set(git(repository, "check-ignore", "--no-index", "-z", "--stdin", stdin="\0".join(PATHS)).split("\0")) - {""}
    ignores = Ignores(read_rules(lines))
    ours = {path for path in PATHS if is_left_out(ignores, path)}
    assert ours == said, lines


def is_left_out(ignores: Ignores, path: str) -> bool:
    above = [path[:at] for at, character in enumerate(path) if character == "/"]
    return any(ignores.leaves_out(folder, directory=True) for folder in above) or ignores.leaves_out(path, directory=False)


def test_git_lists_the_files_that_we_find(repository: Path) -> None:
    files = {
        ".gitignore": "*.log.json\n/build/\n!keep.log.json\ndeep/**/secret.json\n",
        "a.json": "",
        "a.log.json": "",
        "keep.log.json": "",
        "build/b.json": "",
        "src/build/b.json": "",
        "deep/secret.json": "",
        "deep/x/secret.json": "",
        "deep/x/other.json": "",
        "nested/.gitignore": "!*.log.json\n*.yaml\n/only-here.json\n",
        "nested/a.log.json": "",
        "nested/a.yaml": "",
        "nested/only-here.json": "",
        "nested/below/only-here.json": "",
        "kept-out/.gitignore": "*\n",
        "kept-out/a.json": "",
        "local.json": "",
    }
    for name, text in files.items():
        path = repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text or '{"Statement": []}')
    (repository / ".git/info/exclude").write_text("local.json\n")
    listed = git(repository, "ls-files", "-z", "--others", "--exclude-standard").split("\0")
    expected = {name for name in listed if name.endswith((".json", ".yaml"))}
    found = [one.source.name for one in find([str(repository)]) if isinstance(one, Found)]
    assert {os.path.relpath(name, repository).replace("\\", "/") for name in found} == expected
    assert {"nested/a.log.json", "src/build/b.json", "keep.log.json"} <= expected
