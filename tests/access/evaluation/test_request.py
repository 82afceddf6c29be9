"""What does a request carry?"""

from __future__ import annotations

import pytest

from iamlint.access.evaluation.request import Caller, Request
from iamlint.knowledge.callers import CallerKind


@pytest.mark.parametrize(
    ("given", "key", "expected"),
    [
        ({"aws:CurrentTime": "2026-01-01T00:00:00Z"}, "aws:epochtime", "1767225600"),
        ({"aws:EpochTime": "1767225600"}, "aws:currenttime", "2026-01-01T00:00:00Z"),
        ({"aws:EpochTime": "1767225600", "aws:CurrentTime": "2020-01-01T00:00:00Z"}, "aws:currenttime", "2020-01-01T00:00:00Z"),
        ({"aws:CurrentTime": "soon"}, "aws:epochtime", None),
        ({}, "aws:epochtime", None),
    ],
)
def test_both_clocks_tell_the_time(given: dict[str, str], key: str, expected: str | None) -> None:
    assert Request("sts:AssumeRole", Caller(CallerKind.ROLE), None, given).value(key) == expected
