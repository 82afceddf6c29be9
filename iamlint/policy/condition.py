"""What does one line of a Condition block require?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from iamlint.policy.operator import Operator
    from iamlint.text.tree import Route

    Test: TypeAlias = "tuple[Operator, str, tuple[str | Unknown, ...]]"


class Unknown:
    """A whole value that the source does not determine; `label` is what stands there (`!Ref Account`)."""

    __slots__ = ("label",)

    def __init__(self, label: str) -> None:
        self.label = label

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unknown) and self.label == other.label

    def __hash__(self) -> int:
        return hash(("unknown", self.label))

    def __repr__(self) -> str:
        return f"Unknown({self.label!r})"


class Condition:
    """One operator applied to one key: `key` as written, `values` as text (numbers and booleans as IAM prints them).

    `route` leads to the key's member inside the operator's block, `operator_route` to the operator's member; `listed` says whether the
    values were written as a list, so that `route + (n,)` is the n-th value.
    """

    __slots__ = ("key", "listed", "operator", "operator_route", "route", "values")

    def __init__(
        self,
        operator: Operator,
        key: str,
        values: tuple[str | Unknown, ...],
        route: Route,
        operator_route: Route,
        listed: bool,
    ) -> None:
        self.operator = operator
        self.key = key
        self.values = values
        self.route = route
        self.operator_route = operator_route
        self.listed = listed

    @property
    def test(self) -> Test:
        """What is tested, wherever it stands."""
        return self.operator, self.key, self.values

    @property
    def is_open(self) -> bool:
        """Whether the source leaves open what is tested at all (`Condition: !If …`): then its text stands for the key and the value."""
        return self.values == (Unknown(self.key),)

    def value_route(self, position: int) -> Route:
        """The route of the value at `position` of `values`."""
        return (*self.route, position) if self.listed else self.route


def plain_key(key: str) -> str:
    """The name under which all that is said of a key is kept: lower case, and one clock for both of the keys that tell the time."""
    lower = key.lower()
    return "aws:currenttime" if lower == "aws:epochtime" else lower
