"""Where in a JSON text does one place stand?

A few places are found without working out all the others: the C scanner of `json` leaps over the values in between.
"""

from __future__ import annotations

import json
from json.decoder import WHITESPACE, scanstring  # type: ignore[attr-defined]  # typeshed knows neither; both compile or call what json has

from iamlint.text.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Place, Route

# Numbers stay text: how long they are says nothing about the place of what follows.
_LEAP = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode


class Finder:
    """Finds places in `text`, which is JSON; what it passed on the way to one is not passed again on the way to those behind it."""

    __slots__ = ("_passed", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        # By the route of an object or a list: the last step that was taken in it, and where that item or member begins.
        self._passed: dict[Route, tuple[int, int]] = {}

    def __call__(self, place: Place) -> Span | None:
        """The span of `place`; None where a step of its route does not exist."""
        found = self._descend(place.route)
        if found is None:
            return None
        start, key = found
        if place.on_key and key is not None:
            return key
        return Span(start, _LEAP(self._text, start)[1])

    def _descend(self, route: Route) -> tuple[int, Span | None] | None:
        """Where the value at the end of `route` begins, and the span of its key if it is a member."""
        text = self._text
        at = _after_space(text, 0)
        key: Span | None = None
        for depth, step in enumerate(route):
            opening = text[at]
            if opening not in "{[":
                return None
            item = self._item(route[:depth], step, at, opening)
            if item is None:
                return None
            at, key = _value_start(text, item, opening)
        return at, key

    def _item(self, parent: Route, step: int, at: int, opening: str) -> int | None:
        """Where item or member `step` of the value at `at`, whose route is `parent`, begins."""
        text = self._text
        taken, place = self._passed.get(parent, (0, -1))
        if place < 0 or taken > step:
            taken, place = 0, _after_space(text, at + 1)
        while taken < step:
            following = _next(text, _value_start(text, place, opening)[0] if text[place] not in "}]" else place)
            if following is None:
                return None
            taken, place = taken + 1, following
        if text[place] in "}]":
            return None
        self._passed[parent] = (taken, place)
        return place


def _value_start(text: str, at: int, opening: str) -> tuple[int, Span | None]:
    """Where the value of the item or member at `at` begins, and the span of the member's key."""
    if opening == "[":
        return at, None
    end: int = scanstring(text, at + 1)[1]
    return _after_space(text, _after_space(text, end) + 1), Span(at, end)


def _next(text: str, start: int) -> int | None:
    """Where the item or member behind the value at `start` begins; None when that was the last."""
    if text[start] in "}]":
        return None
    end = _after_space(text, _LEAP(text, start)[1])
    return _after_space(text, end + 1) if text[end] == "," else None


def _after_space(text: str, at: int) -> int:
    end: int = WHITESPACE.match(text, at).end()
    return end
