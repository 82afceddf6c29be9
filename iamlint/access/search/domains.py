"""Which values may one part of a request still have, while a question is being searched?

A part of a request (a *dimension*) is a choice of few words, a key with at most one value, or a key with a list of values. Domains are
immutable; `meet` gives the same object when a test changes nothing, a smaller one, or None when nothing is left.
"""

from __future__ import annotations

from iamlint.access.sets.effort import OVERLAP, Undecided
from iamlint.access.sets.pick import is_in, pick
from iamlint.access.sets.value_sets import PointSet, TextSet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from iamlint.access.sets.effort import Effort
    from iamlint.access.sets.glob import Glob, Union
    from iamlint.access.sets.values import Rational

    Values: TypeAlias = "TextSet | PointSet"
    Part: TypeAlias = "Strings | Points"
    Domain: TypeAlias = "Choice | Single | Several"


class Memory:
    """What was decided about strings, kept for the questions of one document; `samples` are values that read well.

    `legal` is what every string has to be beside; it is asked for only where a string found without it is not, for it takes a search.
    `effort` is that of the question which is being asked.
    """

    __slots__ = ("effort", "hopeless", "known", "legal", "samples")

    def __init__(self, samples: tuple[str, ...], effort: Effort, legal: Glob | None = None) -> None:
        self.samples = samples
        self.effort = effort
        self.legal = legal
        self.known: dict[tuple[tuple[Union, ...], Union], str | None] = {}
        self.hopeless: set[tuple[tuple[Union, ...], Union]] = set()

    def pick(self, inside: tuple[Union, ...], outside: Union) -> str | None:
        """As `pick.pick`, remembered; so is that a string cannot be decided within the bound."""
        key = (inside, outside)
        if key in self.known:
            return self.known[key]
        if key in self.hopeless:
            raise Undecided(OVERLAP)
        try:
            found = pick(inside, outside, self.samples, self.effort)
            if found is not None and self.legal is not None and not self.legal.matches(found):
                found = pick((*inside, frozenset({self.legal})), outside, (), self.effort)
            self.known[key] = found
        except Undecided:
            self.hopeless.add(key)
            raise
        self.effort.check()
        return self.known[key]


class Strings:
    """The strings in every union of `inside` and in no glob of `outside`; `value` is one of them, so that most tests need no search."""

    __slots__ = ("inside", "memory", "outside", "value")

    def __init__(self, inside: tuple[Union, ...], outside: Union, value: str, memory: Memory) -> None:
        self.inside = inside
        self.outside = outside
        self.value = value
        self.memory = memory

    def meet(self, values: TextSet) -> Strings | None:
        """Those that are in `values` too."""
        globs = values.globs
        if self._is_one():
            return self if values.has(self.value) else None
        if values.complemented:
            if globs <= self.outside:
                return self
            inside, outside = self.inside, self.outside | globs
        else:
            if any(union <= globs for union in self.inside):
                return self
            inside, outside = (*self.inside, globs), self.outside
        if values.has(self.value):
            if self._entails(values):
                return self
            return Strings(inside, outside, self.value, self.memory)
        value = self.memory.pick(inside, outside)
        return None if value is None else Strings(inside, outside, value, self.memory)

    def _is_one(self) -> bool:
        """A look that spares searches: whether a union of a single literal leaves no string but `value`."""
        for union in self.inside:
            if len(union) == 1:
                (glob,) = union
                if glob.literal is not None:
                    return True
        return False

    def _entails(self, values: TextSet) -> bool:
        if values.complemented:
            return self.memory.pick((*self.inside, values.globs), self.outside) is None
        return self.memory.pick(self.inside, self.outside | values.globs) is None

    def literals(self) -> tuple[str, ...]:
        """The strings, ascending, where a finite union of them is known; else none."""
        for union in self.inside:
            if all(glob.literal is not None for glob in union):
                return tuple(sorted(glob.literal for glob in union if glob.literal is not None and self.has(glob.literal)))
        return ()

    def has(self, text: str) -> bool:
        """Whether `text` is one of the strings."""
        return is_in(text, self.inside, self.outside)


class Points:
    """Values of an ordered space."""

    __slots__ = ("points",)

    def __init__(self, points: PointSet) -> None:
        self.points = points

    def meet(self, values: PointSet) -> Points | None:
        """Those that are in `values` too."""
        points = self.points.meet(values)
        if points == self.points:
            return self
        return Points(points) if points else None

    @property
    def value(self) -> Rational:
        """One of the values, the least where there is one; a number between the bounds where they exclude themselves."""
        (low, low_side), (high, high_side) = self.points.ranges[0]
        if low is None:
            return 0 if high is None else (high if high_side == 1 else high - 1)
        if low_side == 0:
            return low
        if high is None:
            return low + 1
        if high_side == 1:
            return high
        if isinstance(low, int) and isinstance(high, int) and high - low > 1:
            return (low + high) // 2
        from fractions import Fraction

        return Fraction(low + high) / 2


class Choice:
    """Some of few words: bit n of `mask` stands for the n-th word of the dimension."""

    __slots__ = ("mask",)

    def __init__(self, mask: int) -> None:
        self.mask = mask


class Single:
    """A key with at most one value: perhaps absent, perhaps one of `part`."""

    __slots__ = ("absent", "part")

    def __init__(self, absent: bool, part: Part | None) -> None:
        self.absent = absent
        self.part = part


class Several:
    """A key with a list of values.

    It may be absent; else all values lie in `each` (None: it cannot be present) and each of `some` holds one.
    """

    __slots__ = ("absent", "each", "some")

    def __init__(self, absent: bool, each: Part | None, some: tuple[Part, ...]) -> None:
        self.absent = absent
        self.each = each
        self.some = some


def narrowed(part: Part | None, values: Values) -> Part | None:
    """`part` less what is not in `values`; None when nothing is left."""
    if isinstance(part, Strings):
        assert isinstance(values, TextSet)
        return part.meet(values)
    if isinstance(part, Points):
        assert isinstance(values, PointSet)
        return part.meet(values)
    return None
