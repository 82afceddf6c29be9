"""Do the tier of values alone and the tier with places read the same YAML?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from iamlint.text.source import Source, TextError
from iamlint.text.yaml import read_yaml
from iamlint.text.yaml_compose import Composer
from iamlint.text.yaml_values import NeedsCare, read_values

if TYPE_CHECKING:
    from iamlint.text.tree import Note, Value

TEMPLATES = sorted([*(Path(__file__).parents[2] / "fixtures").rglob("*.yaml"), *(Path(__file__).parents[2] / "fixtures").rglob("*.yml")])
SCALARS = st.sampled_from(["a", "on", "012", "12", "2012-10-17", "2020-01-01", "~", "", "a: b", "*", "<<", "!x", "1e3", "null", "é\n- b"])
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SCALARS, inner, max_size=3), max_leaves=12)
PIECES = st.lists(
    st.sampled_from(
        [
            *("{}[],:-#\n "),
            *("a", "b: ", "- ", "\n  ", "\n- ", "\na: ", "'c'", '"d"', "&x ", "*x", "<<: ", "!Ref ", "!!str ", "! ", "on", "1", "012"),
            *("|\n  t", "? ", "{{ x }}", "\n---\n", "\n...\n", r'"\ud800"', r'"\u00e9"', "%YAML 1.1\n"),
        ]
    ),
    max_size=14,
)
PARSER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def plainly(text: str) -> list[tuple[Value, list[tuple[object, ...]]]] | str | None:
    """What the tier of values says; None where it leaves the text to the other."""
    try:
        return [(root, seen(notes)) for root, notes in read_values(text, PARSER(text))]
    except NeedsCare:
        return None
    except yaml.YAMLError as error:
        return str(error)


def carefully(text: str) -> list[tuple[Value, list[tuple[object, ...]]]] | str:
    composer = Composer(text, PARSER(text))
    found = []
    try:
        while (composed := composer.document()) is not None:
            found.append((composed[0].value, seen(composed[1])))
    except (yaml.YAMLError, TextError) as error:
        return str(error)
    return found


def seen(notes: tuple[Note, ...]) -> list[tuple[object, ...]]:
    return [(note.kind, note.place, note.message, note.help) for note in notes]


@given(VALUES, st.sampled_from([None, True, False]))
@settings(max_examples=300, deadline=None)
def test_they_agree_on_what_is_written_by_pyyaml(value: object, flow: bool | None) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True)
    plain = plainly(text)
    assert plain is None or plain == carefully(text)


@given(PIECES.map("".join))
@settings(max_examples=2_000, deadline=None)
def test_they_agree_on_what_is_odd(text: str) -> None:
    plain = plainly(text)
    assert plain is None or plain == carefully(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_they_agree_on_templates(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    plain = plainly(text)
    assert plain is None or plain == carefully(text)


@pytest.mark.parametrize("text", ["a: &x 1", "- &x 1\n- *x", "<<: {a: 1}", "{a: 1}: b", "a: 1\na: 2", r'"\ud800"', "[" * 201])
def test_what_is_rare_needs_care(text: str) -> None:
    assert plainly(text) is None


def test_each_document_has_its_own_places() -> None:
    trees = read_yaml(Source("x", b"a: 1\n---\nb: 2\n"))
    assert [(tree.document, tree.documents, tree.nodes().span.start) for tree in trees] == [(0, 2, 0), (1, 2, 9)]
