"""Which replacements set values in a JSON text, or take them out, without working out where all the others are?"""

from __future__ import annotations

import re

from iamlint.text.edit import Edit, Remove, SetValue
from iamlint.text.source import Span
from iamlint.text.tree import Place
from iamlint.text.write import Style, colon_like, flow, line_end_of, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.text.edit import Change
    from iamlint.text.tree import PlaceFinder, Route, Tree, Value

# Compiled by `re` when first used: a list that goes on behind its bracket.
_ON_ONE_LINE = r"\[[ \t\r]*+[^ \t\r\n\]]"

# A longer text is not searched again for each fix: all its places are worked out once.
_LONG = 1 << 18


def plan_json(tree: Tree, changes: Sequence[Change]) -> list[Edit] | None:
    """What `edit_plan.plan` gives for the changes, in no order; None where not all is plain to see, or something cannot be done."""
    find = tree.finder()
    if find is None:
        return None
    near = _Near(tree.source.text, find)
    removed: dict[Route, set[int]] = {}
    found: list[Edit] = []
    for change in changes:
        route = change.place.route
        span = near.find(Place(route)) if route else None
        written = near.written(route, span, change.value) if span is not None and isinstance(change, SetValue) else None
        if span is not None and written is not None:
            found.append(Edit(span, written))
        elif span is not None and isinstance(change, Remove):
            removed.setdefault(route[:-1], set()).add(route[-1])
        else:
            return None
    for route, steps in removed.items():
        found += near.taken_out(route, steps)
    return found


class _Near:
    """A JSON text of which only what is near to some places is looked at."""

    __slots__ = ("_style", "find", "text")

    def __init__(self, text: str, find: PlaceFinder) -> None:
        self.text = text
        self.find = find
        self._style: Style | None = None

    def written(self, route: Route, span: Span, value: Value) -> str | None:
        """`value` as it is to stand at `span` for the value at `route`; None where the text's style is not plain to see."""
        if isinstance(value, str):
            return quoted(value)
        style = self._style = self._style or self._plain_style()
        return flow(value, style, self._indent_for(route, span.start)) if style else None

    def taken_out(self, route: Route, steps: set[int]) -> Iterator[Edit]:
        """The edits that take out some children of the object or list at `route`, with their commas."""
        last = max(steps)
        if self.find(Place((*route, last + 1))) is None:
            kept = last
            while kept in steps:
                kept -= 1
            yield Edit(self._tail(route, kept, last), "")
            steps = {step for step in steps if step < kept}
        for step in steps:
            yield Edit(Span(self._entry(route, step), self._entry(route, step + 1)), "")

    def _tail(self, route: Route, kept: int, last: int) -> Span:
        """What stands behind the child numbered `kept`, up to the end of the last one; without any, what is between the brackets."""
        if kept < 0:
            whole = self._span(route)
            return Span(whole.start + 1, whole.end - 1)
        return Span(self._span((*route, kept)).end, self._span((*route, last)).end)

    def _span(self, route: Route) -> Span:
        span = self.find(Place(route))
        assert span is not None, "routes are followed before they are asked for here"
        return span

    def _entry(self, route: Route, step: int) -> int:
        """Where a child begins with its key."""
        span = self.find(Place((*route, step), on_key=True))
        assert span is not None, "as above"
        return span.start

    def _indent_for(self, route: Route, at: int) -> str | None:
        """The indentation from which what replaces the value at `at` may spread, or None when it has to stay on one line."""
        spreads = self._spreads(route, at)
        if spreads is not None:
            return self._indent(at) if spreads else None
        outer = route[:-1]
        return self._indent(self._entry(outer, route[-1])) if self._spreads(outer, self._span(outer).start) else None

    def _spreads(self, route: Route, at: int) -> bool | None:
        """Whether the value that begins at `at` has its first child on another line than its bracket; None when it has no child."""
        first = self.find(Place((*route, 0), on_key=True))
        return "\n" in self.text[at : first.start] if first else None

    def _indent(self, at: int) -> str:
        """The blanks at the start of the line of `at`."""
        line = self.text[max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1 : at]
        return line[: len(line) - len(line.lstrip(" \t"))]

    def _plain_style(self) -> Style | None:
        """How the text is written, when it is an object whose first member shows it, and no list is on one line."""
        at, key, value = self._span(()).start, self.find(Place((0,), on_key=True)), self.find(Place((0,)))
        if len(self.text) > _LONG or key is None or value is None or key == value or re.search(_ON_ONE_LINE, self.text):
            return None
        outer, inner = self._indent(at), self._indent(key.start)
        if not self._spreads((), at) or not inner.startswith(outer) or inner == outer:
            return None
        colon = colon_like(self.text[key.end : value.start])
        return Style(line_end_of(self.text), inner[len(outer) :], colon, inline_lists=False, indented_dashes=True)
