"""Do the tier without places and the tier with places read the same?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from iamlint.text.json import read_json
from iamlint.text.json_nodes import parse
from iamlint.text.source import Source, TextError

if TYPE_CHECKING:
    from iamlint.text.tree import Value

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=15,
)
PIECES = st.lists(
    st.sampled_from([*'{}[],:"0-\\ \n', "true", "null", "1.5", '"a"', '"a":', r"\u00e9", r"\ud83d", "1e400", "NaN", "//"]), max_size=12
)


def fast(text: str) -> Value | str:
    try:
        return read_json(Source("x", text.encode())).root
    except TextError as error:
        return error.message


def placed(text: str) -> Value | str:
    try:
        return parse(Source("x", text.encode()))[0].value
    except TextError as error:
        return error.message


@given(VALUES, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
@settings(max_examples=300, deadline=None)
def test_they_agree_on_what_is_json(value: object, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert fast(text) == placed(text)


@given(PIECES.map("".join))
@settings(max_examples=1_000, deadline=None)
def test_they_agree_on_what_is_not(text: str) -> None:
    assert fast(text) == placed(text)
