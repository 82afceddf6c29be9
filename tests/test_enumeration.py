"""Is an enumeration at run time what `Enum` is for the type checker, as far as it is used?"""

from __future__ import annotations

import copy
import pickle

import pytest

from iamlint.enumeration import Enumeration


class Colour(Enumeration):
    """Colours."""

    RED = "red"
    """Of fire."""
    GREEN = "green"

    @property
    def loud(self) -> str:
        return self.value.upper()


class Size(Enumeration):
    RED = "red"


def test_members_have_names_and_values() -> None:
    assert (Colour.RED.name, Colour.RED.value, Colour.RED.loud) == ("RED", "red", "RED")
    assert repr(Colour.GREEN) == "Colour.GREEN"


def test_members_are_in_their_order() -> None:
    assert list(Colour) == [Colour.RED, Colour.GREEN]
    assert list(reversed(Colour)) == [Colour.GREEN, Colour.RED]
    assert len(Colour) == 2


def test_a_member_is_found_by_its_value() -> None:
    assert Colour("green") is Colour.GREEN
    with pytest.raises(ValueError, match="'blue' is none of red, green"):
        Colour("blue")


def test_members_are_of_their_class_and_equal_only_themselves() -> None:
    assert isinstance(Colour.RED, Colour)
    assert Colour.RED in Colour
    assert Colour.RED not in (Colour.GREEN, Size.RED, "red")
    assert {Colour.RED: 1}[Colour("red")] == 1


def test_a_copy_of_a_member_is_the_member() -> None:
    assert copy.deepcopy({Colour.RED: [Colour.GREEN]}) == {Colour.RED: [Colour.GREEN]}
    assert pickle.loads(pickle.dumps(Colour.GREEN)) is Colour.GREEN


def test_a_member_is_matched_as_a_pattern() -> None:
    match Colour("green"):
        case Colour.RED:
            found = "red"
        case Colour.GREEN:
            found = "green"
    assert found == "green"
