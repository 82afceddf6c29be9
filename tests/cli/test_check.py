"""What `iamlint check` reads, and what it says of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from iamlint.knowledge import DATE
from tests.cli.run import TRUST_ANYONE, TRUST_LAMBDA, iamlint, put

TEMPLATE = "Resources:\n{% if ci %}\n  Role: {Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow}]}}}\n{% endif %}\n"


def reported(folder: Path, *arguments: str, stdin: bytes = b"") -> list[str]:
    """The files that findings are in."""
    ended = iamlint(folder, "check", "-o", "json", *arguments, stdin=stdin)
    return sorted({finding["path"] for finding in json.loads(ended.out)["findings"]})


def test_without_a_path_the_working_directory_is_checked(tmp_path: Path) -> None:
    put(tmp_path, "iam/role.json")
    assert reported(tmp_path) == ["iam/role.json"]


def test_what_git_ignores_is_left_out_of_a_folder_but_checked_when_named(tmp_path: Path) -> None:
    put(tmp_path, ".gitignore", "build/\n")
    put(tmp_path, "build/role.json")
    assert reported(tmp_path, ".") == []
    assert reported(tmp_path, "build/role.json") == ["build/role.json"]
    assert reported(tmp_path, "build") == ["build/role.json"]


def test_a_file_is_checked_once_however_often_it_is_named(tmp_path: Path) -> None:
    put(tmp_path, "role.json")
    ended = iamlint(tmp_path, "check", ".", "role.json", "./role.json", str(tmp_path / "role.json"))
    assert "1 document in 1 file" in ended.err


def test_a_path_below_the_working_directory_is_named_from_there(tmp_path: Path) -> None:
    put(tmp_path, "iam/role.json")
    assert reported(tmp_path, str(tmp_path / "iam")) == ["iam/role.json"]


def test_standard_input_is_read_when_it_is_named(tmp_path: Path) -> None:
    assert reported(tmp_path, "-", stdin=TRUST_ANYONE.encode()) == ["<stdin>"]


def test_standard_input_has_the_name_and_so_the_format_it_is_given(tmp_path: Path) -> None:
    text = b"Version: '2012-10-17'\nStatement: {Effect: Allow, Principal: {AWS: '*'}, Action: 'sts:AssumeRole'}\n"
    assert reported(tmp_path, "-", "--stdin-filename", "roles/ci.yaml", stdin=text) == ["roles/ci.yaml"]


def test_a_name_for_standard_input_without_it_is_a_usage_error(tmp_path: Path) -> None:
    ended = iamlint(tmp_path, "check", "--stdin-filename", "a.json")
    assert ended.code == 2
    assert "add `-` to the paths" in ended.err


def test_options_may_stand_after_and_between_paths(tmp_path: Path) -> None:
    put(tmp_path, "a.json")
    put(tmp_path, "b.json")
    assert reported(tmp_path, "a.json", "--select", "all", "b.json") == ["a.json", "b.json"]


def test_after_two_dashes_everything_is_a_path(tmp_path: Path) -> None:
    put(tmp_path, "--select")
    assert reported(tmp_path, "--", "--select") == ["--select"]


def test_reports_go_to_their_files_and_one_to_standard_output(tmp_path: Path) -> None:
    put(tmp_path, "role.json")
    ended = iamlint(tmp_path, "check", "-o", "json=report.json", "-o", "concise", "-o", "text=report.txt", "role.json")
    assert ended.out.startswith("role.json:6:")
    assert json.loads((tmp_path / "report.json").read_text())["findings"]
    assert "see `iamlint explain trust-public-principal`" in (tmp_path / "report.txt").read_text()
    assert sorted(os.listdir(tmp_path)) == ["report.json", "report.txt", "role.json"]


def test_a_report_in_a_file_alone_leaves_standard_output_empty(tmp_path: Path) -> None:
    put(tmp_path, "role.json")
    assert iamlint(tmp_path, "check", "-o", "json=report.json").out == ""


def test_a_folder_without_policies_is_said_to_have_none(tmp_path: Path) -> None:
    ended = iamlint(tmp_path, "check")
    assert (ended.code, ended.out) == (0, "")
    assert "no policy documents found" in ended.err


def test_a_named_file_without_a_policy_is_a_note(tmp_path: Path) -> None:
    put(tmp_path, "package.json", "{}")
    ended = iamlint(tmp_path, "check", "package.json")
    assert (ended.code, ended.err) == (0, "note: no policy in package.json\n")


def test_a_file_that_cannot_be_read_fails_and_the_others_are_checked(tmp_path: Path) -> None:
    put(tmp_path, "role.json")
    ended = iamlint(tmp_path, "check", "missing.json", "role.json", "-o", "concise")
    assert ended.code == 2
    assert "trust-public-principal" in ended.out
    assert "error: missing.json: no such file or directory" in ended.err


def test_broken_text_in_a_folder_is_reported_where_a_policy_was_meant(tmp_path: Path) -> None:
    put(tmp_path, "role.json", TRUST_ANYONE.replace('",', '"'))
    put(tmp_path, "tsconfig.json", "{ // no policy\n}")
    assert reported(tmp_path, ".") == ["role.json"]


def test_broken_text_that_is_named_is_reported(tmp_path: Path) -> None:
    put(tmp_path, "role.json", '{"Versio')
    assert reported(tmp_path, "role.json") == ["role.json"]


def test_a_hook_does_not_report_broken_text_that_was_no_policy(tmp_path: Path) -> None:
    put(tmp_path, "tsconfig.json", "{ // no policy\n}")
    assert iamlint(tmp_path, "check", "--force-exclude", "tsconfig.json").code == 0


def test_a_template_in_a_folder_is_incomplete_rather_than_wrong(tmp_path: Path) -> None:
    put(tmp_path, "role.yaml", TEMPLATE)
    ended = iamlint(tmp_path, "check", "-o", "concise")
    assert (ended.code, ended.out) == (3, "")
    assert "incomplete: 1 of 1 document could not be checked" in ended.err


def test_what_is_to_be_filled_in_outside_of_strings_is_incomplete_rather_than_wrong(tmp_path: Path) -> None:
    put(tmp_path, "queue.json", '{"Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": ${queues}}]}')
    assert (iamlint(tmp_path, "check").code, reported(tmp_path, "queue.json")) == (3, ["queue.json"])


def test_terraform_is_said_not_to_be_read(tmp_path: Path) -> None:
    put(tmp_path, "main.tf", 'data "aws_iam_policy_document" "ci" {}\n')
    ended = iamlint(tmp_path, "check")
    assert ended.code == 0
    assert "1 Terraform file with policies not checked" in ended.err
    assert iamlint(tmp_path, "check", "main.tf").code == 2
    assert iamlint(tmp_path, "check", "-", "--stdin-filename", "main.tf").code == 2


def test_excluded_files_are_left_out_of_folders_and_of_what_a_hook_names(tmp_path: Path) -> None:
    put(tmp_path, "iamlint.toml", 'exclude = ["fixtures/", "*.bad.json"]\n')
    put(tmp_path, "fixtures/role.json")
    put(tmp_path, "a.bad.json")
    put(tmp_path, "b.json")
    names = ["fixtures/role.json", "a.bad.json", "b.json"]
    assert reported(tmp_path) == ["b.json"]
    assert reported(tmp_path, "--force-exclude", *names) == ["b.json"]
    assert reported(tmp_path, *names) == sorted(names)


def test_verbose_says_what_was_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "package.json", "{}")
    assert "note: package.json: passed over: no policy in it" in iamlint(tmp_path, "check", "-v").err


@pytest.mark.parametrize("format", ["text", "concise", "json"])
def test_every_report_says_of_which_day_the_data_is(tmp_path: Path, format: str) -> None:
    put(tmp_path, "role.json")
    ended = iamlint(tmp_path, "check", "-o", format)
    assert ended.err.splitlines()[-1].endswith(f"AWS data {DATE}")
    assert (f'"data": "{DATE}"' in ended.out) is (format == "json")


@pytest.mark.parametrize("policy", [TRUST_ANYONE, TRUST_LAMBDA])
def test_a_report_of_text_in_a_file_says_it_too(tmp_path: Path, policy: str) -> None:
    put(tmp_path, "role.json", policy)
    iamlint(tmp_path, "check", "-o", "text=report.txt")
    last = (tmp_path / "report.txt").read_text().splitlines()[-1]
    assert last.endswith(f" · 1 document in 1 file · AWS data {DATE}")


def test_data_of_more_than_a_year_ago_is_said_to_be_old(tmp_path: Path) -> None:
    put(tmp_path, "role.json", TRUST_LAMBDA)
    assert "more than a year ago" not in iamlint(tmp_path, "check", "--now", f"{DATE}T00:00:00Z").err
    told = iamlint(tmp_path, "check", "--now", f"{int(DATE[:4]) + 2}{DATE[4:]}").err
    assert told.count(f"what iamlint knows of AWS is from {DATE}, more than a year ago") == 1


@pytest.mark.parametrize(("given", "meant"), [("AWS::Nope::Thing", ""), ("AWS::S3::Buckt", "; did you mean `AWS::S3::Bucket`?")])
def test_what_is_not_checked_of_a_resource_type_that_is_not_known_is_said(tmp_path: Path, given: str, meant: str) -> None:
    put(tmp_path, "role.json")
    told = f"note: nothing is known of `{given}`: which actions, keys and length its policy may have is not checked{meant}\n"
    assert told in iamlint(tmp_path, "check", "--resource-type", given).err
    assert "nothing is known" not in iamlint(tmp_path, "check", "--resource-type", "AWS::EC2::VPCEndpoint").err


def test_quiet_shows_findings_alone(tmp_path: Path) -> None:
    put(tmp_path, "role.json")
    ended = iamlint(tmp_path, "check", "-q", "-o", "concise")
    assert ended.out.count("\n") == 1
    assert ended.err == ""


def test_twice_quiet_shows_nothing_but_writes_the_files_asked_for(tmp_path: Path) -> None:
    put(tmp_path, "role.json")
    ended = iamlint(tmp_path, "check", "-qq", "-o", "text", "-o", "json=report.json")
    assert (ended.code, ended.out, ended.err) == (1, "", "")
    assert (tmp_path / "report.json").exists()


def test_a_kind_on_the_command_line_overrules_what_the_content_says(tmp_path: Path) -> None:
    put(tmp_path, "role.json", TRUST_LAMBDA)
    ended = iamlint(tmp_path, "check", "--kind", "resource", "--resource-type", "AWS::SQS::Queue", "-o", "json")
    assert all(finding["document"]["kind"] == "resource" for finding in json.loads(ended.out)["findings"])


def test_findings_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    for name in ("b.json", "a/z.json", "a.json"):
        put(tmp_path, name)
    ended = iamlint(tmp_path, "check", "-o", "concise", "b.json", "a", "a.json")
    assert [line.split(":")[0] for line in ended.out.splitlines()] == ["a.json", "a/z.json", "b.json"]


@pytest.mark.parametrize("name", ["trust\n::error::.json", "trust\x1b[31m.json", "b\u202ealp.json"])
def test_a_hostile_name_is_shown_escaped(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    ended = iamlint(tmp_path, "check")
    assert not {"\x1b", "\u202e"} & set(ended.out + ended.err)
    assert "\n::error" not in ended.out + ended.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "role.json")
    (tmp_path / "role.json").chmod(0)
    ended = iamlint(tmp_path, "check")
    assert ended.code == 2
    assert "permission denied" in ended.err


HOSTILE = sorted(path.name for path in (Path(__file__).parents[2] / "fixtures/hostile").iterdir())


@pytest.mark.parametrize("paths", [HOSTILE, ["."]], ids=["named", "in a folder"])
@pytest.mark.parametrize("format", ["text", "concise", "json"])
def test_no_hostile_file_ends_in_a_failure_of_ours(format: str, paths: list[str]) -> None:
    ended = iamlint(Path(__file__).parents[2] / "fixtures/hostile", "check", "--no-config", "-o", format, *paths)
    assert ended.code in (1, 3), ended
    assert "Traceback" not in ended.err
    assert "iamlint itself failed" not in ended.err
