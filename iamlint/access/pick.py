"""Is there a string that is in every one of some unions of globs and in none of some other globs?

Three ways, cheapest first. A union of literals is tried literal by literal. A glob without other classes than `*` is tried by its instance: let z be
a letter that occurs in no pattern and w the glob with every `*` replaced by z; if a pure glob N matches w, each z is consumed by a star of N, so N
includes the whole glob, and otherwise w is a string that N lacks. What is left is a breadth-first search over all the patterns side by side.
"""

from __future__ import annotations

from iamlint.access.glob import ANY, BUDGET, EVERYTHING, Undecided

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iamlint.access.glob import Glob, Item, Union

EVERY: Union = frozenset({EVERYTHING})

# Letters for what a wildcard may stand for, in the order in which they are tried; one that no pattern mentions is fresh.
_FRESH = "xzqjkvwyXZQJKVWYabcdefghilmnoprstu0123456789-_"


def pick(inside: Sequence[Union], outside: Union, samples: Iterable[str] = ()) -> str | None:
    """A string in each union of `inside` and in no glob of `outside`, or None when there is none.

    `samples` are tried first, for their looks. Raises Undecided when the search exceeds its bound.
    """
    for sample in samples:
        if _fits(sample, inside, outside):
            return sample
    if not inside:
        return _pick_from(EVERY, (), outside)
    base = min(inside, key=_weight)
    rest = tuple(union for union in inside if union is not base)
    return _pick_from(base, rest, outside)


def _weight(union: Union) -> tuple[bool, int]:
    return (any(glob.literal is None for glob in union), len(union))


def _fits(text: str, inside: Sequence[Union], outside: Union) -> bool:
    return all(any(glob.matches(text) for glob in union) for union in inside) and not any(glob.matches(text) for glob in outside)


def _pick_from(base: Union, rest: tuple[Union, ...], outside: Union) -> str | None:
    hard = []
    fresh = _fresh((base, *rest, outside))
    for glob in sorted(base, key=_order):
        if glob.literal is not None:
            if _fits(glob.literal, rest, outside):
                return glob.literal
            continue
        answer = _by_instance(glob, rest, outside, fresh)
        if answer is None:
            hard.append(glob)
        elif answer:
            return answer[0]
    return search((frozenset(hard), *rest), outside) if hard else None


def _order(glob: Glob) -> tuple[int, str]:
    return (len(glob.items), glob.regex)


def _by_instance(glob: Glob, rest: tuple[Union, ...], outside: Union, fresh: str) -> tuple[str, ...] | None:
    """(w,) with a string that fits, () when there is none, None when the lemma does not decide."""
    plain = True
    for item in glob.items:
        if not item.chars.single and item.chars != ANY:
            if not item.chars.has(fresh):
                return None
            plain = False
    text = glob.instance(fresh)
    if _fits(text, rest, outside):
        return (text,)
    # Only a pure glob that matches the instance is sure to include the whole glob.
    if not plain or any(not any(other.pure and other.matches(text) for other in union) for union in rest):
        return None
    return () if any(other.pure and other.matches(text) for other in outside) else None


def _fresh(unions: Iterable[Union]) -> str:
    used: set[str] = set()
    for union in unions:
        for glob in union:
            for item in glob.items:
                used |= item.chars.chars
    for letter in _FRESH:
        if letter not in used:
            return letter
    code = 0xE000
    while chr(code) in used:
        code += 1
    return chr(code)


class _Machine:
    """All the patterns side by side in one integer: bit i says that item i is next, the bit behind a glob's items that it has matched."""

    __slots__ = ("accepts", "alphabet", "doomed", "items", "loops", "positive", "start", "steps", "stays", "unions")

    def __init__(self, inside: Sequence[Union], outside: Union) -> None:
        self.items: list[Item | None] = []
        self.accepts: list[int] = []
        self.unions: list[int] = []
        self.start = 0
        self.loops = 0
        self.doomed = 0
        for union in inside:
            before = len(self.items)
            self.accepts.append(self._add_all(union))
            self.unions.append((1 << len(self.items)) - (1 << before))
        self.positive = (1 << len(self.items)) - 1
        before = len(self.items)
        self.accepts.append(self._add_all(outside))
        for glob_end in self._final_loops(before):
            self.doomed |= 1 << glob_end
        explicit = sorted({char for item in self.items if item is not None for char in item.chars.chars})
        self.alphabet = tuple(explicit)
        self.steps: dict[str, int] = {}
        self.stays: dict[str, int] = {}

    def _add_all(self, union: Union) -> int:
        accept = 0
        for glob in union:
            self.start |= 1 << len(self.items)
            for item in glob.items:
                if item.loop:
                    self.loops |= 1 << len(self.items)
                self.items.append(item)
            accept |= 1 << len(self.items)
            self.items.append(None)
        return accept

    def _final_loops(self, before: int) -> list[int]:
        found = []
        for index in range(before, len(self.items) - 1):
            item = self.items[index]
            if item is not None and item.loop and item.chars == ANY and self.items[index + 1] is None:
                found.append(index)
        return found

    def closed(self, states: int) -> int:
        """`states` with every loop also skipped."""
        while True:
            more = states | ((states & self.loops) << 1)
            if more == states:
                return states
            states = more

    def after(self, states: int, char: str) -> int:
        """Where `char` leads."""
        if char not in self.steps:
            step = stay = 0
            for index, item in enumerate(self.items):
                if item is not None and item.chars.has(char):
                    if item.loop:
                        stay |= 1 << index
                    else:
                        step |= 1 << index
            self.steps[char] = step
            self.stays[char] = stay
        return self.closed(((states & self.steps[char]) << 1) | (states & self.stays[char]))

    def choices(self, states: int, fresh: str) -> Iterable[str]:
        """The characters worth trying: those the most demanding union asks for, else every one that some pattern mentions and a fresh one."""
        best: set[str] | None = None
        for bits in self.unions:
            wanted = self._wanted(states & bits)
            if wanted is not None and (best is None or len(wanted) < len(best)):
                best = wanted
        return sorted(best) if best is not None else (fresh, *self.alphabet)

    def _wanted(self, states: int) -> set[str] | None:
        found: set[str] = set()
        while states:
            low = states & -states
            states ^= low
            item = self.items[low.bit_length() - 1]
            if item is None:
                continue
            if item.chars.negated:
                return None
            found |= item.chars.chars
        return found


def search(inside: Sequence[Union], outside: Union) -> str | None:
    """The shortest string in each union of `inside` and in no glob of `outside`, by search; None when there is none."""
    machine = _Machine(inside, outside)
    fresh = _fresh((*inside, outside))
    state = machine.closed(machine.start)
    if state & machine.doomed:
        return None
    seen = {state}
    level = [(state, "")]
    while level:
        following = []
        for states, text in level:
            if _accepted(machine, states):
                return text
            for char in machine.choices(states, fresh):
                reached = machine.after(states, char)
                if reached in seen or reached & machine.doomed or any(not reached & bits for bits in machine.unions):
                    continue
                seen.add(reached)
                if len(seen) > BUDGET:
                    raise Undecided("the patterns overlap in too many ways")
                following.append((reached, text + char))
        level = following
    return None


def _accepted(machine: _Machine, states: int) -> bool:
    *wanted, unwanted = machine.accepts
    return not states & unwanted and all(states & accept for accept in wanted)
