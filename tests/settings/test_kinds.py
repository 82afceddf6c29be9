"""`[kinds]`: what the paths of files tell of their policies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iamlint.policy.document import Kind
from iamlint.settings.error import SettingsError
from iamlint.settings.given import assigned
from iamlint.settings.kinds import Kinds, PathKind
from iamlint.settings.settings import Settings
from tests.cli.run import iamlint, put

EVERYTHING = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
BUCKETS_OWN = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "*"}],
    }
)


def kinds(**words: str) -> Kinds:
    return Kinds([PathKind(pattern, word, "here") for pattern, word in words.items()], "/project")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/project/scps/a.json", (Kind.SCP, None)),
        ("/project/deep/scps/b/a.json", (Kind.SCP, None)),
        ("/project/scps/bucket.json", (None, "AWS::S3::Bucket")),
        ("/project/scps.json", (None, None)),
        ("/other/scps/a.json", (Kind.SCP, None)),
        ("<stdin>", (None, None)),
    ],
)
def test_the_last_pattern_that_fits_holds(path: str, told: tuple[Kind | None, str | None]) -> None:
    assert kinds(**{"scps/": "scp", "bucket.json": "AWS::S3::Bucket"}).of(path) == told


@pytest.mark.parametrize(("word", "help"), [("scps", "`scp`"), ("AWS::S3", "AWS::S3::Bucket"), ("Scp", "`scp`"), ("", "use one of trust")])
def test_a_kind_that_does_not_exist_is_refused(word: str, help: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings([assigned(f"kinds.scps/={word}")])
    assert "--set of `scps/`" in caught.value.message
    assert help in caught.value.help


def test_a_folder_of_scps_is_checked_as_such(tmp_path: Path) -> None:
    put(tmp_path, "scps/full.json", EVERYTHING)
    put(tmp_path, "roles/full.json", EVERYTHING)
    put(tmp_path, "iamlint.toml", '[kinds]\n"scps/" = "scp"\n')
    ended = iamlint(tmp_path, "check", "--select", "admin-star", "-o", "json")
    assert [one["path"] for one in json.loads(ended.out)["findings"]] == ["roles/full.json"]


def test_patterns_begin_in_the_folder_of_the_settings(tmp_path: Path) -> None:
    put(tmp_path, "here/scps/full.json", EVERYTHING)
    put(tmp_path, "iamlint.toml", '[kinds]\n"here/scps/*.json" = "scp"\n')
    assert iamlint(tmp_path / "here", "check", "--select", "admin-star").code == 0


def test_the_type_of_a_resource_says_what_its_policy_may_hold(tmp_path: Path) -> None:
    put(tmp_path, "queue.json", BUCKETS_OWN)
    only = ("--select", "resource-policy-unsupported-element", "-o", "concise")
    assert iamlint(tmp_path, "check", *only).out == ""
    put(tmp_path, "iamlint.toml", '[kinds]\n"queue.json" = "AWS::SQS::Queue"\n')
    assert "nothing that can be done to `AWS::SQS::Queue`" in iamlint(tmp_path, "check", *only).out


def test_a_flag_is_heard_in_place_of_the_table(tmp_path: Path) -> None:
    put(tmp_path, "scps/full.json", EVERYTHING)
    put(tmp_path, "iamlint.toml", '[kinds]\n"scps/" = "scp"\n')
    assert iamlint(tmp_path, "check", "--select", "admin-star").code == 0
    assert iamlint(tmp_path, "check", "--select", "admin-star", "--kind", "identity").code == 1


def test_a_type_of_resources_that_nobody_knows_is_said(tmp_path: Path) -> None:
    put(tmp_path, "bucket.json", BUCKETS_OWN)
    put(tmp_path, "iamlint.toml", '[kinds]\n"bucket.json" = "AWS::S3::Bukket"\n')
    assert "nothing is known of `AWS::S3::Bukket`" in iamlint(tmp_path, "check").err


@pytest.mark.parametrize("base", ["old", "old/endpoint/buckets.json"])
def test_what_a_policy_was_is_of_the_kind_that_it_is(tmp_path: Path, base: str) -> None:
    """A file that is compared with stands elsewhere, where no pattern of the settings fits, and looks like the policy of an endpoint."""
    put(tmp_path, "iamlint.toml", '[kinds]\n"/endpoint/*.json" = "resource"\n')
    put(tmp_path, "endpoint/buckets.json", two_buckets("111122223333", "444455556666"))
    select = ("--select", "baseline-new-external-access", "--account", "111122223333", "-o", "concise")
    put(tmp_path, "old/endpoint/buckets.json", two_buckets("111122223333", "444455556666"))
    assert iamlint(tmp_path, "check", "endpoint", "--base", base, *select).out == ""
    put(tmp_path, "old/endpoint/buckets.json", two_buckets("111122223333"))
    assert "444455556666" in iamlint(tmp_path, "check", "endpoint", "--base", base, *select).out


def two_buckets(*accounts: str) -> str:
    resources = ["arn:aws:s3:::amber-a/*", "arn:aws:s3:::amber-b/*"]
    statement = {"Effect": "Allow", "Principal": {"AWS": list(accounts)}, "Action": "s3:GetObject", "Resource": resources}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
