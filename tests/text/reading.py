"""Short ways to read a text in tests and to see what a place underlines."""

from __future__ import annotations

import pytest

from iamlint.text.json import read_json
from iamlint.text.source import Source, TextError
from iamlint.text.tree import Place, Tree
from iamlint.text.yaml import read_yaml


def json_tree(text: str) -> Tree:
    """The tree of a JSON text."""
    return read_json(Source("policy.json", text.encode()))


def yaml_tree(text: str) -> Tree:
    """The tree of the only document of a YAML text."""
    (tree,) = read_yaml(Source("policy.yaml", text.encode()))
    return tree


def underlined(tree: Tree, *route: int, on_key: bool = False) -> str:
    """The text that a place stands for."""
    span = tree.locate(Place(route, on_key=on_key))
    return tree.source.text[span.start : span.end]


def told(text: str, error: TextError) -> tuple[str, str, str]:
    """What an error underlines, what it says and what it advises."""
    return text[error.span.start : error.span.end], error.message, error.help


def refused_json(text: str) -> tuple[str, str, str]:
    """What is said of a text that is no JSON."""
    with pytest.raises(TextError) as caught:
        json_tree(text)
    return told(text, caught.value)


def refused_yaml(text: str) -> tuple[str, str, str]:
    """What is said of a text that is no YAML."""
    with pytest.raises(TextError) as caught:
        read_yaml(Source("policy.yaml", text.encode()))
    return told(text, caught.value)
