"""Where in a JSON text does one place stand?

A few places are found without working out all the others: the C scanner of `json` leaps over the values in between.
"""

from __future__ import annotations

import json
from json.decoder import WHITESPACE, scanstring  # type: ignore[attr-defined]  # typeshed knows neither; both compile or call what json has

from iamlint.text.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Place

# Numbers stay text: how long they are says nothing about the place of what follows.
_LEAP = json.JSONDecoder(parse_int=str, parse_float=str).scan_once  # type: ignore[attr-defined]  # nor this, which `raw_decode` calls
_SPACE = WHITESPACE.match


class Finder:
    """Finds places in `text`, which is JSON; what it passed on the way to one is not passed again on the way to others."""

    __slots__ = ("_passed", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        # By where an object or a list begins: where the members or items begin that were passed in it.
        self._passed: dict[int, list[int]] = {}

    def __call__(self, place: Place) -> Span | None:
        """The span of `place`; None where a step of its route does not exist."""
        text = self._text
        at: int = _SPACE(text, 0).end()
        if not place.route:
            return Span(at, len(text.rstrip(" \t\n\r")))
        item, opening = at, ""
        for step in place.route:
            opening = text[at]
            found = self._item(at, opening, step) if opening in "{[" else None
            if found is None:
                return None
            item = found
            at = item if opening == "[" else _after_key(text, item)
        if place.on_key and opening == "{":
            return Span(item, scanstring(text, item + 1)[1])
        return Span(at, _LEAP(text, at)[1])

    def _item(self, at: int, opening: str, step: int) -> int | None:
        """Where member or item `step` of the object or list that begins at `at` begins."""
        text = self._text
        passed = self._passed.get(at)
        if passed is None:
            first: int = _SPACE(text, at + 1).end()
            passed = self._passed[at] = [] if text[first] in "}]" else [first]
        while 0 < len(passed) <= step:
            place = passed[-1]
            end = _LEAP(text, place if opening == "[" else _after_key(text, place))[1]
            if text[end] != ",":
                end = _SPACE(text, end).end()
                if text[end] != ",":
                    return None
            passed.append(_SPACE(text, end + 1).end())
        return passed[step] if passed else None


def _after_key(text: str, at: int) -> int:
    """Where the value of the member at `at` begins."""
    end: int = scanstring(text, at + 1)[1]
    colon: int = end if text[end] == ":" else _SPACE(text, end).end()
    start: int = _SPACE(text, colon + 1).end()
    return start
