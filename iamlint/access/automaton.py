"""How do several patterns read a text at once?

All patterns lie side by side in one integer: bit i says that item i is next, and the bit behind a pattern's items that it has matched.
A step is a few operations on that integer, however many patterns there are.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iamlint.access.glob import Item


class Automaton:
    """Patterns side by side.

    A step takes the items that hold a character: `_named` has, by character, those that name it, `_others` those that hold every character
    but the few that `_barred` has.
    """

    __slots__ = ("_barred", "_loops", "_named", "_others", "_sole", "_start", "items")

    def __init__(self) -> None:
        self.items: list[Item | None] = []
        self._start = self._loops = self._others = 0
        self._named: dict[str, int] = {}
        self._barred: dict[str, int] = {}
        # The one character that leads on where only this item is next.
        self._sole: dict[int, tuple[str]] = {}

    def add(self, items: Sequence[Item]) -> int:
        """Puts a pattern beside the others; gives the bit that says it has matched."""
        self._start |= 1 << len(self.items)
        for item in items:
            bit = 1 << len(self.items)
            if item.loop:
                self._loops |= bit
            if item.chars.negated:
                self._others |= bit
            table = self._barred if item.chars.negated else self._named
            for char in item.chars.chars:
                table[char] = table.get(char, 0) | bit
            if item.chars.single and not item.loop:
                self._sole[bit] = (next(iter(item.chars.chars)),)
            self.items.append(item)
        self.items.append(None)
        return 1 << (len(self.items) - 1)

    def start(self) -> int:
        """Where reading begins."""
        return self._closed(self._start)

    def after(self, states: int, char: str) -> int:
        """Where `char` leads."""
        taken = states & (self._named.get(char, 0) | (self._others & ~self._barred.get(char, 0)))
        stay = taken & self._loops
        return self._closed(((taken ^ stay) << 1) | stay)

    def read(self, text: str) -> int:
        """Where the whole of `text` leads; 0 as soon as no pattern can match."""
        states = self.start()
        for char in text:
            states = self.after(states, char)
            if not states:
                return 0
        return states

    def _closed(self, states: int) -> int:
        # A loop may also be skipped.
        while True:
            more = states | ((states & self._loops) << 1)
            if more == states:
                return states
            states = more

    def choices(self, states: int, groups: Sequence[int], fresh: str) -> Iterable[str]:
        """The characters worth trying.

        Those the most demanding of `groups` asks for, else all that an item in line names, and a fresh one.
        """
        for bits in groups:
            forced = self._sole.get(states & bits)
            if forced is not None:
                return forced
        best: set[str] | None = None
        for bits in groups:
            wanted, closed = self._named_by(states & bits)
            if closed and (best is None or len(wanted) < len(best)):
                best = wanted
        return sorted(best) if best is not None else (fresh, *sorted(self._named_by(states)[0]))

    def _named_by(self, states: int) -> tuple[set[str], bool]:
        """The characters that the items in line name, and whether no other character leads on."""
        found: set[str] = set()
        closed = True
        while states:
            low = states & -states
            states ^= low
            item = self.items[low.bit_length() - 1]
            if item is not None:
                found |= item.chars.chars
                closed = closed and not item.chars.negated
        return found, closed
