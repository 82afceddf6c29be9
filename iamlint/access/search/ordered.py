"""Which callers pass a test of numbers, dates or addresses on a key that they determine?

Only the id of an account is a number, and so also a moment in epoch seconds. The other keys hold words, which such a test never matches and
its negation always does. (`aws:username` is not asked about here: a user may be called `7`.)
"""

from __future__ import annotations

from math import ceil, floor

from iamlint.access.search.derived import derived_clause
from iamlint.access.sets.glob import Chars, Glob, Item, literal_item
from iamlint.access.sets.value_sets import TextSet
from iamlint.policy.operator import Family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.search.cube import Clause
    from iamlint.access.sets.value_sets import PointSet
    from iamlint.policy.operator import Base

_DIGITS = 12
_DIGIT = Item(Chars("0123456789"))


def ordered_clause(key: str, operator: Base, points: PointSet, absent: bool) -> Clause:
    """The callers for whom the derived `key` is in `points` (negated: is not, or is no number), or with `absent` lacks it."""
    is_number = key == "aws:principalaccount" and operator.family is not Family.IP
    globs = _account_globs(points) if is_number else ()
    return derived_clause(key, TextSet(globs, complemented=operator.negated), absent)


def _account_globs(points: PointSet) -> Iterator[Glob]:
    """Patterns of twelve digits for the whole numbers of `points`."""
    for (low, low_side), (high, high_side) in points.ranges:
        first = 0 if low is None else ceil(low) if low_side == 0 else floor(low) + 1
        last = 10**_DIGITS - 1 if high is None else floor(high) if high_side == 1 else ceil(high) - 1
        yield from _between(max(first, 0), min(last, 10**_DIGITS - 1), (), _DIGITS)


def _between(first: int, last: int, before: tuple[Item, ...], width: int) -> Iterator[Glob]:
    """Patterns of `before` and `width` digits more, for the numbers from `first` to `last` that these digits can write."""
    if first > last:
        return
    if first == 0 and last == 10**width - 1:
        yield Glob((*before, *[_DIGIT] * width))
        return
    step = 10 ** (width - 1)
    for digit in range(first // step, last // step + 1):
        start = digit * step
        here = (*before, literal_item(str(digit)))
        yield from _between(max(first - start, 0), min(last - start, step - 1), here, width - 1)
