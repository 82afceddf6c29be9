"""Does an edited text read back as exactly what was asked for, in whatever style it was written?"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from iamlint.text.edit import AddMember, Remove, RenameKey, SetValue, apply, edits, unchecked
from iamlint.text.edit_check import changed
from iamlint.text.edit_json import plan_json
from iamlint.text.edit_plan import plan
from iamlint.text.tree import Mapping, Node, Place, Tree
from tests.text.reading import json_tree, yaml_tree

WORDS = (
    "a",
    "Effect",
    "sts:AssumeRole",
    "*",
    "arn:aws:iam::111122223333:root",
    "2012-10-17",
    "yes",
    "two words",
    "é",
    "",
    " x",
    "#",
    "a: b",
    "'",
    '"',
)
TEXTS = st.sampled_from(WORDS)
SCALARS = TEXTS | st.booleans() | st.none() | st.integers(0, 99)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=10,
)
ROOTS = st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4)


def places(node: Node, route: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Node]]:
    yield route, node
    for number, child in enumerate(node.children):
        yield from places(child, (*route, number))


def value_of(value: object) -> object:
    return json_tree(json.dumps(value)).root


def a_change(chosen: random.Random, tree: Tree, new: object) -> SetValue | RenameKey | Remove | AddMember:
    route, node = chosen.choice(list(places(tree.nodes())))
    kinds: list[Callable[[], SetValue | RenameKey | Remove | AddMember]] = [
        lambda: SetValue(Place(route), value_of(new)),  # type: ignore[arg-type]  # what json can say is a value
    ]
    if route:
        kinds.append(lambda: Remove(Place(route)))
    if node.key is not None:
        kinds.append(lambda: RenameKey(Place(route, on_key=True), chosen.choice(WORDS)))
    if isinstance(node.value, Mapping):
        kinds.append(lambda: AddMember(Place(route), "new", value_of(new)))  # type: ignore[arg-type]  # as above
    return chosen.choice(kinds)()


def check(tree: Tree, chosen: random.Random, new: object, read: Callable[[str], Tree]) -> None:
    change = a_change(chosen, tree, new)
    after = apply(tree.source.text, edits(tree, [change]))
    assert read(after).root == changed(tree.root, [change])


@given(ROOTS, VALUES, st.randoms(use_true_random=False), st.sampled_from([None, 2, 4, "\t"]), st.booleans(), st.booleans())
@settings(max_examples=400, deadline=None)
def test_json_says_what_was_asked(
    root: object, new: object, chosen: random.Random, indent: int | str | None, crlf: bool, tight: bool
) -> None:
    text = json.dumps(root, indent=indent, ensure_ascii=False, separators=(",", ":") if tight else None)
    check(json_tree(text.replace("\n", "\r\n") if crlf else text), chosen, new, json_tree)


@given(ROOTS, VALUES, st.randoms(use_true_random=False), st.sampled_from([False, None, True]), st.sampled_from([2, 4]), st.booleans())
@settings(max_examples=400, deadline=None)
def test_yaml_says_what_was_asked(root: object, new: object, chosen: random.Random, flow: bool | None, indent: int, crlf: bool) -> None:
    text = yaml.safe_dump(root, default_flow_style=flow, indent=indent, allow_unicode=True, sort_keys=False)
    check(yaml_tree(text.replace("\n", "\r\n") if crlf else text), chosen, new, yaml_tree)


@given(ROOTS, st.lists(VALUES, min_size=2, max_size=3), st.randoms(use_true_random=False), st.sampled_from([None, 2]))
@settings(max_examples=300, deadline=None)
def test_several_members_change_at_once(root: object, new: list[object], chosen: random.Random, indent: int | None) -> None:
    for tree, read in (
        (json_tree(json.dumps(root, indent=indent)), json_tree),
        (yaml_tree(yaml.safe_dump(root, sort_keys=False)), yaml_tree),
    ):
        numbers = range(len(tree.nodes().children))
        changes: list[Remove | AddMember | SetValue] = [Remove(Place((n,))) for n in numbers if chosen.random() < 0.5]
        changes += [AddMember(Place(()), f"new{n}", value_of(value)) for n, value in enumerate(new)]  # type: ignore[arg-type]  # as above
        after = apply(tree.source.text, edits(tree, changes))
        assert read(after).root == changed(tree.root, changes)


@given(
    ROOTS,
    VALUES,
    st.randoms(use_true_random=False),
    st.sampled_from([None, 2, 4, "\t"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([(",", ":"), (", ", ": "), (" ,", " : "), (",", ":\n")]),
    st.integers(0, 3),
)
@settings(max_examples=600, deadline=None)
def test_what_is_told_from_the_places_alone_is_what_the_whole_tells(
    root: object, new: object, chosen: random.Random, indent: int | str | None, line_end: str, separators: tuple[str, str], inline: int
) -> None:
    text = json.dumps(root, indent=indent, ensure_ascii=False, separators=separators)
    # Some lists begin on the line of their bracket.
    text = re.sub(r"\[\n *", "[", text, count=inline).replace("\n", line_end)
    tree = json_tree(text)
    routes = [route for route, _ in places(tree.nodes())]
    changes: list[SetValue | Remove] = [
        Remove(Place(route)) if chosen.random() < 0.5 and route else SetValue(Place(route), value_of(new))  # type: ignore[arg-type]  # as above
        for route in chosen.sample(routes, min(len(routes), chosen.randint(1, 4)))
    ]
    found = plan_json(json_tree(text), changes)
    if found is not None:
        assert set(found) == set(plan(tree, changes))


def test_values_in_a_policy_are_set_and_taken_out_without_the_places_of_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.dumps({"Statement": [{"Action": ["s3:GetObject", "s3:Get*"], "Resource": "*"}]}, indent=2)
    changes = [SetValue(Place((0, 0, 0)), ("s3:Get*",)), SetValue(Place((0, 0, 1)), "arn:aws:s3:::a")]
    tree = json_tree(text)
    monkeypatch.setattr(Tree, "nodes", None)
    assert json.loads(apply(text, unchecked(tree, changes))) == {"Statement": [{"Action": ["s3:Get*"], "Resource": "arn:aws:s3:::a"}]}
    assert json.loads(apply(text, unchecked(tree, [Remove(Place((0, 0, 0, 0)))])))["Statement"][0]["Action"] == ["s3:Get*"]
