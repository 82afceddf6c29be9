"""How do several patterns read a text at once?

All patterns lie side by side in one integer: bit i says that item i is next, and the bit behind a pattern's items that it has matched.
A step is a few operations on that integer, however many patterns there are.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iamlint.access.sets.glob import Item


class Table:
    """One pattern's items, and as bits which of them hold a character; made once for every automaton that the pattern is put in."""

    __slots__ = ("barred", "items", "loops", "named", "others")

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.loops = self.others = 0
        named: dict[str, int] = {}
        barred: dict[str, int] = {}
        for position, item in enumerate(items):
            bit = 1 << position
            if item.loop:
                self.loops |= bit
            if item.chars.negated:
                self.others |= bit
            table = barred if item.chars.negated else named
            for char in item.chars.chars:
                table[char] = table.get(char, 0) | bit
        self.named = tuple(named.items())
        self.barred = tuple(barred.items())


class Automaton:
    """Patterns side by side.

    A step takes the items that hold a character: `_named` has, by character, those that name it, `_others` those that hold every character
    but the few that `_barred` has.
    """

    __slots__ = ("_barred", "_loops", "_named", "_others", "_start", "items")

    def __init__(self) -> None:
        self.items: list[Item | None] = []
        self._start = self._loops = self._others = 0
        self._named: dict[str, int] = {}
        self._barred: dict[str, int] = {}

    def add(self, table: Table) -> int:
        """Puts a pattern beside the others; gives the bit that says it has matched."""
        at = len(self.items)
        self._start |= 1 << at
        self._loops |= table.loops << at
        self._others |= table.others << at
        named, barred = self._named, self._barred
        for char, bits in table.named:
            named[char] = named.get(char, 0) | bits << at
        for char, bits in table.barred:
            barred[char] = barred.get(char, 0) | bits << at
        self.items += table.items
        self.items.append(None)
        return 1 << (len(self.items) - 1)

    def start(self) -> int:
        """Where reading begins."""
        return self._closed(self._start)

    def after(self, states: int, char: str) -> int:
        """Where `char` leads."""
        taken = states & (self._named.get(char, 0) | (self._others & ~self._barred.get(char, 0)))
        loops = self._loops
        stay = taken & loops
        states = ((taken ^ stay) << 1) | stay
        # Mostly no loop is in line, which could be skipped.
        return self._closed(states) if states & loops else states

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
            only = states & bits
            if only and not only & (only - 1):
                item = self.items[only.bit_length() - 1]
                if item is not None and item.chars.single and not item.loop:
                    return tuple(item.chars.chars)
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
