"""Do patterns stand for the strings that expressions say, and is a string in some and outside others found when there is one?"""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iamlint.access.sets.glob import EVERYTHING, Glob, exact, format_glob, ignoring_case, wildcard
from iamlint.access.sets.pick import pick, search
from tests.access.globs import GLOBS, LETTERS, SHORT, WILDCARDS, Pair, expression

LAW = settings(max_examples=300, deadline=None, derandomize=True, database=None)
UNIONS = st.lists(st.lists(GLOBS, min_size=1, max_size=2), max_size=3)
PATTERNS = st.lists(st.lists(WILDCARDS, min_size=1, max_size=2), max_size=3)


def fits(text: str, inside: list[list[re.Pattern[str]]], outside: list[re.Pattern[str]]) -> bool:
    return all(any(one.fullmatch(text) for one in union) for union in inside) and not any(one.fullmatch(text) for one in outside)


def agrees(found: str | None, inside: list[list[re.Pattern[str]]], outside: list[re.Pattern[str]]) -> bool:
    """Whether the string found fits, or no short one does."""
    if found is not None:
        return fits(found, inside, outside)
    return not any(fits(text, inside, outside) for text in SHORT)


@LAW
@given(WILDCARDS, st.text(LETTERS, max_size=8))
def test_a_pattern_matches_what_its_expression_matches(pattern: str, text: str) -> None:
    assert wildcard(pattern).matches(text) == bool(expression(pattern).fullmatch(text))


@LAW
@given(GLOBS, st.text(LETTERS, max_size=8))
def test_a_glob_matches_what_its_expression_matches(pair: Pair, text: str) -> None:
    assert Glob(pair[0]).matches(text) == bool(pair[1].fullmatch(text))


@LAW
@given(st.text("aB*?é", max_size=6), st.text("abABéÉz", max_size=8))
def test_a_pattern_that_ignores_case_matches_every_spelling(pattern: str, text: str) -> None:
    assert ignoring_case(wildcard(pattern)).matches(text) == bool(expression(pattern.lower()).fullmatch(text.lower()))


@LAW
@given(st.text("ab*?:é", max_size=6))
def test_an_exact_text_has_no_wildcards(text: str) -> None:
    assert exact(text).matches(text)
    assert pick([frozenset({exact(text)})], frozenset({exact(text)})) is None


@LAW
@given(st.text("ab:", max_size=6))
def test_a_pattern_without_wildcards_is_exact(text: str) -> None:
    assert wildcard(text) == exact(text)


@LAW
@given(st.lists(st.sampled_from(("a", "b+", "[ab]", "[^:]*", "[a-c]{2}", "a*", ".", ".*", ":"))), st.text("abc:z", max_size=8))
def test_a_format_is_a_regular_expression(pieces: list[str], text: str) -> None:
    format = "".join(pieces)
    assert format_glob(format).matches(text) == bool(re.fullmatch(format, text, re.DOTALL))


@LAW
@given(UNIONS, st.lists(GLOBS, max_size=3))
def test_a_string_of_some_globs_outside_others_is_found_when_there_is_one(inside: list[list[Pair]], outside: list[Pair]) -> None:
    unions = [frozenset(Glob(items) for items, _ in union) for union in inside]
    found = pick(unions, frozenset(Glob(items) for items, _ in outside))
    assert agrees(found, [[regex for _, regex in union] for union in inside], [regex for _, regex in outside])


@LAW
@given(PATTERNS, st.lists(WILDCARDS, max_size=4))
@example([["*a*b*"], ["*b*a*"]], ["*ab*"])
@example([["?*"]], ["a*", "b*", ":*"])
@example([["*"]], ["?", "??*"])
def test_a_string_of_some_patterns_outside_others_is_found_when_there_is_one(inside: list[list[str]], outside: list[str]) -> None:
    unions = [frozenset(map(wildcard, union)) for union in inside]
    found = pick(unions, frozenset(map(wildcard, outside)))
    assert agrees(found, [list(map(expression, union)) for union in inside], list(map(expression, outside)))


@LAW
@given(PATTERNS, st.lists(WILDCARDS, max_size=4))
def test_the_short_ways_find_what_the_search_finds(inside: list[list[str]], outside: list[str]) -> None:
    unions = [frozenset(map(wildcard, union)) for union in inside] or [frozenset({EVERYTHING})]
    barred = frozenset(map(wildcard, outside))
    assert (pick(unions, barred) is None) == (search(unions, barred) is None)


@LAW
@given(PATTERNS, st.lists(WILDCARDS, max_size=2), st.lists(st.text(LETTERS, max_size=3), max_size=3))
def test_samples_do_not_change_whether_there_is_one(inside: list[list[str]], outside: list[str], samples: list[str]) -> None:
    unions = [frozenset(map(wildcard, union)) for union in inside]
    barred = frozenset(map(wildcard, outside))
    found = pick(unions, barred, samples)
    assert (found is None) == (pick(unions, barred) is None)
    assert agrees(found, [list(map(expression, union)) for union in inside], list(map(expression, outside)))


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("repo:acme/[a-z]*:ref:main", "repo:[^/]*/[^:]*:ref:zzz*", False),
        ("repo:acme/[a-z]*", "repo:zzz*/[^:]*", False),
        ("[^:]x", "[:a]x", True),
        ("[^:]x", "[:]x", False),
        ("[^a]", "[^b]", True),
        ("[^a]*b", "[^b]*", False),
    ],
)
def test_globs_that_begin_or_end_differently_share_nothing(one: str, other: str, common: bool) -> None:
    found = pick((frozenset({format_glob(one)}), frozenset({format_glob(other)})), frozenset())
    assert (found is not None) == common
