"""Where does each key and value of a YAML source stand?"""

from __future__ import annotations

import pytest

from iamlint.text.source import Source
from iamlint.text.yaml import read_yaml
from tests.text.reading import underlined, yaml_tree

POLICY = """\
# a role
Version: 2012-10-17   # quoted or not
Statement:
  - Sid: "one"

    Effect: Allow
    Action:
    - sts:AssumeRole
    - 'sts:TagSession'   # both

  # the second
  - Resource: |
      text
      more


    Principal: {AWS: "*" , Service: [a, b]}
"""


@pytest.mark.parametrize(
    ("route", "text"),
    [
        ((0,), "2012-10-17"),
        ((1, 0, 0), '"one"'),
        ((1, 0, 1), "Allow"),
        ((1, 0, 2), "- sts:AssumeRole\n    - 'sts:TagSession'"),
        ((1, 0, 2, 1), "'sts:TagSession'"),
        ((1, 1, 0), "|\n      text\n      more"),
        ((1, 1, 1), '{AWS: "*" , Service: [a, b]}'),
        ((1, 1, 1, 0), '"*"'),
        ((1, 1, 1, 1), "[a, b]"),
        ((1, 1, 1, 1, 1), "b"),
    ],
)
def test_a_value_is_underlined_without_what_follows_it(route: tuple[int, ...], text: str) -> None:
    assert underlined(yaml_tree(POLICY), *route) == text


@pytest.mark.parametrize(("route", "text"), [((0,), "Version"), ((1, 0, 2), "Action"), ((1, 1, 1, 1), "Service")])
def test_a_key_is_underlined(route: tuple[int, ...], text: str) -> None:
    assert underlined(yaml_tree(POLICY), *route, on_key=True) == text


def test_a_block_collection_ends_with_its_last_value() -> None:
    tree = yaml_tree(POLICY)
    assert underlined(tree, 1, 0).startswith("Sid:")
    assert underlined(tree, 1, 0).endswith("'sts:TagSession'")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_move_places(line_end: str) -> None:
    tree = yaml_tree(POLICY.replace("\n", line_end))
    assert underlined(tree, 1, 1, 1, 1, 1) == "b"


def test_places_are_code_points() -> None:
    assert underlined(yaml_tree("é: 😀 # 😀\nb: [😀, c]"), 1, 1) == "c"


def test_a_byte_order_mark_does_not_move_places() -> None:
    (tree,) = read_yaml(Source("x", b"\xef\xbb\xbfa: b"))
    assert underlined(tree, 0) == "b"


def test_line_separators_that_only_yaml_knows_do_not_move_places() -> None:
    tree = yaml_tree('a: "x\u2028y\x85z"\nb: c')
    assert underlined(tree, 1) == "c"
    span = tree.nodes().children[1].span
    assert tree.source.position(span.start).line == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x b", "b"),
        ("a: &x\n  b: c", "b: c"),
        ("a: &x # why\n  - b", "- b"),
        ("a: &x [b]", "[b]"),
        ("a: !Ref  X", "!Ref  X"),
        ("a: &x !Ref X", "!Ref X"),
        ("a: !Sub\n  - b\n  - c\n", "!Sub\n  - b\n  - c"),
        ("a: 'b\n  c'\n\n", "'b\n  c'"),
        ("a: b\n  c\n# d\n", "b\n  c"),
        ("a: >+\n  b\n\n\n", ">+\n  b"),
    ],
)
def test_a_tag_belongs_to_its_value_and_an_anchor_does_not(text: str, expected: str) -> None:
    assert underlined(yaml_tree(text), 0) == expected


@pytest.mark.parametrize(
    ("text", "offset"),
    [("a:", 2), ("a:   # c\nb: d", 2), ("a:\n\n\nb: c", 2), ("{a: , b: c}", 3), ("{a , b: c}", 2), ("? a\n\n", 3), ('{"a": }', 5)],
)
def test_a_value_that_is_not_written_stands_behind_its_colon(text: str, offset: int) -> None:
    span = yaml_tree(text).nodes().children[0].span
    assert (span.start, span.end) == (offset, offset)


def test_an_item_that_is_not_written_stands_behind_its_dash() -> None:
    span = yaml_tree("-\n- a").nodes().children[0].span
    assert (span.start, span.end) == (1, 1)


def test_a_mapping_ends_behind_what_is_merged_into_it() -> None:
    tree = yaml_tree("- &a {x: 1}\n- &b {y: 1}\n- z: 1\n  <<: [*a, *b]\n# end\n")
    assert underlined(tree, 2) == "z: 1\n  <<: [*a, *b]"
