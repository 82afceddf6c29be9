"""What does a JSON source say?

The first tier is the C scanner of `json`: bare values, no places. What it cannot read, and what is rare (repeated keys, halves of
surrogate pairs), goes to the second tier, `json_nodes`, which keeps places and explains errors.
"""

from __future__ import annotations

import json
import re
from functools import cache

from iamlint.text.tree import MAX_DEPTH, Mapping, Number, Tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from iamlint.text.json_place import Finder
    from iamlint.text.source import Source
    from iamlint.text.tree import Node, PlaceFinder, Value

    # What the scanner makes: an object is a tuple of its members (a key that is written twice is there twice), a list a list.
    Bare: TypeAlias = "str | bool | None | Number | list[Bare] | tuple[tuple[str, Bare], ...]"

_BLANKS = " \t\n\r"
# JSON, or what someone took for JSON: its errors then say more than YAML's would.
_LOOKS_LIKE_JSON = r"""\s*(?:[\[{"]|//|/\*|\Z)"""
_SURROGATE = r"\\u[dD][89a-fA-F]"


def is_json(source: Source) -> bool:
    """Whether a source is read as JSON, or else as YAML."""
    name = source.name.lower()
    return name.endswith(".json") or (not name.endswith((".yaml", ".yml")) and re.match(_LOOKS_LIKE_JSON, source.text) is not None)


def scan(source: Source) -> Bare:
    """What a JSON source says, as bare as the scanner makes it; None for what has to be read with more care."""
    text = source.text
    if "\\" in text and re.search(_SURROGATE, text):
        return None
    text = text.lstrip(_BLANKS)
    try:
        bare: Bare
        bare, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return None if text[end:].lstrip(_BLANKS) else bare


def read_json(source: Source) -> Tree:
    """The tree of a JSON source; a TextError when it is not JSON as RFC 8259 has it, or nested too deeply."""
    return tree_of(source, scan(source))


def tree_of(source: Source, bare: Bare) -> Tree:
    """The tree of a JSON source that was scanned."""
    # INVARIANT: whatever the first tier gives, json_nodes.parse gives too (tests/fuzz, tests/text/test_json_tiers.py).
    try:
        root = _frozen(bare, MAX_DEPTH) if bare is not None else None
    except (ValueError, RecursionError):
        bare = None
    if bare is None:
        from iamlint.text.json_nodes import parse

        node, notes = parse(source)
        return Tree(source, node.value, notes, node)
    return Tree(source, root, (), _nodes, nearby=_nearby)


def tree_later(source: Source) -> Tree:
    """The tree of a JSON source that is known to be one and to have no note; what it says is read again when somebody asks."""
    return Tree(source, _root, (), _nodes, nearby=_nearby)


def _root(source: Source) -> Value:
    return read_json(source).root


def _nearby(text: str) -> PlaceFinder:
    return _finder()(text)


@cache
def _finder() -> type[Finder]:
    """What finds places; loaded when the first is asked for."""
    from iamlint.text.json_place import Finder

    return Finder


def _nodes(source: Source) -> Node:
    from iamlint.text.json_nodes import parse

    return parse(source)[0]


def _frozen(bare: Bare, depth: int) -> Value:
    """The value that `bare` is; ValueError for a key that is written twice, and for what is nested deeper than `depth`."""
    if type(bare) is tuple:
        return _mapping(bare, depth)
    if type(bare) is not list:
        return bare  # type: ignore[return-value]  # neither of the two that are made of others
    if not depth:
        raise ValueError
    for item in bare:
        if type(item) is not str:
            return tuple([item if type(item) is str else _frozen(item, depth - 1) for item in bare])
    return tuple(bare)  # type: ignore[arg-type]  # the loop found only strings


def _mapping(members: tuple[tuple[str, Bare], ...], depth: int) -> Mapping:
    if not depth or len(dict(members)) < len(members):
        raise ValueError
    for _, value in members:
        if type(value) is not str:
            return Mapping(tuple([(key, value if type(value) is str else _frozen(value, depth - 1)) for key, value in members]))
    return Mapping(members)  # type: ignore[arg-type]  # the loop found only strings


def _refused(constant: str) -> Value:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(object_pairs_hook=tuple, parse_int=Number, parse_float=Number, parse_constant=_refused)
