"""Does a reader keep its promises on these bytes: a tree or a TextError, tiers that agree, spans that underline their values?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING

import yaml

from iamlint.text.edit import AddMember, Remove, SetValue, edits
from iamlint.text.edit_layout import Layout
from iamlint.text.json import read_json
from iamlint.text.json_nodes import parse
from iamlint.text.read import read
from iamlint.text.source import Source, TextError
from iamlint.text.tree import Mapping, Node, Number, Place, Tagged, Tree
from iamlint.text.yaml import read_yaml

if TYPE_CHECKING:
    from iamlint.text.tree import Value

# What makes a part of a YAML text depend on the rest of it, or on the column it stands in.
_NEEDS_CONTEXT = re.compile(r"[&*%]|<<|[\]}]\s*:|\{\{|\? |---|\.\.\.|[\x85\u2028\u2029\ufeff]|[|>][-+]?[0-9]")


def examine(name: str, data: bytes) -> str:
    """Read `data` as `name` and assert what every reading promises; gives `tree` or the message of the error."""
    source = Source(name, data)
    try:
        trees = read(source)
    except TextError as error:
        _check_error(source, error)
        return error.message
    for tree in trees:
        _check_spans(tree)
        if tree.language == "json":
            _check_tiers(tree)
        else:
            _check_against_pyyaml(tree, len(trees))
        _check_edits(tree, Random(len(data)))
    return "tree"


def _check_error(source: Source, error: TextError) -> None:
    assert error.message, "an error says what is wrong"
    assert error.help, "an error says what to do"
    shown = source.position(1 << 40)
    end = source.position(error.span.end)
    assert 0 <= error.span.start <= error.span.end, error.span
    assert (end.line, end.column) <= (shown.line, shown.column)
    assert "\n" not in error.help, error.help
    text = _text(source)
    assert text is None or error.span.end <= len(text), "the place of an error is inside the text"


def _text(source: Source) -> str | None:
    try:
        return source.text
    except TextError:
        return None


def _check_tiers(tree: Tree) -> None:
    node, notes = parse(tree.source)
    assert node.value == tree.root, "both tiers read the same value"
    assert [(note.kind, note.place) for note in notes] == [(note.kind, note.place) for note in tree.notes]
    assert _plain(tree.root) == json.loads(tree.source.text, parse_int=str, parse_float=str, object_pairs_hook=_pairs)


def _pairs(pairs: list[tuple[str, object]]) -> object:
    return {"members": pairs}


def _plain(value: Value) -> object:
    if isinstance(value, Mapping):
        return {"members": [(key, _plain(member)) for key, member in value]}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.text if isinstance(value, Number) else value


def _check_spans(tree: Tree) -> None:
    text = tree.source.text
    alone = tree.language == "json" or not _NEEDS_CONTEXT.search(text)
    budget = 60
    for place, node, key, in_brackets in _walk(Layout(tree), tree.nodes(), (), None, False):
        assert 0 <= node.span.start <= node.span.end <= len(text)
        assert tree.locate(Place(place)) == node.span
        if (node.key is None) != (key is None):
            raise AssertionError(f"a member has a key and nothing else has one: {place}")
        if node.key is not None:
            assert 0 <= node.key.start <= node.key.end <= len(text)
        if alone and budget > 0:
            budget -= 1
            _check_underlined(tree, node, key, in_brackets)


def _walk(
    layout: Layout, node: Node, route: tuple[int, ...], key: str | None, in_brackets: bool
) -> Iterator[tuple[tuple[int, ...], Node, str | None, bool]]:
    yield route, node, key, in_brackets
    value = node.value.value if isinstance(node.value, Tagged) else node.value
    keys: list[str | None] = [key for key, _ in value] if isinstance(value, Mapping) else [None] * len(node.children)
    assert len(keys) == len(node.children)
    inner = in_brackets or layout.is_flow(node)
    if len(route) < 12:
        for number, (child, name) in enumerate(zip(node.children, keys, strict=True)):
            yield from _walk(layout, child, (*route, number), name, inner)


def _check_underlined(tree: Tree, node: Node, key: str | None, in_brackets: bool) -> None:
    text = tree.source.text
    underlined = text[node.span.start : node.span.end]
    if tree.language == "json":
        assert read_json(Source("part.json", underlined.encode())).root == node.value
        assert key is None or json.loads(text[node.key.start : node.key.end]) == key  # type: ignore[union-attr]  # it has a key
        return
    if not underlined:
        assert node.value is None or node.value == "" or isinstance(node.value, Mapping), node.value
        return
    if in_brackets:
        assert [each.root for each in read_yaml(Source("part.yaml", f"[{underlined}]".encode()))] == [(node.value,)]
        return
    start = max(text.rfind("\n", 0, node.span.start), text.rfind("\r", 0, node.span.start)) + 1
    indented = " " * (node.span.start - start) + underlined
    if underlined[0] in "|>":
        # A block scalar ends with its line, and its indentation is that of its own lines.
        assert isinstance(node.value, str)
        return
    found = read_yaml(Source("part.yaml", indented.encode()))
    assert [each.root for each in found] == [node.value] or _ends_in_block(node), (underlined, node.value)


def _ends_in_block(node: Node) -> bool:
    """Whether the last scalar is a block scalar, which may lose its final line end when it stands alone."""
    while node.children:
        node = node.children[-1]
    return (isinstance(node.value, str) and "\n" in node.value) or isinstance(node.value, Tagged) or node.value == ""


def _check_against_pyyaml(tree: Tree, documents: int) -> None:
    text = tree.source.text
    if re.search(r"<<|\{\{|[&*]|\? |\ud83d", text):
        return
    loaded = list(yaml.load_all(text, yaml.CBaseLoader)) if _is_hashable(text) else None
    if loaded is None:
        return
    assert len(loaded) == documents
    _same(tree.root, loaded[tree.document])


def _check_edits(tree: Tree, random: Random) -> None:
    """Any change gives edits that do what was asked (`edits` makes sure of that itself) or a TextError; in JSON always edits."""
    routes = [route for route, *_ in _walk(Layout(tree), tree.nodes(), (), None, False)]
    place = Place(random.choice(routes[:500]))
    for change in (SetValue(place, "x"), SetValue(place, Mapping((("a", ("b",)),))), Remove(place), AddMember(place, "n", None)):
        error = _refusal(tree, change)
        if error is not None:
            _check_error(tree.source, error)
            assert tree.language == "yaml" or "whole document" in error.message or "not an object" in error.message, change


def _refusal(tree: Tree, change: SetValue | Remove | AddMember) -> TextError | None:
    try:
        edits(tree, [change])
    except TextError as error:
        return error
    return None


def _is_hashable(text: str) -> bool:
    try:
        list(yaml.load_all(text, yaml.CBaseLoader))
    except yaml.constructor.ConstructorError:
        return False  # a collection as a key, which is text to us
    return True


def _same(value: Value, loaded: object) -> None:
    if isinstance(value, Tagged):
        _same(value.value, loaded)
    elif isinstance(value, Mapping):
        assert isinstance(loaded, dict), loaded
        assert list(dict.fromkeys(key for key, _ in value)) == list(loaded)
        for key in loaded:
            _same(value.get(key), loaded[key])
    elif isinstance(value, tuple):
        assert isinstance(loaded, list), loaded
        assert len(value) == len(loaded)
        for item, other in zip(value, loaded, strict=True):
            _same(item, other)
    elif isinstance(value, Number):
        assert loaded == value.text
        float(value.text)
    elif isinstance(value, str):
        assert loaded == value
