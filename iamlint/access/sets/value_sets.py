"""Which values of a key satisfy a test?

A `TextSet` holds strings, as a union of globs or the complement of one; a `PointSet` holds numbers, instants or addresses, as ranges
between cuts. Both are closed under complement, so that negated operators, Deny and NotAction need nothing of their own.
"""

from __future__ import annotations

from iamlint.access.sets.glob import any_matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from iamlint.access.sets.glob import Glob
    from iamlint.access.sets.values import Rational

    # A cut lies just before (0) or just after (1) a value; None stands for no bound.
    Cut: TypeAlias = "tuple[Rational | None, int]"


class TextSet:
    """The strings of a union of globs, or with `complemented` all other strings."""

    __slots__ = ("complemented", "globs")

    def __init__(self, globs: Iterable[Glob], complemented: bool = False) -> None:
        self.globs = frozenset(globs)
        self.complemented = complemented

    def complement(self) -> TextSet:
        """All other strings."""
        return TextSet(self.globs, not self.complemented)

    def has(self, text: str) -> bool:
        """Whether `text` is in the set."""
        return any_matches(self.globs, text) != self.complemented

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextSet) and self.complemented == other.complemented and self.globs == other.globs

    def __hash__(self) -> int:
        return hash((self.globs, self.complemented))

    def __repr__(self) -> str:
        return f"TextSet({'not ' if self.complemented else ''}{sorted(glob.text for glob in self.globs)})"


ALL_TEXT = TextSet((), complemented=True)
NO_TEXT = TextSet(())


class PointSet:
    """Values of an ordered space as disjoint ranges of cuts, ascending.

    A cut is `(value, side)` with side 0 just before the value and 1 just after it; `LOWEST` and `HIGHEST` bound the space. Addresses
    use only side 0 (ranges of whole numbers, half open), numbers and instants both sides (they are dense).
    """

    __slots__ = ("ranges",)

    def __init__(self, ranges: tuple[tuple[Cut, Cut], ...]) -> None:
        self.ranges = ranges

    def complement(self) -> PointSet:
        """All other values of the space."""
        found = []
        start: Cut = LOWEST
        for low, high in self.ranges:
            if _before(start, low):
                found.append((start, low))
            start = high
        if _before(start, HIGHEST):
            found.append((start, HIGHEST))
        return PointSet(tuple(found))

    def meet(self, other: PointSet) -> PointSet:
        """The values in both."""
        found = []
        for low, high in self.ranges:
            for other_low, other_high in other.ranges:
                start, end = _later(low, other_low), _earlier(high, other_high)
                if _before(start, end):
                    found.append((start, end))
        return PointSet(tuple(found))

    def join(self, other: PointSet) -> PointSet:
        """The values in either."""
        return self.complement().meet(other.complement()).complement()

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PointSet) and self.ranges == other.ranges

    def __hash__(self) -> int:
        return hash(self.ranges)

    def __repr__(self) -> str:
        return f"PointSet({self.ranges!r})"


LOWEST: Cut = (None, 0)
HIGHEST: Cut = (None, 1)


def _key(cut: Cut) -> int:
    return 0 if cut is LOWEST or cut == LOWEST else 2 if cut is HIGHEST or cut == HIGHEST else 1


def _before(first: Cut, second: Cut) -> bool:
    one, two = _key(first), _key(second)
    if one != two or first[0] is None or second[0] is None:
        return one < two
    return (first[0], first[1]) < (second[0], second[1])


def _later(first: Cut, second: Cut) -> Cut:
    return second if _before(first, second) else first


def _earlier(first: Cut, second: Cut) -> Cut:
    return first if _before(first, second) else second


ALL_POINTS = PointSet(((LOWEST, HIGHEST),))
NO_POINTS = PointSet(())


def at(value: Rational) -> PointSet:
    """Exactly `value`, in a dense space."""
    return PointSet((((value, 0), (value, 1)),))


def below(value: Rational, *, inclusive: bool) -> PointSet:
    """The values under `value`."""
    return PointSet(((LOWEST, (value, 1 if inclusive else 0)),))


def above(value: Rational, *, inclusive: bool) -> PointSet:
    """The values over `value`."""
    return PointSet((((value, 0 if inclusive else 1), HIGHEST),))


def between(first: int, last: int) -> PointSet:
    """The whole numbers from `first` to `last`, both included, in a space of whole numbers."""
    return PointSet((((first, 0), (last + 1, 0)),))


# Addresses are whole numbers: IPv4 as they are, IPv6 behind all of IPv4.
IPV6 = 1 << 32
ADDRESSES = between(0, IPV6 + (1 << 128) - 1)
