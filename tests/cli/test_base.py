"""`iamlint check --base`: a change beside what was, in a Git repository, a folder or a file."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.run import environment, iamlint, put

OWN, OTHER = "111122223333", "999988887777"
ONLY = ("--select", "baseline-new-external-access,trust-drift", "--account", OWN, "-o", "json")


def trust(*accounts: str) -> str:
    principal = {"AWS": [f"arn:aws:iam::{account}:root" for account in accounts]}
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]})


def answer(name: str, *accounts: str) -> str:
    """What `aws iam get-role` says of a role."""
    role = {"RoleName": name, "Arn": f"arn:aws:iam::{OWN}:role/{name}", "AssumeRolePolicyDocument": json.loads(trust(*accounts))}
    return json.dumps({"Role": role})


def git(folder: Path, *words: str) -> str:
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.c"}
    variables = environment(**who, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null")
    done = subprocess.run(["git", *words], cwd=folder, env=variables, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def committed(folder: Path, **files: str) -> Path:
    """A repository with these files (`__` in a name is a slash) in its first commit."""
    git(folder, "init", "--quiet")
    for name, text in files.items():
        put(folder, name.replace("__", "/") + ".json", text)
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", "first")
    return folder


def found(folder: Path, *arguments: str) -> list[tuple[str, str, str]]:
    """Path, rule and subject of every finding; nothing may go wrong."""
    ended = iamlint(folder, "check", *ONLY, *arguments)
    assert ended.code in (0, 1), ended
    return [(one["path"], one["rule"], one["subject"]) for one in json.loads(ended.out)["findings"]]


def let_in(folder: Path, *arguments: str) -> list[str]:
    """Who gets in from outside by the change."""
    return [subject for _, rule, subject in found(folder, *arguments) if rule == "baseline-new-external-access"]


def test_what_a_change_lets_in_is_found_beside_a_revision(tmp_path: Path) -> None:
    committed(tmp_path, roles__ci=trust(OWN), roles__vendor=trust(OTHER))
    assert found(tmp_path, "--base", "HEAD") == []
    put(tmp_path, "roles/ci.json", trust(OWN, OTHER))
    assert found(tmp_path, "--base", "HEAD") == [("roles/ci.json", "baseline-new-external-access", OTHER)]
    assert found(tmp_path / "roles", "ci.json", "--base", "HEAD") == [("ci.json", "baseline-new-external-access", OTHER)]
    assert found(tmp_path) == []


def test_a_finding_of_a_change_fails_the_run(tmp_path: Path) -> None:
    committed(tmp_path, ci=trust(OWN))
    put(tmp_path, "ci.json", trust(OTHER))
    ended = iamlint(tmp_path, "check", "--base", "HEAD", "--select", "baseline-new-external-access", "--account", OWN)
    assert ended.code == 1
    assert f"this change lets account {OTHER} assume this role" in ended.out.replace("\n    ", " ")


def test_without_a_base_nothing_is_compared_and_nothing_said_of_it(tmp_path: Path) -> None:
    put(tmp_path, "ci.json", trust(OTHER))
    ended = iamlint(tmp_path, "check", *ONLY)
    assert (ended.code, json.loads(ended.out)["errors"]) == (0, [])


def test_everything_is_new_in_a_file_that_is_new(tmp_path: Path) -> None:
    committed(tmp_path, ci=trust(OWN))
    put(tmp_path, "new.json", trust(OTHER))
    assert found(tmp_path, "--base", "HEAD") == [("new.json", "baseline-new-external-access", OTHER)]


def test_a_file_that_was_moved_is_what_it_was(tmp_path: Path) -> None:
    committed(tmp_path, ci=trust(OTHER))
    (tmp_path / "roles").mkdir()
    git(tmp_path, "mv", "ci.json", "roles/deploy.json")
    assert found(tmp_path, "--base", "HEAD") == []
    put(tmp_path, "roles/deploy.json", trust(OTHER, "888877776666"))
    assert found(tmp_path, "--base", "HEAD") == [("roles/deploy.json", "baseline-new-external-access", "888877776666")]


def test_a_role_is_found_by_its_name_in_whatever_file(tmp_path: Path) -> None:
    committed(tmp_path, ci=answer("ci", OTHER), deploy=answer("deploy", OWN))
    (tmp_path / "ci.json").unlink()
    put(tmp_path, "snapshot.json", f'{{"Roles": [{answer("ci", OTHER)}, {answer("deploy", OWN)}]}}')
    assert found(tmp_path, "snapshot.json", "--base", "HEAD") == []
    put(tmp_path, "snapshot.json", f'{{"Roles": [{answer("ci", OTHER)}, {answer("deploy", OTHER)}]}}')
    assert let_in(tmp_path, "snapshot.json", "--base", "HEAD") == [OTHER]


def test_a_folder_can_be_compared_with_and_a_file_too(tmp_path: Path) -> None:
    put(tmp_path, "now/a/ci.json", trust(OWN, OTHER))
    put(tmp_path, "reviewed/a/ci.json", trust(OWN))
    expected = [("now/a/ci.json", "baseline-new-external-access", OTHER)]
    assert found(tmp_path, "now", "--base", "reviewed") == expected
    assert found(tmp_path, "now", "--base", "reviewed/a/ci.json") == expected
    assert found(tmp_path, "now/a/ci.json", "--base", "reviewed/a") == expected
    assert found(tmp_path, "now", "--base", "now") == []
    assert found(tmp_path, "--base", "reviewed")[:1] == expected


def test_a_deployed_role_is_compared_with_the_reviewed_one(tmp_path: Path) -> None:
    put(tmp_path, "deployed.json", answer("ci", OWN, "444455556666"))
    put(tmp_path, "reviewed/policies.json", f'{{"Roles": [{answer("other", OWN)}, {answer("ci", OWN)}]}}')
    drift = [("deployed.json", "trust-drift", "arn:aws:iam::444455556666:root")]
    assert found(tmp_path, "deployed.json", "--base", "reviewed", "--trusted-account", "444455556666") == drift


def test_a_single_policy_that_is_the_base_is_not_that_of_another_role(tmp_path: Path) -> None:
    put(tmp_path, "base.json", answer("other", OTHER))
    put(tmp_path, "now.json", answer("ci", OTHER))
    assert found(tmp_path, "now.json", "--base", "base.json") == [("now.json", "baseline-new-external-access", OTHER)]


def test_standard_input_has_the_base_of_the_file_whose_name_it_has(tmp_path: Path) -> None:
    committed(tmp_path, ci=trust(OTHER))
    words = ("check", *ONLY, "-", "--stdin-filename", "ci.json", "--base", "HEAD")
    assert json.loads(iamlint(tmp_path, *words, stdin=trust(OTHER).encode()).out)["findings"] == []
    assert json.loads(iamlint(tmp_path, *words, stdin=trust(OTHER, "888877776666").encode()).out)["findings"][0]["path"] == "ci.json"


def test_a_base_that_is_no_policy_language_is_never_a_pass(tmp_path: Path) -> None:
    committed(tmp_path, ci=trust(OTHER)[:-1])
    put(tmp_path, "ci.json", trust(OTHER))
    ended = iamlint(tmp_path, "check", "--base", "HEAD", *ONLY)
    assert ended.code == 3
    [error] = json.loads(ended.out)["errors"]
    assert "`HEAD:ci.json` cannot be read" in error["message"]


def test_a_broken_base_is_told_once_however_many_policies_the_file_has(tmp_path: Path) -> None:
    committed(tmp_path, ci=trust(OTHER)[:-1])
    put(tmp_path, "ci.json", f'{{"Roles": [{answer("ci", OTHER)}, {answer("deploy", OTHER)}]}}')
    assert len(json.loads(iamlint(tmp_path, "check", "--base", "HEAD", *ONLY).out)["errors"]) == 1
    put(tmp_path, "base.json", trust(OTHER)[:-1])
    ended = iamlint(tmp_path, "check", "ci.json", "--base", "base.json", *ONLY)
    assert (ended.code, len(json.loads(ended.out)["errors"])) == (3, 1)


@pytest.mark.parametrize(
    "name", ["no-such-branch", "HEAD~7", "HEAD^{tree}", "--output=owned", "-p", "--upload-pack=touch owned;", "a\nb", "a..b", ":/x"]
)
def test_a_revision_that_is_none_is_an_error_with_a_way_out(tmp_path: Path, name: str) -> None:
    committed(tmp_path, ci=trust(OWN))
    ended = iamlint(tmp_path, "check", f"--base={name}")
    assert ended.code == 2
    assert "error: " in ended.err
    assert "help: name a revision of this repository" in ended.err
    assert not (tmp_path / "owned").exists()


def test_without_a_repository_there_is_no_revision(tmp_path: Path) -> None:
    put(tmp_path, "ci.json", trust(OWN))
    ended = iamlint(tmp_path, "check", "--base", "HEAD")
    assert ended.code == 2
    assert "no repository is here" in ended.err


def test_without_git_a_folder_can_still_be_compared_with(tmp_path: Path) -> None:
    committed(tmp_path, ci=trust(OWN))
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    ended = iamlint(tmp_path, "check", "--base", "HEAD", variables={"PATH": str(nothing)})
    assert ended.code == 2
    assert "install git, or name a folder" in ended.err


def test_nothing_is_not_a_base(tmp_path: Path) -> None:
    assert iamlint(tmp_path, "check", "--base", "").code == 2


def test_names_of_files_are_never_options_or_code(tmp_path: Path) -> None:
    committed(tmp_path, **{"--output=owned": trust(OTHER), "a\nb": trust(OTHER), "$(touch owned)": trust(OTHER)})
    assert found(tmp_path, "--base", "HEAD") == []
    (tmp_path / "--output=owned.json").write_text(trust("888877776666"))
    assert let_in(tmp_path, "--base", "HEAD") == ["888877776666"]
    assert not (tmp_path / "owned").exists()


def test_no_filter_or_hook_of_the_repository_runs(tmp_path: Path) -> None:
    committed(tmp_path, ci=trust(OTHER))
    put(tmp_path, ".gitattributes", "*.json filter=evil diff=evil\n")
    for key in ("filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv", "diff.external", "core.fsmonitor", "core.pager"):
        git(tmp_path, "config", key, f"touch {tmp_path}/owned; cat")
    (tmp_path / "ci.json").rename(tmp_path / "moved.json")
    found(tmp_path, "--base", "HEAD")
    assert not (tmp_path / "owned").exists()


def test_a_symbolic_link_was_what_it_led_to(tmp_path: Path) -> None:
    put(tmp_path, "real/ci.json", trust(OTHER))
    (tmp_path / "ci.json").symlink_to("real/ci.json")
    committed(tmp_path)
    put(tmp_path, "real/ci.json", trust(OTHER) + "\n")
    assert found(tmp_path, "ci.json", "--base", "HEAD") == []


BROKEN = [
    {"Effect": "Deny", "Principal": "*", "Action": "sts:*", "Condition": {"StringNotEqual": {"aws:PrincipalAccount": OWN}}},
    {"Effect": "Denny", "Principal": "*", "Action": "sts:*"},
    {"Effect": "Deny", "Principal": "*", "Action": "sts:*", "NotAction": "sts:TagSession"},
    {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole", "Condition": {"StringEqual": {"aws:PrincipalAccount": OWN}}},
    {"Effect": "Allow", "Principal": "*", "Action": {"a": "b"}},
    {"Effect": "Deny", "Principal": "*", "Action": "sts:*", "Conditions": {}},
    {"Effect": "Deny", "Principal": {"AWS": f"arn:aws:iam::{OTHER}:role/*"}, "Action": "sts:*"},
]


@pytest.mark.parametrize("statement", BROKEN)
def test_what_a_broken_statement_of_the_base_kept_out_is_told(tmp_path: Path, statement: dict[str, object]) -> None:
    broken = json.loads(trust(OTHER))
    broken["Statement"].append(statement)
    committed(tmp_path, ci=json.dumps(broken))
    put(tmp_path, "ci.json", trust(OTHER))
    assert let_in(tmp_path, "--base", "HEAD") == [OTHER]
    put(tmp_path, "ci.json", trust(OWN))
    assert let_in(tmp_path, "--base", "HEAD") == []


def test_a_statement_that_is_as_broken_as_it_was_says_nothing_new(tmp_path: Path) -> None:
    broken = json.loads(trust(OTHER))
    broken["Statement"].append(BROKEN[0])
    committed(tmp_path, ci=json.dumps(broken))
    put(tmp_path, "ci.json", json.dumps(broken, indent=2))
    assert let_in(tmp_path, "--base", "HEAD") == []


def test_an_allow_that_names_nobody_rightly_makes_its_base_no_wider(tmp_path: Path) -> None:
    base = json.loads(trust(OTHER))
    base["Statement"].append({"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{OWN}:role/*"}, "Action": "sts:AssumeRole"})
    committed(tmp_path, ci=json.dumps(base))
    put(tmp_path, "ci.json", trust(OTHER, OWN))
    assert let_in(tmp_path, "--base", "HEAD") == []
