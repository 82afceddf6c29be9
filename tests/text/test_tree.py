"""What do the plain values of a tree promise?"""

from __future__ import annotations

from iamlint.text.tree import Mapping, Number, Place, Tagged
from tests.text.reading import json_tree, yaml_tree


def test_the_last_of_repeated_members_is_the_one_that_counts() -> None:
    mapping = Mapping((("a", "1"), ("b", "2"), ("a", "3")))
    assert (mapping.index("a"), mapping.get("a"), mapping.index("c"), mapping.get("c")) == (2, "3", None, None)
    assert mapping.repeated() == (2,)


def test_values_are_equal_and_hashable_by_what_they_say() -> None:
    pairs = [
        (Number("1"), Number("1")),
        (Tagged("!Ref", "a"), Tagged("!Ref", "a")),
        (Mapping((("a", ()),)), Mapping((("a", ()),))),
        (Place((1, 2), on_key=True), Place((1, 2), on_key=True)),
    ]
    for one, other in pairs:
        assert one == other
        assert hash(one) == hash(other)
    assert Number("1") != Number("1.0")
    assert Place((1,)) != Place((1,), on_key=True)


def test_a_number_is_one_that_python_reads() -> None:
    tree = yaml_tree("[0, -1, +2, 1., .5, 1.5e+3, 0x1F, 012, 1_0, 12:30, .inf, 1e3]")
    assert isinstance(tree.root, tuple)
    numbers = [value.text for value in tree.root if isinstance(value, Number)]
    assert numbers == ["0", "-1", "+2", "1.", ".5", "1.5e+3"]
    assert [float(text) for text in numbers] == [0, -1, 2, 1, 0.5, 1500]


def test_a_tag_adds_no_step_to_a_route() -> None:
    tree = yaml_tree("!Sub\n- a\n- {b: c}\n")
    assert tree.locate(Place((1, 0))) == tree.nodes().children[1].children[0].span


def test_the_place_of_a_key_that_a_value_has_not_is_the_value() -> None:
    tree = json_tree("[1]")
    assert tree.locate(Place((0,), on_key=True)) == tree.locate(Place((0,)))
