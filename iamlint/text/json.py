"""What does a JSON source say?

The first tier is the C scanner of `json`: plain values, no places. What it cannot read, and what is rare (repeated keys, halves of
surrogate pairs), goes to the second tier, `json_nodes`, which keeps places and explains errors.
"""

from __future__ import annotations

import json
import re

from iamlint.text.tree import MAX_DEPTH, Mapping, Number, Tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from iamlint.text.source import Source
    from iamlint.text.tree import Node, PlaceFinder, Value

_SURROGATE = r"\\u[dD][89a-fA-F]"


def read_json(source: Source) -> Tree:
    """The tree of a JSON source; a TextError when it is not JSON as RFC 8259 has it, or nested too deeply."""
    text = source.text
    try:
        root = _fast(text)
    except (ValueError, RecursionError):
        from iamlint.text.json_nodes import parse

        node, notes = parse(source)
        return Tree(source, node.value, notes, node)
    return Tree(source, root, (), _nodes, nearby=_nearby)


def _nearby(text: str) -> PlaceFinder:
    from iamlint.text.json_place import Finder

    return Finder(text)


def _nodes(source: Source) -> Node:
    from iamlint.text.json_nodes import parse

    return parse(source)[0]


def _fast(text: str) -> Value:
    """The value of `text`; ValueError or RecursionError when it has to be read with more care."""
    # INVARIANT: whatever this gives, json_nodes.parse gives too (tests/fuzz, tests/text/test_json_tiers.py).
    if "\\" in text and re.search(_SURROGATE, text):
        raise ValueError
    decoded = _DECODER.decode(text)
    root: Value = _frozen(decoded) if decoded.__class__ is list else decoded
    # A text with few brackets cannot be deep, and counting them is far cheaper than walking.
    if text.count("{") + text.count("[") > MAX_DEPTH and _is_deeper(root, MAX_DEPTH):
        raise ValueError
    return root


def _mapping(pairs: list[tuple[str, Any]]) -> Mapping:
    if len(pairs) > 1 and len(dict(pairs)) != len(pairs):
        raise ValueError
    for _, value in pairs:
        if value.__class__ is list:
            return Mapping(tuple([(key, value if value.__class__ is not list else _frozen(value)) for key, value in pairs]))
    return Mapping(tuple(pairs))


def _frozen(value: list[Any]) -> Value:
    """`value` with its lists as tuples; lists are only ever inside lists here, mappings are frozen when they are made."""
    for item in value:
        if item.__class__ is list:
            return tuple([item if item.__class__ is not list else _frozen(item) for item in value])
    return tuple(value)


def _refused(constant: str) -> Value:
    raise ValueError(constant)


def _is_deeper(root: Value, limit: int) -> bool:
    level = [root]
    for _ in range(limit):
        inner: list[Value] = []
        for value in level:
            if type(value) is Mapping:
                inner.extend([member for _, member in value.members])
            elif type(value) is tuple:
                inner.extend(value)
        if not inner:
            return False
        level = [value for value in inner if type(value) is Mapping or type(value) is tuple]
    return bool(level)


_DECODER = json.JSONDecoder(object_pairs_hook=_mapping, parse_int=Number, parse_float=Number, parse_constant=_refused)
