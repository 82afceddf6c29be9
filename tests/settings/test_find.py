"""Which settings file holds, and where in it does a setting stand?"""

from __future__ import annotations

from pathlib import Path

import pytest

from iamlint.settings.error import SettingsError
from iamlint.settings.file import read_settings
from iamlint.settings.find import find_settings


def given(folder: Path) -> dict[str, tuple[object, str]]:
    file = find_settings(str(folder))
    return {} if file is None else {one.key: (one.value, one.origin.rsplit("/", 1)[-1]) for one in file.given}


def test_the_nearest_file_holds_alone(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "iamlint.toml").write_text('preset = "audit"\nfail-on = "low"\n')
    (tmp_path / "below/.iamlint.toml").write_text('fail-on = "high"\n')
    assert given(tmp_path / "below") == {"fail-on": ("high", ".iamlint.toml:1")}


def test_a_file_above_holds_below(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "iamlint.toml").write_text('fail-on = "high"\n')
    assert "fail-on" in given(tmp_path / "a/b")


def test_nothing_above_the_root_of_the_repository_holds(tmp_path: Path) -> None:
    (tmp_path / "repository/.git").mkdir(parents=True)
    (tmp_path / "repository/below").mkdir()
    (tmp_path / "iamlint.toml").write_text('fail-on = "high"\n')
    assert given(tmp_path / "repository/below") == {}


def test_a_project_file_holds_when_it_has_our_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n\n[tool.iamlint]\nfail-on = "high"\n')
    assert given(tmp_path) == {"fail-on": ("high", "pyproject.toml:5")}


def test_a_project_file_without_our_table_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "iamlint.toml").write_text('fail-on = "high"\n')
    (tmp_path / "below/pyproject.toml").write_text('[project]\ndependencies = ["iamlint"]\n')
    assert "fail-on" in given(tmp_path / "below")


def test_a_project_file_that_has_nothing_of_ours_need_not_be_toml(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[[[")
    assert given(tmp_path) == {}


def test_our_own_file_comes_before_the_project_file(tmp_path: Path) -> None:
    (tmp_path / "iamlint.toml").write_text('fail-on = "high"\n')
    (tmp_path / "pyproject.toml").write_text('[tool.iamlint]\nfail-on = "low"\n')
    assert given(tmp_path)["fail-on"][0] == "high"


def test_entries_of_tables_have_their_own_lines(tmp_path: Path) -> None:
    (tmp_path / "iamlint.toml").write_text('# mine\n[rules]\n"trust-org-wide" = "off"\n\n[own-tenants]\n"gitlab.com" = ["us"]\n')
    assert given(tmp_path) == {
        "rules": (("trust-org-wide", "off"), "iamlint.toml:3"),
        "own-tenants": (("gitlab.com", "us"), "iamlint.toml:6"),
    }


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ('own-acounts = ["1"]', "unknown setting `own-acounts` in iamlint.toml:1", "did you mean `own-accounts`"),
        ("own-accounts = [111122223333]", "has the number 111122223333", 'in quotes: "111122223333"'),
        ("preset = true", "is not a text", ""),
        ("allow-incomplete = 1", "is not true or false", "allow-incomplete = true"),
        ('rules = "off"', "`rules` in iamlint.toml:1 is not a table", "[rules]"),
        ("[rules]\nx = 1", "iamlint.toml:2", ""),
        ('[[ignore]]\nrule = "x"', "unknown setting `ignore`", ""),
        ("preset = ", "is not TOML", ""),
        ("x = " + "[" * 5000, "is not TOML", ""),
    ],
)
def test_what_cannot_be_used_is_told_with_place_and_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str, help: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "iamlint.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        find_settings(str(tmp_path))
    assert message in caught.value.message
    assert help in caught.value.help


def test_a_settings_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "iamlint.toml").write_bytes(b'preset = "\xff"')
    with pytest.raises(SettingsError, match="not UTF-8"):
        find_settings(str(tmp_path))


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    (tmp_path / "iamlint.toml").write_bytes(b'\xef\xbb\xbffail-on = "high"')
    assert "fail-on" in given(tmp_path)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        read_settings(str(tmp_path / "other.toml"))


def test_a_named_project_file_must_have_our_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    with pytest.raises(SettingsError, match=r"has no `\[tool.iamlint\]`"):
        read_settings(str(tmp_path / "pyproject.toml"))
