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
_LEAP = json.JSONDecoder(parse_int=str, parse_float=str).scan_once  # type: ignore[attr-defined]  # nor this, which `raw_decode` calls
_SPACE = WHITESPACE.match


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
        return Span(start, _LEAP(self._text, start)[1] if place.route else len(self._text.rstrip(" \t\n\r")))

    def _descend(self, route: Route) -> tuple[int, Span | None] | None:
        """Where the value at the end of `route` begins, and the span of its key if it is a member."""
        text = self._text
        at: int = _SPACE(text, 0).end()
        key: Span | None = None
        for depth, step in enumerate(route):
            opening = text[at]
            if opening not in "{[":
                return None
            item = self._item(route[:depth], step, at, opening)
            if item is None:
                return None
            at, key = (item, None) if opening == "[" else _value_start(text, item)
        return at, key

    def _item(self, parent: Route, step: int, at: int, opening: str) -> int | None:
        """Where item or member `step` of the value at `at`, whose route is `parent`, begins."""
        text = self._text
        taken, place = self._passed.get(parent, (0, -1))
        if place < 0 or taken > step:
            taken, place = 0, _SPACE(text, at + 1).end()
            if text[place] in "}]":
                return None
        while taken < step:
            end = _LEAP(text, place if opening == "[" else _value_start(text, place)[0])[1]
            if text[end] != ",":
                end = _SPACE(text, end).end()
                if text[end] != ",":
                    return None
            taken, place = taken + 1, _SPACE(text, end + 1).end()
        self._passed[parent] = (taken, place)
        return place


def _value_start(text: str, at: int) -> tuple[int, Span]:
    """Where the value of the member at `at` begins, and the span of its key."""
    end: int = scanstring(text, at + 1)[1]
    colon = end if text[end] == ":" else _SPACE(text, end).end()
    return _SPACE(text, colon + 1).end(), Span(at, end)
