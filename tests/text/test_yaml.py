"""What does a YAML source say?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iamlint.text.source import Source
from iamlint.text.tree import MAX_DEPTH, Mapping, Number, Place, Tagged
from iamlint.text.yaml import has_libyaml, read_yaml
from tests.text.reading import refused_yaml, underlined, yaml_tree

if TYPE_CHECKING:
    from iamlint.text.tree import Value


def mapping(**members: Value) -> Mapping:
    return Mapping(tuple(members.items()))


def kinds(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(note.kind, note.place.route) for note in yaml_tree(text).notes]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", "a"),
        ("a: b", mapping(a="b")),
        ("- a\n- - b\n  - {c: d}\n- []", ("a", ("b", mapping(c="d")), ())),
        ("a: 'it''s'\nb: \"\\u00e9\\n\"", mapping(a="it's", b="é\n")),
        ("a: |\n  one\n  two\nb: >-\n  one\n  two\n", mapping(a="one\ntwo\n", b="one two")),
        ("a: one\n\n  two", mapping(a="one\ntwo")),
        ("a: true\nb: False\nc: null", mapping(a=True, b=False, c=None)),
        ("a: 1\nb: -1.50\nc: 111122223333", mapping(a=Number("1"), b=Number("-1.50"), c=Number("111122223333"))),
        ("1: a\nno: b\nNull: c\n~: d", Mapping((("1", "a"), ("no", "b"), ("Null", "c"), ("~", "d")))),
        ("? [a, b]\n: c", Mapping((("[a, b]", "c"),))),
        ("[a: b, c]", (mapping(a="b"), "c")),
    ],
)
def test_values_are_plain_and_keys_are_text(text: str, value: Value) -> None:
    assert yaml_tree(text).root == value
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!Ref X", Tagged("!Ref", "X")),
        ("!Ref 012", Tagged("!Ref", "012")),
        ("!GetAtt A.B", Tagged("!GetAtt", "A.B")),
        ("!Sub\n- a\n- {b: c}", Tagged("!Sub", ("a", mapping(b="c")))),
        ("!If [a, !Ref B]", Tagged("!If", ("a", Tagged("!Ref", "B")))),
        ("!!str 12", "12"),
        ("!!int 12", Number("12")),
        ("!!bool yes", True),
        ("!!null ''", None),
        ("!!binary abc", Tagged("!!binary", "abc")),
        ("!!set {a, b}", Tagged("!!set", mapping(a=None, b=None))),
        ("!!map {a: b}", mapping(a="b")),
        ("!!python/object:os.system x", Tagged("!!python/object:os.system", "x")),
        ("! a", "a"),
        ("Fn::Sub: a", Mapping((("Fn::Sub", "a"),))),
    ],
)
def test_application_tags_are_kept_and_standard_ones_applied(text: str, value: Value) -> None:
    assert yaml_tree(text).root == value


@pytest.mark.parametrize("text", ["2012-10-17", "2008-10-17"])
def test_the_version_of_a_policy_is_text_whether_quoted_or_not(text: str) -> None:
    assert yaml_tree(f"Version: {text}").root == mapping(Version=text)
    assert kinds(f"Version: {text}") == []


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("2026-01-01", "2026-01-01", "yaml-date"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "yaml-date"),
        ("2026-01-01 00:00:00 +01:00", "2026-01-01 00:00:00 +01:00", "yaml-date"),
        ("012345670123", "012345670123", "yaml-octal"),
        ("012345678901", "012345678901", "yaml-octal"),
        ("yes", True, "yaml-boolean"),
        ("Off", False, "yaml-boolean"),
        ("~", None, "yaml-null"),
        ("Null", None, "yaml-null"),
        ("", None, "yaml-null"),
        ("0x1F", "0x1F", "yaml-number"),
        ("0b11", "0b11", "yaml-number"),
        ("12:30", "12:30", "yaml-number"),
        ("190:20:30.15", "190:20:30.15", "yaml-number"),
        ("1_800", "1_800", "yaml-number"),
        (".inf", ".inf", "yaml-number"),
        (".NaN", ".NaN", "yaml-number"),
    ],
)
def test_what_other_tools_may_read_otherwise_keeps_its_text_and_gets_a_note(text: str, value: Value, kind: str) -> None:
    tree = yaml_tree(f"a: {text}")
    assert tree.root == mapping(a=value)
    assert [(note.kind, note.place.route) for note in tree.notes] == [(kind, (0,))]
    assert tree.notes[0].help


@pytest.mark.parametrize("text", ['"yes"', "'~'", "arn:aws:iam::111122223333:root", "1e5", "12:99", "2012", "y", "1.0.0", "0", "|\n  on"])
def test_what_is_quoted_or_plain_to_everyone_gets_no_note(text: str) -> None:
    assert kinds(f"a: {text}") == []


def test_the_message_of_a_note_quotes_the_text() -> None:
    (note,) = yaml_tree("a: on").notes
    assert (note.message, note.help) == ("`on` is `true` to YAML 1.1", "write `true`, or put it in quotes")


def test_notes_are_placed_wherever_the_value_is() -> None:
    assert kinds("a:\n  - x\n  - b: {c: [1, on]}\n") == [("yaml-boolean", (0, 1, 0, 0, 1))]


def test_a_repeated_key_is_kept_and_noted_at_the_later_key() -> None:
    tree = yaml_tree("x:\n- a: 1\n  b: 2\n  a: 3\n")
    assert [(note.kind, note.place) for note in tree.notes] == [("repeated-key", Place((0, 0, 2), on_key=True))]
    assert underlined(tree, 0, 0, 2, on_key=True) == "a"
    assert underlined(tree, 0, 0, 2) == "3"


def test_a_repeated_key_inside_a_key_is_not_noted_where_no_route_leads() -> None:
    tree = yaml_tree('{"a", [{"x": 1, "x": 2}]}')
    assert [note.kind for note in tree.notes if note.kind == "repeated-key"] == []


def test_an_alias_has_the_value_of_its_anchor_and_a_place_of_its_own() -> None:
    tree = yaml_tree("a: &x [1, 2]\nb: *x\n")
    assert tree.root == mapping(a=(Number("1"), Number("2")), b=(Number("1"), Number("2")))
    assert underlined(tree, 1) == "*x"
    assert tree.locate(Place((1, 1))) == tree.locate(Place((0, 1)))


def test_a_merge_adds_the_members_that_are_not_written() -> None:
    tree = yaml_tree("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n")
    assert isinstance(tree.root, Mapping)
    assert tree.root.get("b") == mapping(y=Number("3"), x=Number("1"))
    assert underlined(tree, 1, 0) == "3"
    assert underlined(tree, 1, 1, on_key=True) == "x"


def test_of_several_merged_mappings_the_first_wins() -> None:
    tree = yaml_tree("- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: [*a, *b]\n")
    assert isinstance(tree.root, tuple)
    assert tree.root[2] == mapping(x=Number("1"), y=Number("2"))


def test_a_quoted_merge_key_is_an_ordinary_key() -> None:
    assert yaml_tree('"<<": a').root == Mapping((("<<", "a"),))


def test_documents_are_trees_of_their_own() -> None:
    trees = read_yaml(Source("x", b"a: 1\n---\n# nothing\n---\nb: 2\n...\n"))
    assert [(tree.root, tree.document) for tree in trees] == [(mapping(a=Number("1")), 0), (None, 1), (mapping(b=Number("2")), 2)]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_a_source_without_a_document_has_no_tree(text: str) -> None:
    assert read_yaml(Source("x", text.encode())) == ()


def test_an_unquoted_placeholder_is_text() -> None:
    tree = yaml_tree("a: {{ account }}\nb: arn:{{ x }}:y\nc: [{{ x }}]")
    assert tree.root == mapping(a="{{ account }}", b="arn:{{ x }}:y", c=("{{ x }}",))
    assert tree.notes == ()


def test_a_thousand_laughs_are_bounded() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{this}: &{this} [{', '.join(['*' + last] * 10)}]" for last, this in zip("abcdefgh", "bcdefghi", strict=True)]
    assert refused_yaml("\n".join(lines)) == ("*d", "aliases add more than 100000 values", "write fewer aliases of aliases")


def test_merges_are_bounded_too() -> None:
    lines = ["a: &a {" + ", ".join(f"k{n}: 1" for n in range(1_000)) + "}", *[f"b{n}: {{<<: *a}}" for n in range(200)]]
    assert refused_yaml("\n".join(lines))[1] == "aliases add more than 100000 values"


def test_aliases_in_moderate_numbers_are_read() -> None:
    tree = yaml_tree("a: &a {x: 1}\nb: [" + ", ".join(["*a"] * 1_000) + "]")
    assert isinstance(tree.root, Mapping)
    assert tree.root.get("b") == (mapping(x=Number("1")),) * 1_000


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "a: {b: ["])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 10_000])
def test_nesting_beyond_the_limit_is_refused(opening: str, depth: int) -> None:
    assert refused_yaml(opening * depth)[1] == "nested more than 200 levels deep"


def test_aliases_do_not_get_around_the_limit_of_nesting() -> None:
    lines = ["a0: &a0 x"] + [f"a{n}: &a{n} {'[' * 50}*a{n - 1}{']' * 50}" for n in range(1, 6)]
    assert refused_yaml("\n".join(lines))[1] == "nested more than 200 levels deep"


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# c\na: &x [1, 'b']\nc: {d: *x}\ne: |\n  f\n\ng: !Ref H\n"
    fast = yaml_tree(text)
    monkeypatch.setattr("iamlint.text.yaml.has_libyaml", lambda: False)
    slow = yaml_tree(text)
    assert slow.root == fast.root
    assert [underlined(slow, n) for n in range(4)] == [underlined(fast, n) for n in range(4)] == ["[1, 'b']", "{d: *x}", "|\n  f", "!Ref H"]


def test_it_can_be_asked_whether_libyaml_is_there() -> None:
    import yaml

    assert has_libyaml() is bool(yaml.__with_libyaml__)
