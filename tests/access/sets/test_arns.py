"""Does a pattern over a whole ARN stand for the same strings as its patterns over the parts?"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from iamlint.access.sets.arns import after_prefix, arn_items, fields
from iamlint.access.sets.glob import Glob
from tests.access.globs import GLOBS, SHORT, Pair, texts

LAW = settings(max_examples=150, deadline=None, derandomize=True, database=None)


@LAW
@given(GLOBS, st.integers(1, 4))
def test_fields_stand_for_the_strings_of_the_whole(pair: Pair, count: int) -> None:
    items, whole = pair
    ways = [[Glob(field) for field in way] for way in fields(items, count)]
    for text in SHORT:
        parts = text.split(":", count - 1)
        if len(parts) == count:
            found = any(all(glob.matches(part) for glob, part in zip(way, parts, strict=True)) for way in ways)
            assert found == bool(whole.fullmatch(text)), text


@LAW
@given(GLOBS, st.sampled_from(texts(3)))
def test_what_remains_behind_a_prefix_stands_for_the_ends_of_the_whole(pair: Pair, prefix: str) -> None:
    items, whole = pair
    ends = [Glob(end) for end in after_prefix(items, prefix)]
    for text in texts(4):
        assert any(glob.matches(text) for glob in ends) == bool(whole.fullmatch(prefix + text)), text


@LAW
@given(st.lists(GLOBS, min_size=3, max_size=3))
def test_parts_keep_their_wildcards_to_themselves(pairs: list[Pair]) -> None:
    whole = Glob(arn_items([items for items, _ in pairs]))
    for text in SHORT:
        parts = text.split(":", 2)
        if len(parts) == 3 and not any(":" in item.chars.chars and not item.chars.negated for items, _ in pairs[:2] for item in items):
            assert whole.matches(text) == all(regex.fullmatch(part) for (_, regex), part in zip(pairs, parts, strict=True)), text
