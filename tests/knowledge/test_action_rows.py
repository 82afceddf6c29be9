"""Do the lines of a service's table say what the whole table says?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import iamlint.knowledge
from iamlint.knowledge.action_rows import ActionRows, has, row_in
from iamlint.knowledge.data import service_table
from iamlint.knowledge.names import prefixes

FOLDER = Path(iamlint.knowledge.__file__).parent / "aws" / "services"
TEXT = '\n"GetThing":{"l":"R","r":{"thing*":"=","group":["a:Tag/${}"]},"k":["a:Key"],"d":["b:Do"]},\n"List":{"l":"L"}'


def test_what_a_service_says_is_said_by_its_lines() -> None:
    for prefix in prefixes():
        whole = json.loads((FOLDER / f"{prefix}.json").read_text(encoding="utf-8"))
        head, text = service_table(prefix)
        rows = ActionRows(text)
        assert dict(row_in(rows.line(name)) for name in rows) == whole.pop("actions")
        assert [rows.line(name.lower()) for name in rows] == [rows.line(name) for name in rows]
        assert head == whole


def test_names_cannot_be_taken_for_others() -> None:
    for prefix in prefixes():
        text = (FOLDER / f"{prefix}.json").read_text(encoding="utf-8")
        head, actions = service_table(prefix)
        rows = ActionRows(actions)
        assert "\\" not in text
        assert not [key for key in head["keys"] if ":" not in key]
        assert not [name for name in head["resources"] if len(name) == 1 or ":" in name]
        assert not {action for name in rows for action in row_in(rows.line(name))[1].get("d", ())} & set(head["keys"])


@pytest.mark.parametrize(
    ("name", "key", "types", "there"),
    [
        ("getthing", "a:Key", (), True),
        ("getthing", "a:Tag/${}", (), True),
        ("getthing", "a:Other", ("thing", "thing*"), True),
        ("getthing", "a:Other", ("other", "other*"), False),
        ("getthing", "a:Other", ("GetThing",), False),
        ("list", "a:Key", ("thing", "thing*"), False),
    ],
)
def test_a_key_is_an_action_s_own_or_that_of_a_target(name: str, key: str, types: tuple[str, ...], there: bool) -> None:
    assert has(ActionRows(TEXT).line(name), key, frozenset(types)) is there


def test_some_action_has_what_one_of_them_has() -> None:
    rows = ActionRows(TEXT)
    assert rows.some_has("a:Key", frozenset())
    assert rows.some_has("a:Other", frozenset({"thing", "thing*"}))
    assert not rows.some_has("a:Other", frozenset({"other"}))


@pytest.mark.parametrize("name", ['GetThing":{"l', 'getthing":{"l', "Get", "zzz", ""])
def test_what_a_line_says_behind_the_name_is_no_name(name: str) -> None:
    assert ActionRows(TEXT).line(name) == ActionRows("").line(name) == ""
