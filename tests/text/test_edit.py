"""Which characters change, and which stay?"""

from __future__ import annotations

import pytest

from iamlint.text.edit import AddMember, Edit, Remove, RenameKey, SetValue, apply, edits
from iamlint.text.json import read_json
from iamlint.text.source import Source, Span, TextError
from iamlint.text.tree import Mapping, Number, Place, Tagged, Tree
from tests.text.reading import json_tree, yaml_tree

Changes = SetValue | RenameKey | Remove | AddMember
NEW = Mapping((("Bool", Mapping((("aws:MultiFactorAuthPresent", "true"),))), ("Null", (True, None, Number("1")))))

POLICY = """\
{
    "Version": "2008-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": ["sts:AssumeRole", "sts:TagSession"],
            "Condition": {}
        }
    ]
}
"""


def edited(tree: Tree, *changes: Changes) -> str:
    return apply(tree.source.text, edits(tree, changes))


def lines_changed(before: str, after: str) -> list[str]:
    import difflib

    return [line.rstrip("\r\n") for line in difflib.ndiff(before.splitlines(True), after.splitlines(True)) if line[0] in "+-"]


def place(*route: int, on_key: bool = False) -> Place:
    return Place(route, on_key=on_key)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (SetValue(place(0), "2012-10-17"), ['-     "Version": "2008-10-17",', '+     "Version": "2012-10-17",']),
        (
            RenameKey(place(1, 0, 1, on_key=True), "NotPrincipal"),
            ['-             "Principal": {"AWS": "*"},', '+             "NotPrincipal": {"AWS": "*"},'],
        ),
        (Remove(place(1, 0, 1)), ['-             "Principal": {"AWS": "*"},']),
        (
            Remove(place(1, 0, 3)),
            [
                '-             "Action": ["sts:AssumeRole", "sts:TagSession"],',
                '+             "Action": ["sts:AssumeRole", "sts:TagSession"]',
                '-             "Condition": {}',
            ],
        ),
        (
            Remove(place(1, 0, 2, 0)),
            ['-             "Action": ["sts:AssumeRole", "sts:TagSession"],', '+             "Action": ["sts:TagSession"],'],
        ),
        (
            AddMember(place(1, 0, 1), "Service", "ec2.amazonaws.com"),
            ['-             "Principal": {"AWS": "*"},', '+             "Principal": {"AWS": "*", "Service": "ec2.amazonaws.com"},'],
        ),
        (
            AddMember(place(1, 0, 3), "Bool", Mapping((("a", "b"),))),
            [
                '-             "Condition": {}',
                '+             "Condition": {',
                '+                 "Bool": {',
                '+                     "a": "b"',
                "+                 }",
                "+             }",
            ],
        ),
        (AddMember(place(), "Id", "x"), ["-     ]", "+     ],", '+     "Id": "x"']),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_json_changes_no_more_than_it_has_to(change: Changes, expected: list[str], line_end: str) -> None:
    text = POLICY.replace("\n", line_end)
    after = edited(json_tree(text), change)
    assert lines_changed(text, after) == expected
    assert after.count("\r\n") in (0, after.count("\n"))


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        ('{"a":1,"b":2}', Remove(place(0)), '{"b":2}'),
        ('{"a":1,"b":2}', Remove(place(1)), '{"a":1}'),
        ('{"a":1,"b":2}', AddMember(place(), "c", (True, None, Number("1"))), '{"a":1,"b":2,"c":[true,null,1]}'),
        ('{ "a": 1 }', AddMember(place(), "c", "d"), '{ "a": 1, "c": "d" }'),
        ('{"a" : 1}', AddMember(place(), "c", "d"), '{"a" : 1, "c" : "d"}'),
        ("{}", AddMember(place(), "a", ()), '{"a": []}'),
        ('{"a": 1}', Remove(place(0)), "{}"),
        ("[1, 2, 3]", Remove(place(1)), "[1, 3]"),
        ("[\n\t1\n]", Remove(place(0)), "[]"),
        ('{\n\t"a": {\n\t\t"b": 1\n\t}\n}', AddMember(place(0), "c", 'd"\n'), '{\n\t"a": {\n\t\t"b": 1,\n\t\t"c": "d\\"\\n"\n\t}\n}'),
        ('"a"', SetValue(place(), "\u202e\x7f😀"), '"\\u202e\\u007f😀"'),
        ('{"a": 1, "a": 2}', Remove(place(0)), '{"a": 2}'),
    ],
)
def test_json_is_written_in_the_manner_of_its_text(text: str, change: Changes, expected: str) -> None:
    assert edited(json_tree(text), change) == expected


def test_members_come_and_go_at_once() -> None:
    tree = json_tree('{"a": 1, "b": 2, "c": 3}')
    changes: list[Changes] = [
        Remove(place(0)),
        Remove(place(2)),
        AddMember(place(), "d", Number("4")),
        AddMember(place(), "e", Number("5")),
    ]
    assert edited(tree, *changes) == '{"b": 2, "d": 4, "e": 5}'
    assert edited(tree, *[Remove(place(n)) for n in range(3)], AddMember(place(), "d", "x")) == '{"d": "x"}'


ROLE = """\
# who may come in
Version: 2008-10-17   # old
Statement:
  # first
  - Effect: Allow   # yes
    Principal: {AWS: '*'}
    Action:
      - sts:AssumeRole  # one
      - 'sts:TagSession'
    # last
    Resource: |+
      text

  - Effect: Deny
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (SetValue(place(0), "2012-10-17"), ["- Version: 2008-10-17   # old", '+ Version: "2012-10-17"   # old']),
        (SetValue(place(1, 0, 0), "Deny"), ["-   - Effect: Allow   # yes", "+   - Effect: Deny   # yes"]),
        (SetValue(place(1, 0, 2, 1), "sts:*"), ["-       - 'sts:TagSession'", "+       - 'sts:*'"]),
        (
            SetValue(place(1, 0, 2), "sts:AssumeRole"),
            ["+     Action: sts:AssumeRole", "-     Action:", "-       - sts:AssumeRole  # one", "-       - 'sts:TagSession'"],
        ),
        (
            SetValue(place(1, 1, 0), ("a", Tagged("!Ref", "B"))),
            ["-   - Effect: Deny", "+   - Effect:", "+       - a", "+       - !Ref B"],
        ),
        (RenameKey(place(1, 0, 1, on_key=True), "NotPrincipal"), ["-     Principal: {AWS: '*'}", "+     NotPrincipal: {AWS: '*'}"]),
        (Remove(place(1, 0, 1)), ["-     Principal: {AWS: '*'}"]),
        (Remove(place(1, 0, 2, 0)), ["-       - sts:AssumeRole  # one"]),
        (Remove(place(1, 1)), ["-   - Effect: Deny"]),
        (AddMember(place(1, 0, 1), "Service", "ec2"), ["-     Principal: {AWS: '*'}", "+     Principal: {AWS: '*', Service: \"ec2\"}"]),
        (
            AddMember(place(1, 0), "Condition", NEW),
            [
                "+     Condition:",
                "+       Bool:",
                '+         aws:MultiFactorAuthPresent: "true"',
                '+       "Null":',
                "+         - true",
                "+         - null",
                "+         - 1",
            ],
        ),
        (AddMember(place(), "Id", "x"), ["+ Id: x"]),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_yaml_changes_no_more_than_it_has_to(change: Changes, expected: list[str], line_end: str) -> None:
    text = ROLE.replace("\n", line_end)
    after = edited(yaml_tree(text), change)
    assert lines_changed(text, after) == expected
    assert after.count("\r\n") in (0, after.count("\n"))


@pytest.mark.parametrize(
    ("text", "change", "expected"),
    [
        ("- a: 1\n  b: 2\n", Remove(place(0, 0)), "- b: 2\n"),
        ("a:\n- b\n- c\n", Remove(place(0, 1)), "a:\n- b\n"),
        ("a:\n- b\n", Remove(place(0, 0)), "a: []\n"),
        ("a:\n  b: c\n", Remove(place(0, 0)), "a: {}\n"),
        ("a:\n- b\nc: d\n", AddMember(place(), "e", ("f",)), "a:\n- b\nc: d\ne:\n- f\n"),
        ("a:\nb: c\n", SetValue(place(0), "*"), 'a: "*"\nb: c\n'),
        ("a: # why\n  - b\n", SetValue(place(0), "c"), "a: c # why\n"),
        ("a: &x\n  b: c\n", SetValue(place(0), Mapping((("d", "e"),))), "a: &x\n  d: e\n"),
        ("a: b", AddMember(place(), "c", "yes"), 'a: b\nc: "yes"'),
        ("a: !Foo {b: c}", AddMember(place(0), "d", "e"), 'a: !Foo {b: c, d: "e"}'),
        ("[a, # about a\n b]", Remove(place(1)), "[a # about a\n]"),
        ("[\n a, # about a\n b\n]", Remove(place(1)), "[\n a # about a\n]"),
        ("-\n- a\n", SetValue(place(0), "b"), "- b\n- a\n"),
        ("a: {}\n", AddMember(place(0), "b", "c"), 'a: {"b": "c"}\n'),
    ],
)
def test_yaml_is_written_in_the_manner_of_its_text(text: str, change: Changes, expected: str) -> None:
    assert edited(yaml_tree(text), change) == expected


@pytest.mark.parametrize(
    ("text", "change", "message"),
    [
        ("a: &x [1]\nb: *x", SetValue(place(1, 0), "c"), "this value is repeated here by an alias"),
        ("a: &x {c: 1}\nb:\n  <<: *x", Remove(place(1, 0)), "this value is repeated here by an alias"),
        ("a: &x [1]\nb: *x", SetValue(place(0, 0), "c"), "this cannot be changed on its own"),
        ("a: 1", Remove(place()), "the whole document cannot be taken out"),
        ("a: 1", Remove(place(0, 3)), "there is nothing at the place to be changed"),
        ("a: 1", AddMember(place(0), "b", "c"), "no member can be added to what is not an object"),
        ("- 1", RenameKey(place(0, on_key=True), "b"), "an item of a list has no key"),
        ("[a: b]", AddMember(place(0), "c", "d"), "a pair without braces cannot be changed on its own"),
    ],
)
def test_what_cannot_be_changed_on_its_own_is_refused(text: str, change: Changes, message: str) -> None:
    with pytest.raises(TextError) as caught:
        edits(yaml_tree(text), [change])
    assert caught.value.message == message
    assert caught.value.help


BLOCK = "- Effect: Allow\n  Condition:\n    Bool:\n      x: y\n    Null:\n      z: w\n- b\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([Remove(place(0, 1, 1)), AddMember(place(0, 1), "Q", "r")], "    Bool:\n      x: y\n    Q: r\n"),
        ([Remove(place(0, 1, 1)), AddMember(place(0), "Sid", "s")], "    Bool:\n      x: y\n  Sid: s\n"),
        (
            [Remove(place(0, 1, 1)), AddMember(place(0, 1), "Q", "r"), AddMember(place(0), "Sid", "s")],
            "    Bool:\n      x: y\n    Q: r\n  Sid: s\n",
        ),
        ([Remove(place(0, 1, 0)), AddMember(place(0, 1), "Q", "r")], "    Null:\n      z: w\n    Q: r\n"),
        ([Remove(place(0, 0)), AddMember(place(0), "Sid", "s")], None),
    ],
)
def test_a_member_of_a_block_goes_while_another_comes(changes: list[Changes], expected: str | None, line_end: str) -> None:
    whole = "- Condition:\n    Bool:\n      x: y\n    Null:\n      z: w\n  Sid: s\n- b\n"
    if expected is not None:
        whole = f"- Effect: Allow\n  Condition:\n{expected}- b\n"
    tree = yaml_tree(BLOCK.replace("\n", line_end))
    assert apply(tree.source.text, edits(tree, changes)) == whole.replace("\n", line_end)


def test_two_changes_of_the_same_text_are_refused() -> None:
    tree = json_tree('{"a": {"b": 1}}')
    with pytest.raises(TextError, match="two changes of the same text"):
        edits(tree, [SetValue(place(0), "x"), SetValue(place(0, 0), "y")])


def test_other_documents_of_the_source_stay() -> None:
    from iamlint.text.yaml import read_yaml

    trees = read_yaml(Source("x", b"a: 1\n---\na: 2\n"))
    assert edited(trees[1], SetValue(place(0), Number("3"))) == "a: 1\n---\na: 3\n"


def test_a_byte_order_mark_survives() -> None:
    source = Source("x", b'\xef\xbb\xbf{"a": 1}')
    assert source.encode(edited(read_json(source), SetValue(place(0), "b"))) == b'\xef\xbb\xbf{"a": "b"}'


def test_edits_say_what_is_replaced_by_what() -> None:
    assert edits(json_tree('{"a": 1}'), [SetValue(place(0), True)]) == (Edit(Span(6, 7), "true"),)


def test_edits_are_applied_in_order() -> None:
    assert apply("abc", [Edit(Span(0, 0), "x"), Edit(Span(1, 2), ""), Edit(Span(3, 3), "y")]) == "xacy"
