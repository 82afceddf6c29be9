"""Which files do paths lead to?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from iamlint.sources.files import Found, Passed, Unread, find, shown
from iamlint.sources.ignore import Ignores, read_rules
from iamlint.text.source import MAX_BYTES

POLICY = '{"Version": "2012-10-17", "Statement": []}'


def put(folder: Path, name: str, text: str = POLICY) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def found(folder: Path, *paths: str, forced: bool = False, excluded: Ignores | None = None) -> list[str]:
    """The names of the files that were found, from `folder`."""
    sightings = find([str(folder / path) for path in paths or (".",)], excluded, str(folder), forced=forced)
    return [os.path.relpath(one.source.name, folder).replace("\\", "/") for one in sightings if isinstance(one, Found)]


def only(sightings: list[Found | Unread | Passed]) -> Found | Unread | Passed:
    [one] = sightings
    return one


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.json", "a/c.json", "a.json", "a/b/a.json"):
        put(tmp_path, name)
    assert found(tmp_path) == ["a/b/a.json", "a/c.json", "a.json", "b.json"]


@pytest.mark.parametrize("name", [".git/a.json", "node_modules/x/a.json", "x/__pycache__/a.json"])
def test_what_tools_keep_is_left_alone(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert found(tmp_path) == []


@pytest.mark.parametrize("name", ["role", "role.policy", "role.tpl", "role.json.j2", "ROLE.JSON"])
def test_json_is_found_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert found(tmp_path) == [name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package.json", '{"name": "x"}'),
        ("README.md", "A Statement has an Effect."),
        ("values.yaml", "replicas: 3"),
        ("data.json", '\0{"Statement": []}'),
        ("empty.json", ""),
    ],
)
def test_what_cannot_hold_a_policy_is_passed_over(tmp_path: Path, name: str, text: str) -> None:
    put(tmp_path, name, text)
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        '{"Statement": []}',
        '{"statement": []}',
        '{"\\u0053tatement": []}',
        '{"Type": "AWS::Lambda::Permission"}',
        '{"Type": "AWS::Lambda::LayerVersionPermission"}',
        '{"Type": "AWS::Events::EventBusPolicy"}',
        '{"FunctionUrlConfig": {"AuthType": "NONE"}}',
        '{"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}',
        '{"PolicyDocument": "%7B%7D"}',
        '{"Effect": "Allow", "Action": "*"}',
        " " * 5000 + POLICY,
        "\ufeff" + POLICY,
    ],
)
def test_what_could_hold_a_policy_is_read(tmp_path: Path, text: str) -> None:
    put(tmp_path, "a.json", text)
    assert found(tmp_path) == ["a.json"]


def test_text_of_two_bytes_a_character_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(POLICY.encode("utf-16"))
    assert found(tmp_path) == ["a.json"]


def test_a_named_file_is_read_whatever_is_in_it(tmp_path: Path) -> None:
    put(tmp_path, "notes.txt", "nothing")
    assert found(tmp_path, "notes.txt") == ["notes.txt"]


def test_a_forced_file_is_treated_as_if_found(tmp_path: Path) -> None:
    put(tmp_path, "notes.txt", "nothing")
    put(tmp_path, "a.json")
    assert found(tmp_path, "notes.txt", "a.json", forced=True) == ["a.json"]


def test_exclusion_holds_in_folders_and_for_forced_files_only(tmp_path: Path) -> None:
    put(tmp_path, "out/a.json")
    excluded = Ignores(read_rules("out/"))
    assert found(tmp_path, excluded=excluded) == []
    assert found(tmp_path, "out", excluded=excluded) == []
    assert found(tmp_path, "out/a.json", excluded=excluded, forced=True) == []
    assert found(tmp_path, "out/a.json", excluded=excluded) == ["out/a.json"]


def test_links_to_folders_are_not_followed_so_no_loop_arises(tmp_path: Path) -> None:
    put(tmp_path, "a/a.json")
    (tmp_path / "a/up").symlink_to(tmp_path, target_is_directory=True)
    assert found(tmp_path) == ["a/a.json"]


def test_a_link_to_a_file_is_the_file_once(tmp_path: Path) -> None:
    put(tmp_path, "a.json")
    (tmp_path / "b.json").symlink_to("a.json")
    assert found(tmp_path) == ["a.json"]


def test_a_link_to_a_file_elsewhere_is_read(tmp_path: Path) -> None:
    put(tmp_path, "outside/a.json")
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo/b.json").symlink_to("../outside/a.json")
    assert found(tmp_path, "repo") == ["repo/b.json"]


def test_a_link_that_leads_nowhere_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to("nowhere")
    one = only(list(find([str(tmp_path)])))
    assert isinstance(one, Passed)
    assert one.why == "a symbolic link that leads nowhere"


def test_a_link_that_leads_to_itself_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to("a.json")
    assert isinstance(only(list(find([str(tmp_path / "a.json")]))), Unread)
    assert isinstance(only(list(find([str(tmp_path)]))), Passed)


@pytest.mark.parametrize("name", ["missing.json", "a\0b.json", "x" * 5000])
def test_a_path_that_cannot_be_opened_is_told_with_a_way_out(tmp_path: Path, name: str) -> None:
    one = only(list(find([f"{tmp_path}/{name}"])))
    assert isinstance(one, Unread)
    assert one.message
    assert one.help


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    assert found(tmp_path) == []


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/zero")
def test_of_an_endless_device_no_more_is_read_than_shows_that_it_is_too_much() -> None:
    one = only(list(find(["/dev/zero"])))
    assert isinstance(one, Found)
    assert len(one.source.data) == MAX_BYTES + 1


def test_folders_may_be_nested_deeper_than_python_calls(tmp_path: Path) -> None:
    folders = [tmp_path / "/".join("d" * depth) for depth in range(1, 1200)]
    for folder in folders:
        folder.mkdir()
    seen = found(tmp_path)
    for folder in reversed(folders):
        folder.rmdir()
    assert seen == []


def test_terraform_is_passed_over_with_its_weight(tmp_path: Path) -> None:
    put(tmp_path, "a.tf", "assume_role_policy = jsonencode({Statement = []})")
    put(tmp_path, "b.tf", 'variable "x" {}')
    weights = {os.path.basename(one.path): one.weighty for one in find([str(tmp_path)]) if isinstance(one, Passed)}
    assert weights == {"a.tf": True, "b.tf": False}


def test_a_path_is_shown_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert [shown(path) for path in ("./a.json", "x/../a.json", str(tmp_path / "a.json"), "../a.json")] == [
        "a.json",
        "a.json",
        "a.json",
        "../a.json",
    ]
