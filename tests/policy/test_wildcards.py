"""Which wildcards does an operator take literally?"""

from __future__ import annotations

import pytest

from iamlint.policy.wildcards import literal_wildcards, wildcard_in
from tests.access.build import condition


@pytest.mark.parametrize(
    ("operator", "key", "values", "positions"),
    [
        ("StringEquals", "aws:username", "dev-*", (0,)),
        ("StringEquals", "aws:username", ["dev", "dev-?", "ci-*"], (1, 2)),
        ("ForAnyValue:StringNotEqualsIgnoreCaseIfExists", "aws:username", "dev-*", (0,)),
        ("StringLike", "aws:username", "dev-*", ()),
        ("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::*:role/x", ()),
        ("StringEquals", "s3:prefix", "home/*", ()),
        ("ForAllValues:StringEquals", "aws:TagKeys", "*", ()),
        ("StringEquals", "aws:username", "dev-${*}", ()),
        ("StringEquals", "aws:username", "${aws:PrincipalTag/name, '*'}", ()),
        ("StringEquals", "aws:username", "{{ '*' }}", ()),
    ],
)
def test_the_values_with_such_a_wildcard_are_found(operator: str, key: str, values: object, positions: tuple[int, ...]) -> None:
    assert literal_wildcards(condition(operator, key, values)) == positions


def test_the_first_wildcard_is_told() -> None:
    assert wildcard_in("a?b*") == "?"
