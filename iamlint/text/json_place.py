"""Where in a JSON text does one place stand?

A few places are found without working out all the others: the C scanner of `json` leaps over the values in between.
"""

from __future__ import annotations

import json
import re

from iamlint.text.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Place, Route

_SPACE = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
# Numbers stay text: how long they are says nothing about the place of what follows.
_LEAP = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode


def find(text: str, place: Place) -> Span | None:
    """The span of `place` in `text`, which is JSON; None where a step of its route does not exist."""
    found = _descend(text, place.route)
    if found is None:
        return None
    start, key = found
    if place.on_key and key is not None:
        return key
    return Span(start, _LEAP(text, start)[1])


def _descend(text: str, route: Route) -> tuple[int, Span | None] | None:
    """Where the value at the end of `route` begins, and the span of its key if it is a member."""
    at = _after_space(text, 0)
    key: Span | None = None
    for step in route:
        opening = text[at]
        if opening not in "{[":
            return None
        at = _after_space(text, at + 1)
        for _ in range(step):
            passed = _next(text, _value_start(text, at, opening)[0] if text[at] not in "}]" else at)
            if passed is None:
                return None
            at = passed
        if text[at] in "}]":
            return None
        at, key = _value_start(text, at, opening)
    return at, key


def _value_start(text: str, at: int, opening: str) -> tuple[int, Span | None]:
    """Where the value of the item or member at `at` begins, and the span of the member's key."""
    if opening == "[":
        return at, None
    key = _STRING.match(text, at)
    assert key is not None, "the text was read as JSON before"
    return _after_space(text, _after_space(text, key.end()) + 1), Span(key.start(), key.end())


def _next(text: str, start: int) -> int | None:
    """Where the item or member behind the value at `start` begins; None when that was the last."""
    if text[start] in "}]":
        return None
    end = _after_space(text, _LEAP(text, start)[1])
    return _after_space(text, end + 1) if text[end] == "," else None


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()
