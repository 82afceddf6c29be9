"""What do settings mean together?"""

from __future__ import annotations

import pytest

from iamlint.finding import Severity
from iamlint.settings.error import SettingsError
from iamlint.settings.given import KEYS, Given, assigned
from iamlint.settings.settings import Settings

OURS = "111122223333"
THEIRS = "444455556666"


def test_without_settings_the_defaults_hold() -> None:
    settings = Settings()
    assert (settings.preset, settings.fail_on, settings.min_severity) == ("recommended", Severity.LOW, Severity.INFO)
    assert not settings.zone.configured


def test_what_is_said_later_wins() -> None:
    settings = Settings([Given("fail-on", "low", "iamlint.toml:1"), assigned("fail-on=high"), Given("fail-on", "medium", "--fail-on")])
    assert settings.fail_on is Severity.MEDIUM


def test_who_is_us_is_added_up() -> None:
    settings = Settings([Given("own-accounts", (OURS,), "iamlint.toml:1"), Given("own-accounts", (THEIRS,), "--account")])
    assert settings.zone.accounts == {OURS, THEIRS}


def test_the_zone_has_accounts_organizations_and_tenants() -> None:
    said = [
        assigned(f"own-accounts={OURS}"),
        assigned(f"trusted-accounts={THEIRS}"),
        assigned("own-organizations=o-a1b2c3d4e5"),
        assigned("own-tenants.https://GitLab.com/=us,them"),
    ]
    zone = Settings(said).zone
    assert [set(part) for part in (zone.accounts, zone.trusted, zone.organizations)] == [{OURS}, {THEIRS}, {"o-a1b2c3d4e5"}]
    assert zone.tenants == {"gitlab.com": {"us", "them"}}


def test_a_selection_replaces_an_earlier_one_and_ignored_rules_add_up() -> None:
    settings = Settings([assigned(text) for text in ("select=a,b", "ignore-rules=x", "rules.z=off", "select=c", "ignore-rules=y")])
    assert [(choice.selector, choice.on) for choice in settings.choices] == [("x", False), ("z", False), ("c", True), ("y", False)]


@pytest.mark.parametrize("value", ["a, b", "[a,b]", '["a", "b"]', "'a','b'", "a,,b,"])
def test_a_list_is_written_with_commas(value: str) -> None:
    assert assigned(f"exclude={value}").value == ("a", "b")


@pytest.mark.parametrize(
    "text",
    [
        "fail-on",
        "fail-on=urgent",
        "colour=red",
        "rules=off",
        "rules.x=sometimes",
        "allow-incomplete=yes",
        "own-accounts=12",
        "own-accounts=11112222333a",
        "own-accounts=１１１１２２２２３３３３",
        "own-organizations=a1b2c3d4e5",
        "own-organizations=o-SHOUTED000",
        "rules-as-of=next",
        "rules-as-of=1..2",
        "expects=s3:ListBuckets",
        "expects.reader=s3:ListBucket",
        "expects.reader=s3:LisBucket on arn:aws:s3:::amber",
    ],
)
def test_what_cannot_be_is_refused_with_its_origin_and_a_way_out(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings([assigned(text)])
    assert "--set" in caught.value.message
    assert caught.value.help


def test_calls_that_are_to_work_add_up() -> None:
    given = [
        Given("expects", ("reader", "s3:ListBuckets"), "iamlint.toml:2"),
        assigned("expects.reader=s3:HeadBucket on arn:aws:s3:::amber"),
    ]
    told = [(intent.name, call.name) for intent in Settings(given).intents for call in intent.calls]
    assert told == [("reader", "s3:ListBuckets"), ("reader", "s3:HeadBucket")]


def test_every_setting_is_documented() -> None:
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs/settings.md").read_text(encoding="utf-8")
    assert [key for key in KEYS if f"### `{key}`" not in page and f"### `[{key}]`" not in page] == []
