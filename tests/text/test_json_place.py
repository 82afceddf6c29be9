"""Does finding one place agree with working out all of them?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlint.text.json import read_json
from iamlint.text.json_place import Finder
from iamlint.text.source import Source, TextError
from iamlint.text.tree import Node, Place

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").rglob("*.json"))
SPACE = st.sampled_from(["", " ", "\n  ", "\t", "\r\n"])
SCALARS = st.sampled_from(["1", "-2.5e3", "true", "null", '"a"', '"\\"[{,"', '"\\\\"', '""', '"\\u00e9"', "1" * 5000])


def written(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(parts, max_size=4)
    lists = st.builds(lambda space, found: f"[{space}{f'{space},{space}'.join(found)}{space}]", SPACE, items)
    members = st.builds(
        lambda space, found: "{" + ", ".join(f'"k{n}"{space}:{space}{one}' for n, one in enumerate(found)) + space + "}", SPACE, items
    )
    return lists | members


def places(node: Node, route: tuple[int, ...] = ()) -> Iterator[tuple[Place, Node]]:
    yield Place(route), node
    if node.key is not None:
        yield Place(route, on_key=True), node
    for step, child in enumerate(node.children):
        yield from places(child, (*route, step))


def agrees(source: Source) -> None:
    found = list(places(read_json(source).nodes()))
    # Forward, backward, and in leaps: what was passed for one place must not lead astray from another.
    for order in (found, found[::-1], found[::3] + found[1::3] + found[2::3]):
        find = Finder(source.text)
        for place, node in order:
            assert find(place) == (node.key if place.on_key else node.span)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_every_place_of_a_fixture_is_found(path: Path) -> None:
    source = Source(path.name, path.read_bytes())
    try:
        read_json(source)
    except TextError:
        return
    agrees(source)


@given(st.recursive(SCALARS, written, max_leaves=12), SPACE)
def test_every_place_is_found_however_it_is_written(text: str, space: str) -> None:
    agrees(Source("a.json", f"{space}{text}{space}".encode()))


@pytest.mark.parametrize("route", [(2,), (0, 0), (1, 1), (1, 0, 0)])
def test_a_place_that_is_not_there_is_not_found(route: tuple[int, ...]) -> None:
    assert Finder('{"a": 1, "b": [true]}')(Place(route)) is None
    assert Finder("[]")(Place((0,))) is None
