"""Random globs, each with the regular expression that means the same, and every short text to try them on."""

from __future__ import annotations

import re
from itertools import product
from typing import TypeAlias

from hypothesis import strategies as st

from iamlint.access.sets.glob import ANY, NOT_COLON, Chars, Item

Pair: TypeAlias = tuple[tuple[Item, ...], "re.Pattern[str]"]

# `z` stands for every character that no pattern mentions.
LETTERS = "ab:z"


def texts(longest: int, letters: str = LETTERS) -> list[str]:
    """Every text of `letters`, up to a length."""
    return ["".join(chars) for length in range(longest + 1) for chars in product(letters, repeat=length)]


SHORT = texts(5)
_CLASSES = ((Chars("a"), "a"), (Chars("b"), "b"), (Chars(":"), ":"), (ANY, "."), (NOT_COLON, "[^:]"), (Chars("ab"), "[ab]"))
_NEGATED = (Chars("a", negated=True), "[^a]")


def _pair(chosen: list[tuple[tuple[Chars, str], bool]]) -> Pair:
    items = tuple(Item(chars, loop) for (chars, _), loop in chosen)
    return items, re.compile("".join(text + "*" * loop for (_, text), loop in chosen), re.DOTALL)


GLOBS = st.lists(st.tuples(st.sampled_from((*_CLASSES, _NEGATED)), st.booleans()), max_size=5).map(_pair)
"""Sequences of characters, classes and loops of them."""

WILDCARDS = st.text("ab:*?", max_size=6)
"""Patterns as policies have them."""


def expression(wildcards: str) -> re.Pattern[str]:
    """The regular expression of a pattern of a policy."""
    return re.compile("".join({"*": ".*", "?": "."}.get(char, re.escape(char)) for char in wildcards), re.DOTALL)
