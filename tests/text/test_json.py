"""What does a JSON source say?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iamlint.text.json import read_json
from iamlint.text.json_nodes import parse
from iamlint.text.source import Source, TextError
from iamlint.text.tree import MAX_DEPTH, Mapping, Number, Place
from tests.text.reading import json_tree, refused_json, underlined

if TYPE_CHECKING:
    from iamlint.text.tree import Value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"a"', "a"),
        ("true", True),
        ("null", None),
        ("[]", ()),
        ("{}", Mapping(())),
        ('[[1], "x", [[]]]', ((Number("1"),), "x", ((),))),
        ('{"a": [{"b": false}]}', Mapping((("a", (Mapping((("b", False),)),)),))),
        (r'"\u00e9\ud83d\ude00\n"', "é😀\n"),
    ],
)
def test_values_are_plain_and_lists_are_tuples(text: str, value: Value) -> None:
    assert json_tree(text).root == value


@pytest.mark.parametrize("text", ["0", "-0", "012345678901"[1:], "1e400", "1.10", "123456789012345678901234567890", "1E-5"])
def test_numbers_keep_their_text(text: str) -> None:
    assert json_tree(text).root == Number(text)


def test_a_repeated_key_is_kept_and_noted_at_the_later_key() -> None:
    tree = json_tree('{"a": 1, "b": [{"c": 1, "c": 2}], "a": 3}')
    assert isinstance(tree.root, Mapping)
    assert [key for key, _ in tree.root] == ["a", "b", "a"]
    assert tree.root.get("a") == Number("3")
    assert [(note.kind, note.place) for note in tree.notes] == [
        ("repeated-key", Place((1, 0, 1), on_key=True)),
        ("repeated-key", Place((2,), on_key=True)),
    ]
    assert tree.notes[1].message == "the key `a` is already in this object"


def test_keys_are_the_same_however_they_are_escaped() -> None:
    assert [note.kind for note in json_tree(r'{"a": 1, "\u0061": 2}').notes] == ["repeated-key"]


def test_keys_and_values_are_underlined_exactly() -> None:
    tree = json_tree('{\r\n  "é" : "😀",\n "list": [ 1 , {"k":null}]}')
    assert underlined(tree, 0, on_key=True) == '"é"'
    assert underlined(tree, 0) == '"😀"'
    assert underlined(tree, 1) == '[ 1 , {"k":null}]'
    assert underlined(tree, 1, 0) == "1"
    assert underlined(tree, 1, 1, 0, on_key=True) == '"k"'
    assert underlined(tree, 1, 1, 0) == "null"


def test_a_step_that_is_not_there_is_the_value_around_it() -> None:
    assert underlined(json_tree('{"a": [1]}'), 0, 7, 2) == "[1]"


def test_spans_leave_the_byte_order_mark_out() -> None:
    tree = read_json(Source("x", b'\xef\xbb\xbf{"a": 1}'))
    assert underlined(tree, 0) == "1"


def test_nesting_up_to_the_limit_is_read_by_both_tiers() -> None:
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert json_tree(text).root == parse(Source("x", text.encode()))[0].value


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 900, 1_100, 10_000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
def test_nesting_beyond_the_limit_is_refused_where_it_goes_too_deep(depth: int, opening: str, closing: str) -> None:
    text = opening * depth + "1" + closing * depth
    assert refused_json(text)[1:] == ("nested more than 200 levels deep", "take this part out; no policy needs such depth")


def test_the_error_on_nesting_is_at_the_first_bracket_too_many() -> None:
    with pytest.raises(TextError) as caught:
        json_tree("[" * 10_000)
    assert caught.value.span.start == MAX_DEPTH


def test_many_shallow_brackets_are_not_deep() -> None:
    tree = json_tree("[" + ",".join(["[]"] * 1_000) + "]")
    assert isinstance(tree.root, tuple)
    assert len(tree.root) == 1_000


def test_brackets_in_strings_are_not_deep() -> None:
    assert json_tree('["' + "[" * 1_000 + '"]').root == ("[" * 1_000,)


def test_ten_megabytes_are_read() -> None:
    tree = json_tree("[" + ",".join(['{"Effect": "Allow", "Action": "*"}'] * 280_000) + "]")
    assert isinstance(tree.root, tuple)
    assert len(tree.root) == 280_000
