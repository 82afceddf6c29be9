"""Where in a JSON text does one place stand?

A few places are found without working out all the others: the C scanner of `json` leaps over the values in between.
"""

from __future__ import annotations

import json
from itertools import accumulate, count
from json.decoder import WHITESPACE, scanstring  # type: ignore[attr-defined]  # typeshed knows neither; both compile or call what json has
from operator import add

from iamlint.text.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Place, Route

# Numbers stay text: how long they are says nothing about the place of what follows.
_LEAP = json.JSONDecoder(parse_int=str, parse_float=str).scan_once  # type: ignore[attr-defined]  # nor this, which `raw_decode` calls
_SPACE = WHITESPACE.match
_BLANKS = " \t\n\r"
# So much text a string in a list takes at most, as a rule.
_NEAR = 96


class Finder:
    """Finds places in `text`, which is JSON; what it passed on the way to one is not passed again on the way to others."""

    __slots__ = ("_passed", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        # By where an object or a list begins: where the members or items begin that were passed in it.
        self._passed: dict[int, list[int]] = {}
        # Where the values begin to which a route was followed.
        self._starts: dict[Route, int] = {(): _SPACE(text, 0).end()}

    def __call__(self, place: Place) -> Span | None:
        """The span of `place`; None where a step of its route does not exist."""
        text, route = self._text, place.route
        if not route:
            return Span(self._starts[()], len(text.rstrip(_BLANKS)))
        if place.on_key:
            outer = self._start(route[:-1])
            if outer is not None and text[outer] == "{":
                member = self._item(outer, route[-1])
                return None if member is None else Span(member, _after_string(text, member))
        start = self._start(route)
        return None if start is None else Span(start, _after_value(text, start))

    def _start(self, route: Route) -> int | None:
        """Where the value at `route` begins."""
        known = self._starts.get(route)
        if known is not None:
            return known
        outer = self._start(route[:-1])
        item = None if outer is None else self._item(outer, route[-1])
        if outer is None or item is None:
            return None
        found = self._starts[route] = item if self._text[outer] == "[" else _after_key(self._text, item)
        return found

    def _item(self, at: int, step: int) -> int | None:
        """Where member or item `step` of the object or list that begins at `at` begins."""
        passed = self._passed.get(at)
        if passed is None:
            passed = self._passed[at] = _begun(self._text, at)
        if 0 < len(passed) <= step:
            in_list = self._text[at] == "["
            if not (in_list and _pass_strings(self._text, passed, step)):
                _pass(self._text, passed, step, in_list=in_list)
        return passed[step] if step < len(passed) else None


def _begun(text: str, at: int) -> list[int]:
    """Where the first member or item of the value at `at` begins."""
    if text[at] not in "{[":
        return []
    first: int = _SPACE(text, at + 1).end()
    return [] if text[first] in "}]" else [first]


def _pass_strings(text: str, passed: list[int], step: int) -> bool:
    """As `_pass` in a list, if nothing but plain strings is to be passed, as in most lists."""
    at = passed[-1]
    if text[at] != '"':
        return False
    more = step + 1 - len(passed)
    near = text[at : at + _NEAR * (more + 1)]
    # By turns what stands outside of quotes and inside of them.
    pieces = near.split('"', 2 * more + 1)
    between = set(pieces[2:-1:2])
    if len(pieces) < 2 * more + 2 or "\\" in near or [one for one in between if one.strip(_BLANKS) != ","]:
        return False
    passed += map(add, list(accumulate(map(len, pieces)))[2:-1:2], count(at + 2, 2))
    return True


def _pass(text: str, passed: list[int], step: int, *, in_list: bool) -> None:
    """Adds to where the members or items begin that were passed, up to number `step` or the last."""
    at = passed[-1]
    for _ in range(step + 1 - len(passed)):
        end = _after_value(text, at if in_list else _after_key(text, at))
        if text[end] != ",":
            end = _SPACE(text, end).end()
            if text[end] != ",":
                return
        at = _SPACE(text, end + 1).end() if in_list else text.index('"', end)
        passed.append(at)


def _after_key(text: str, at: int) -> int:
    """Where the value of the member at `at` begins."""
    end = text.index('"', at + 1)
    if text[end + 1 : end + 3] == ": " and text[end - 1] != "\\" and text[end + 3] not in _BLANKS:
        return end + 3
    end = _after_string(text, at)
    start: int = _SPACE(text, _SPACE(text, end).end() + 1).end()
    return start


def _after_value(text: str, at: int) -> int:
    """Where the value at `at` ends."""
    end: int = _after_string(text, at) if text[at] == '"' else _LEAP(text, at)[1]
    return end


def _after_string(text: str, at: int) -> int:
    """Where the string at `at` ends."""
    end = text.index('"', at + 1)
    after: int = end + 1 if text[end - 1] != "\\" else scanstring(text, at + 1)[1]
    return after
