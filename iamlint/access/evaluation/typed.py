"""Does one value of a policy match one of a request, where both stand for numbers, dates, truth values, bytes or addresses?

As `match`, a transcription of the operators' documentation; variables are not honoured in such values.
"""

from __future__ import annotations

import operator

from iamlint.access.evaluation.scope import is_open
from iamlint.access.sets import values
from iamlint.policy.condition import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from iamlint.access.evaluation.match import Test
    from iamlint.access.evaluation.scope import Scope, Text


def _typed(read: Callable[[str], object | None], passes: Callable[[str, str], bool]) -> Test:
    """The test of an operator whose request values `read` understands; variables are not honoured in its values."""

    def matches(text: Text, value: str, scope: Scope) -> bool:
        if isinstance(text, Unknown) or is_open(text):
            return scope.may and read(value) is not None
        return passes(value, text)

    return matches


def _same(read: Callable[[str], object | None]) -> Test:
    """The test that two values mean the same; a text that is not of the type matches nothing."""

    def passes(value: str, text: str) -> bool:
        given = read(value)
        return given is not None and given == read(text)

    return _typed(read, passes)


def _ordered(read: Callable[[str], values.Rational | None], compare: Callable[[values.Rational, values.Rational], object]) -> Test:
    """The test that compares two numbers or instants; a text that is neither matches nothing."""

    def passes(value: str, text: str) -> bool:
        given, wanted = read(value), read(text)
        return given is not None and wanted is not None and bool(compare(given, wanted))

    return _typed(read, passes)


def _in_range(value: str, text: str) -> bool:
    given, wanted = values.address(value), values.address_range(text)
    return given is not None and wanted is not None and values.inside(given, wanted)


_COMPARISONS: dict[str, Callable[[values.Rational, values.Rational], object]] = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}

TYPED: dict[str, Test] = {
    "Bool": _same(values.boolean),
    "BinaryEquals": _same(values.binary),
    "IpAddress": _typed(values.address, _in_range),
    **{f"Numeric{name}": _ordered(values.number, compare) for name, compare in _COMPARISONS.items()},
    **{f"Date{name}": _ordered(values.instant, compare) for name, compare in _COMPARISONS.items()},
}
"""The tests of operators that compare what is meant."""
