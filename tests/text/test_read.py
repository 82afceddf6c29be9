"""Which format is this source in?"""

from __future__ import annotations

import pytest

from iamlint.text.read import read
from iamlint.text.source import Source, TextError


def languages(name: str, text: str) -> list[str]:
    return [tree.language for tree in read(Source(name, text.encode()))]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.json", "{}", ["json"]),
        ("a.JSON", "{}", ["json"]),
        ("a.yaml", "{}", ["yaml"]),
        ("a.yml", "a: 1\n---\nb: 2", ["yaml", "yaml"]),
        ("a.template", ' \n{"a": 1}', ["json"]),
        ("a.template", "a: 1", ["yaml"]),
        ("<stdin>", "[1]", ["json"]),
        ("<stdin>", "- 1", ["yaml"]),
        ("policy", '"text"', ["json"]),
        ("a.yaml", "", []),
    ],
)
def test_the_name_decides_and_else_the_beginning(name: str, text: str, expected: list[str]) -> None:
    assert languages(name, text) == expected


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", "a: 1", "`a` stands outside a string"),
        ("a.template", "// c\n{}", "JSON has no comments"),
        ("policy", "{'a': 1}", "JSON strings stand in double quotes"),
        ("policy", "", "the file is empty"),
    ],
)
def test_what_was_meant_as_json_is_refused_as_json(name: str, text: str, message: str) -> None:
    with pytest.raises(TextError) as caught:
        read(Source(name, text.encode()))
    assert caught.value.message == message
