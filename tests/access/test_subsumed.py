"""What is plainly covered by another pattern or statement, and what is not?"""

from __future__ import annotations

import itertools
from random import Random
from typing import Any

import pytest

from iamlint.access.sets.glob import wildcard
from iamlint.access.subsumed import covers, idle, says_no_more
from iamlint.policy.statement import Patterns
from tests.access.build import policy

LETTERS = ("", "a", "b", "aa", "ab", "ba", "bb", "aba", "abb", "aab", "bab")


@pytest.mark.parametrize(
    ("pattern", "other", "covered"),
    [
        ("s3:Get*", "s3:GetObject", True),
        ("s3:*", "s3:Get*", True),
        ("*", "a?c", True),
        ("a?c", "abc", True),
        ("a?c", "a*c", False),
        ("a*c", "a?c", True),
        ("*x", "*x*", False),
        ("s3:Get*", "s3:PutObject", False),
        ("a*", "${var.a}", False),
    ],
)
def test_a_pattern_covers_what_it_matches_whatever_the_other_stands_for(pattern: str, other: str, covered: bool) -> None:
    assert covers(pattern, other, folded=False) is covered


def test_what_a_pattern_covers_it_matches() -> None:
    patterns = ["".join(parts) for length in range(4) for parts in itertools.product("ab*?", repeat=length)]
    for pattern, other in itertools.product(patterns, patterns):
        if covers(pattern, other, folded=False):
            assert all(wildcard(pattern).matches(text) for text in LETTERS if wildcard(other).matches(text)), (pattern, other)


def test_the_second_of_two_equal_values_is_idle() -> None:
    actions = Patterns("Action", ("s3:GetObject", "S3:getobject", "s3:PutObject"), negated=False, route=(), listed=True)
    assert list(idle(actions)) == [(1, 0)]


@pytest.mark.parametrize("actions", [("s3:Get*", "S3:get*"), ("s3:**", "s3:*"), ("s3:Get?cl", "s3:Get?cl"), ("s3:*Acl", "s3:**Acl")])
def test_of_two_that_cover_each_other_the_first_stays(actions: tuple[str, ...]) -> None:
    assert idle(Patterns("Action", actions, negated=False, route=(), listed=True)) == ((1, 0),)


def test_what_is_idle_another_value_that_stays_covers() -> None:
    values = ["".join(parts) for length in range(1, 4) for parts in itertools.product("ab*?", repeat=length)]
    chance = Random(7)
    for _ in range(300):
        some = tuple(chance.choices(values, k=chance.randint(2, 6)))
        gone = {position for position, _ in idle(Patterns("Resource", some, negated=False, route=(), listed=True))}
        staying = [value for position, value in enumerate(some) if position not in gone]
        for value in some:
            assert any(covers(other, value, folded=False) for other in staying), some


def test_resources_are_compared_letter_by_letter() -> None:
    resources = Patterns("Resource", ("arn:aws:s3:::a/*", "arn:aws:s3:::A/b"), negated=False, route=(), listed=True)
    assert list(idle(resources)) == []


def statements(*found: dict[str, Any]) -> tuple[bool, bool]:
    first, second = policy({"Statement": list(found)}).statements
    return says_no_more(first, second), says_no_more(second, first)


def test_a_statement_with_more_conditions_says_no_more() -> None:
    wide: dict[str, Any] = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    narrow = {
        "Effect": "Allow",
        "Action": "s3:Get*",
        "Resource": "arn:aws:s3:::a/*",
        "Condition": {"Bool": {"aws:SecureTransport": "true"}},
    }
    assert statements(wide, narrow) == (False, True)


def test_a_deny_says_something_else_than_an_allow() -> None:
    same = {"Action": "s3:*", "Resource": "*"}
    assert statements({"Effect": "Allow", **same}, {"Effect": "Deny", **same}) == (False, False)
