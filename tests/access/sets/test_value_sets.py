"""Are sets of values closed under complement, meet and join, and do domains hold what their tests leave?"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from iamlint.access.search.domains import Memory, Several, Single, Strings
from iamlint.access.search.literal import Each, Some, Value
from iamlint.access.sets.effort import Effort
from iamlint.access.sets.glob import EVERYTHING, wildcard
from iamlint.access.sets.value_sets import ALL_POINTS, ALL_TEXT, NO_POINTS, NO_TEXT, PointSet, TextSet, above, at, below, between
from tests.access.globs import WILDCARDS, texts

LAW = settings(max_examples=300, deadline=None, derandomize=True, database=None)
NUMBERS = st.integers(-3, 3)
DENSE = st.one_of(
    NUMBERS.map(at),
    st.builds(below, NUMBERS, inclusive=st.booleans()),
    st.builds(above, NUMBERS, inclusive=st.booleans()),
)
WHOLE = st.builds(lambda first, more: between(first, first + more), NUMBERS, st.integers(0, 3))
SAMPLES = [Fraction(number, 2) for number in range(-10, 11)]
TEXT_SETS = st.builds(lambda patterns, negated: TextSet(map(wildcard, patterns), negated), st.lists(WILDCARDS, max_size=2), st.booleans())
FEW = texts(4)
LISTS = [(), *((one,) for one in texts(2)), *((one, two) for one in texts(2) for two in texts(2) if one < two)]


def combined(sets: list[PointSet]) -> PointSet:
    """A set of several ranges."""
    found = sets[0]
    for number, one in enumerate(sets[1:]):
        found = found.join(one) if number % 2 else found.complement().meet(one).complement()
    return found


POINT_SETS = st.lists(DENSE, min_size=1, max_size=4).map(combined)
RANGES = st.lists(WHOLE, min_size=1, max_size=4).map(combined)


def has(points: PointSet, value: Fraction) -> bool:
    """Whether a value lies between the cuts of some range."""
    for (low, low_side), (high, high_side) in points.ranges:
        over = low is None or low < value or (low == value and low_side == 0)
        under = high is None or value < high or (high == value and high_side == 1)
        if over and under:
            return True
    return False


@LAW
@given(POINT_SETS, POINT_SETS)
def test_meet_join_and_complement_are_those_of_sets(one: PointSet, other: PointSet) -> None:
    for value in SAMPLES:
        assert has(one.complement(), value) != has(one, value)
        assert has(one.meet(other), value) == (has(one, value) and has(other, value))
        assert has(one.join(other), value) == (has(one, value) or has(other, value))


@LAW
@given(POINT_SETS | RANGES, POINT_SETS)
def test_equal_sets_are_written_alike(one: PointSet, other: PointSet) -> None:
    assert one.complement().complement() == one
    assert one.meet(other) == other.meet(one)
    assert one.join(one) == one.meet(one) == one.meet(ALL_POINTS) == one.join(NO_POINTS) == one
    assert one.join(one.complement()) == ALL_POINTS
    assert one.meet(one.complement()) == NO_POINTS
    assert one.meet(one.join(other)) == one
    assert one.join(other).complement() == one.complement().meet(other.complement())


@LAW
@given(RANGES, RANGES)
def test_ranges_of_whole_numbers_meet_where_both_are(one: PointSet, other: PointSet) -> None:
    for number in range(-6, 10):
        value = Fraction(number)
        assert has(one.meet(other), value) == (has(one, value) and has(other, value))


@LAW
@given(TEXT_SETS, st.text("ab:z*?", max_size=6))
def test_the_complement_has_what_a_set_of_texts_has_not(one: TextSet, text: str) -> None:
    assert one.complement().has(text) != one.has(text)
    assert one.complement().complement() == one
    assert ALL_TEXT.has(text)
    assert not NO_TEXT.has(text)


def all_strings() -> Strings:
    return Strings((frozenset({EVERYTHING}),), frozenset(), "", Memory((), Effort()))


@LAW
@given(st.lists(TEXT_SETS, max_size=4))
def test_a_domain_holds_the_strings_that_pass_every_test(tests: list[TextSet]) -> None:
    left: Strings | None = all_strings()
    for number, test in enumerate(tests):
        assert left is not None
        before, left = left, left.meet(test)
        passed = [text for text in FEW if all(one.has(text) for one in tests[: number + 1])]
        if left is None:
            assert passed == []
            return
        assert left.has(left.value)
        assert all(one.has(left.value) for one in tests[: number + 1])
        assert [text for text in FEW if left.has(text)] == passed
        if left is before:
            assert passed == [text for text in FEW if before.has(text)]


@LAW
@given(st.lists(st.tuples(TEXT_SETS, st.booleans()), max_size=4))
def test_a_key_of_one_value_may_be_absent_while_every_test_lets_it(tests: list[tuple[TextSet, bool]]) -> None:
    domain = Single(True, all_strings())
    for values, absent in tests:
        left = Value("key", values, absent).meet(domain)
        if left is None:
            assert not all(also for _, also in tests)
            assert not [text for text in FEW if all(one.has(text) for one, _ in tests)]
            return
        assert isinstance(left, Single)
        domain = left
    assert domain.absent == all(absent for _, absent in tests)
    if domain.part is not None:
        assert isinstance(domain.part, Strings)
        assert all(values.has(domain.part.value) for values, _ in tests)


@LAW
@given(st.lists(st.tuples(TEXT_SETS, st.booleans()), max_size=4))
def test_a_list_is_found_whenever_one_passes_every_test(tests: list[tuple[TextSet, bool]]) -> None:
    domain = Several(True, all_strings(), ())
    for values, every in tests:
        left = (Each if every else Some)("key", values).meet(domain)
        if left is None:
            assert not [one for one in LISTS if passes(one, tests)]
            return
        assert isinstance(left, Several)
        domain = left
    assert passes(() if domain.absent else a_list(domain), tests)


def passes(values: tuple[str, ...], tests: list[tuple[TextSet, bool]]) -> bool:
    return all((all if every else any)(test.has(value) for value in values) for test, every in tests)


def a_list(domain: Several) -> tuple[str, ...]:
    """A list of the domain: what each test asks to be in it, else any value."""
    return tuple(part.value for part in domain.some or (domain.each,) if isinstance(part, Strings))
