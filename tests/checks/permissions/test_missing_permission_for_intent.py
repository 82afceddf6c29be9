"""Of which policies do the settings expect that calls work, and are these the ones that are asked?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import Ended, iamlint

LIST = "s3:ListObjectsV2 on arn:aws:s3:::amber"
READ = "s3:GetObject on arn:aws:s3:::amber/*"


def policy(action: str, resource: str) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]}


LISTING = policy("s3:ListBucket", "arn:aws:s3:::amber")
READING = policy("s3:GetObject", "arn:aws:s3:::amber/*")


def role(name: str, **policies: Any) -> dict[str, Any]:
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    return {
        "RoleName": name,
        "Arn": f"arn:aws:iam::210987654321:role/app/{name}",
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
        "RolePolicyList": [{"PolicyName": key, "PolicyDocument": value} for key, value in policies.items()],
    }


def check(folder: Path, expects: dict[str, list[str]], files: dict[str, Any], *arguments: str) -> Ended:
    (folder / "iamlint.toml").write_text(
        "[expects]\n" + "".join(f"{json.dumps(key)} = {json.dumps(value)}\n" for key, value in expects.items())
    )
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content))
    return iamlint(folder, "check", "-o", "concise", "--select", "missing-permission-for-intent", *arguments)


@pytest.mark.parametrize("name", ["policies/read.json", "read.json", "policies/", "*.json", "**/re?d.json"])
def test_a_pattern_means_files(tmp_path: Path, name: str) -> None:
    ended = check(tmp_path, {name: [LIST, READ]}, {"policies/read.json": READING})
    assert [line.split(": ", 1)[0] for line in ended.out.splitlines()] == ["policies/read.json:1:71"]
    assert "`s3:ListObjectsV2` needs `s3:ListBucket` on `arn:aws:s3:::amber`, and no statement allows it" in ended.out


def test_patterns_are_from_the_folder_of_the_settings(tmp_path: Path) -> None:
    check(tmp_path, {"policies/read.json": [LIST]}, {"policies/read.json": READING})
    assert "s3:ListBucket" in iamlint(tmp_path / "policies", "check", "-o", "concise", "read.json").out


@pytest.mark.parametrize("name", ["Reader", "arn:aws:iam::210987654321:role/app/Reader"])
def test_a_name_means_a_role_with_all_its_policies(tmp_path: Path, name: str) -> None:
    files = {"account.json": {"RoleDetailList": [role("Reader", read=READING), role("Lister", list=LISTING)]}}
    assert check(tmp_path, {name: [READ]}, files).out == ""
    assert "`s3:ListBucket`" in check(tmp_path, {name: [LIST]}, files).out


def test_policies_that_one_name_means_count_together(tmp_path: Path) -> None:
    files = {"list.json": LISTING, "read.json": READING}
    assert check(tmp_path, {"*.json": [LIST, READ]}, files).out == ""
    assert len(check(tmp_path, {"list.json": [LIST, READ], "read.json": [LIST, READ]}, files).out.splitlines()) == 2


def test_a_need_of_two_calls_is_told_once(tmp_path: Path) -> None:
    ended = check(tmp_path, {"read.json": [LIST, "s3:HeadBucket on arn:aws:s3:::amber"]}, {"read.json": READING})
    assert len(ended.out.splitlines()) == 1


def test_a_policy_that_is_not_all_there_may_have_what_is_needed(tmp_path: Path) -> None:
    partial = {**role("Reader", read=READING), "AttachedManagedPolicies": [{"PolicyArn": "arn:aws:iam::210987654321:policy/list"}]}
    broken = {**READING, "Statement": [*READING["Statement"], {"Effect": "Allow", "Action": ["s3:ListBucket", 3], "Resource": "*"}]}
    assert check(tmp_path, {"Reader": [LIST]}, {"role.json": partial}).out == ""
    assert "s3:ListBucket" not in check(tmp_path, {"broken.json": [LIST]}, {"broken.json": broken}).out


def test_without_the_setting_nothing_is_said(tmp_path: Path) -> None:
    assert check(tmp_path, {}, {"read.json": READING}).out == ""


def test_a_severity_makes_it_a_gate(tmp_path: Path) -> None:
    files = {"read.json": READING}
    assert check(tmp_path, {"read.json": [LIST]}, files).code == 0
    assert check(tmp_path, {"read.json": [LIST]}, files, "--set", "rules.missing-permission-for-intent=high").code == 1


def test_a_name_that_means_nothing_is_said_of_a_folder(tmp_path: Path) -> None:
    files = {"read.json": READING}
    said = "note: `raed.json` of `expects` in iamlint.toml:2 names no policy here\n"
    assert said in check(tmp_path, {"raed.json": [LIST]}, files).err
    assert said not in check(tmp_path, {"raed.json": [LIST]}, files, "read.json").err
    assert said not in check(tmp_path, {"raed.json": [LIST]}, files, ".", "--force-exclude").err
    assert "names no policy" not in check(tmp_path, {"read.json": [LIST]}, files).err


def test_a_call_that_is_none_ends_the_run_with_its_place(tmp_path: Path) -> None:
    ended = check(tmp_path, {"read.json": ["s3:LisBucket on arn:aws:s3:::amber"]}, {"read.json": READING})
    assert ended.code == 2
    assert "iamlint.toml:2" in ended.err
    assert "did you mean `s3:ListBucket`?" in ended.err
