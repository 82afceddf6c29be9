"""Which strings does a pattern stand for, and is there one that some patterns match and others do not?

Every test that IAM makes on text (equality, wildcards, ignoring case, ARN parts, formats of legal values) is a `Glob`: a sequence of
items, each a class of characters that occurs once or, as a loop, any number of times. `pick` decides exactly whether a string exists
that is in every one of some unions of globs and in none of some others, and gives one.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.sets.automaton import Automaton, Table
from iamlint.policy.pattern import in_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    Union: TypeAlias = "frozenset[Glob]"


class Chars:
    """A class of characters: those of `chars`, or with `negated` all others."""

    __slots__ = ("chars", "negated", "single")

    def __init__(self, chars: Iterable[str], negated: bool = False) -> None:
        self.chars = frozenset(chars)
        self.negated = negated
        self.single = not negated and len(self.chars) == 1

    def has(self, char: str) -> bool:
        """Whether `char` is in the class."""
        return (char in self.chars) != self.negated

    def meets(self, other: Chars) -> bool:
        """Whether some character is in both classes."""
        if self.negated:
            return other.negated or not other.chars <= self.chars
        return not self.chars <= other.chars if other.negated else not self.chars.isdisjoint(other.chars)

    def without(self, char: str) -> Chars:
        """The class less one character."""
        return Chars(self.chars | {char}, True) if self.negated else Chars(self.chars - {char})

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Chars) and self.negated == other.negated and self.chars == other.chars)

    def __hash__(self) -> int:
        return hash((self.negated, self.chars))

    def text(self) -> str:
        """The class as a reader of regular expressions knows it."""
        if self.single:
            return next(iter(self.chars))
        return "." if not self.chars and self.negated else f"[{'^' if self.negated else ''}{''.join(sorted(self.chars))}]"


ANY = Chars("", negated=True)
NOT_COLON = Chars(":", negated=True)


class Item:
    """One element of a glob: a character of a class, or with `loop` any number of them; `char` if it is exactly one, else empty."""

    __slots__ = ("_hash", "char", "chars", "loop")

    def __init__(self, chars: Chars, loop: bool = False) -> None:
        self.chars = chars
        self.loop = loop
        self.char = next(iter(chars.chars)) if chars.single and not loop else ""
        self._hash = hash((chars, loop))

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Item) and self.loop == other.loop and self.chars == other.chars)

    def __hash__(self) -> int:
        return self._hash


STAR = Item(ANY, loop=True)
MARK = Item(ANY)


class _Items(dict[str, Item]):
    """The item for each character: that which is exactly it, but for those given."""

    def __missing__(self, char: str) -> Item:
        item = self[char] = Item(Chars(char)) if self is _LITERALS else _LITERALS[char]
        return item


_LITERALS = _Items()
_WILDCARDS = _Items({"*": STAR, "?": MARK})


def literal_item(char: str) -> Item:
    """The item that is exactly `char`."""
    return _LITERALS[char]


class Glob:
    """The strings that a sequence of items stands for.

    `letters` are the characters it mentions. `literal` is the one string of a glob without classes and loops, else None. A glob is
    `pure` when it has only single characters and `*`: the globs for which inclusion is one match (the lemma of independence, see
    `pick`).
    """

    __slots__ = ("_automaton", "_hash", "_pieces", "_table", "_text", "items", "letters", "literal", "pure")

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = tuple(items)
        self._automaton: tuple[Automaton, int] | None = None
        self._pieces: tuple[str, ...] | None = None
        self._table: Table | None = None
        self._text: str | None = None
        chars = [item.char for item in self.items]
        letters = set(chars)
        self.literal = None if "" in letters else "".join(chars)
        self.pure = True
        if self.literal is None:
            letters.remove("")
            for item in [item for item in self.items if not item.char]:
                letters |= item.chars.chars
                if not item.loop or item.chars != ANY:
                    self.pure = False
        self.letters = frozenset(letters)
        self._hash = hash(self.items if self.literal is None else self.literal)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Glob) and self.items == other.items)

    def __hash__(self) -> int:
        return self._hash

    @property
    def text(self) -> str:
        """The glob as a reader of regular expressions knows it; also what globs are sorted by."""
        if self._text is None:
            self._text = "".join([item.chars.text() + ("*" if item.loop else "") for item in self.items])
        return self._text

    @property
    def table(self) -> Table:
        """What an automaton reads the glob by."""
        if self._table is None:
            self._table = Table(self.items)
        return self._table

    def matches(self, text: str) -> bool:
        """Whether `text` is one of the strings."""
        if self.literal is not None:
            return text == self.literal
        if self.pure:
            self._pieces = self._pieces or _pieces(self.items)
            return in_order(self._pieces, text)
        if self._automaton is None:
            automaton = Automaton()
            self._automaton = (automaton, automaton.add(self.table))
        automaton, accept = self._automaton
        return bool(automaton.read(text) & accept)

    def instance(self, fresh: str) -> str:
        """The glob's string in which every wildcard is `fresh`; its classes must be single characters or hold `fresh`."""
        return "".join([next(iter(item.chars.chars)) if item.chars.single else fresh for item in self.items])

    def __repr__(self) -> str:
        return f"Glob({self.text!r})"


def _pieces(items: Sequence[Item]) -> tuple[str, ...]:
    """The literal texts before, between and behind the stars of a pure glob."""
    found: list[list[str]] = [[]]
    for item in items:
        if item.loop:
            found.append([])
        else:
            found[-1].append(item.char)
    return tuple(["".join(piece) for piece in found])


_EXACT: dict[str, Glob] = {}
_WILD: dict[str, Glob] = {}


def exact(text: str) -> Glob:
    """The glob of exactly `text`."""
    found = _EXACT.get(text)
    if found is None:
        found = Glob(list(map(_LITERALS.__getitem__, text)))
        if len(_EXACT) < 50_000:
            _EXACT[text] = found
    return found


def wildcard(text: str) -> Glob:
    """`text` with IAM's wildcards: `*` any run, `?` one character."""
    found = _WILD.get(text)
    if found is None:
        items = list(map(_WILDCARDS.__getitem__, text))
        found = Glob(_collapsed(items) if "**" in text else items)
        if len(_WILD) < 50_000:
            _WILD[text] = found
    return found


def action_glob(text: str) -> Glob:
    """The actions that one pattern matches: a name is compared ignoring case; `*` alone stands for `*:*`."""
    return wildcard("*:*" if text == "*" else text.lower())


def _collapsed(items: list[Item]) -> list[Item]:
    kept: list[Item] = []
    for item in items:
        if not (item.loop and kept and kept[-1] == item):
            kept.append(item)
    return kept


def concatenation(*parts: Sequence[Item]) -> Glob:
    """The glob of the parts one after the other."""
    return Glob(_collapsed([item for part in parts for item in part]))


def ignoring_case(glob: Glob) -> Glob:
    """The glob of every spelling in upper and lower case."""
    return Glob([Item(_folded(item.chars), item.loop) for item in glob.items])


def _folded(chars: Chars) -> Chars:
    return Chars({form for char in chars.chars for form in (char, char.lower(), char.upper()) if len(form) == 1}, chars.negated)


EVERYTHING = Glob([STAR])


def any_matches(globs: Iterable[Glob], text: str) -> bool:
    """Whether `text` is one of the strings of some glob."""
    for glob in globs:  # noqa: SIM110  # searches spend their time here, and a generator costs several times as much
        if glob.matches(text):
            return True
    return False


def format_glob(text: str) -> Glob:
    """A format of legal values: `[a-z]` classes, `.` and characters, each optionally followed by `*`, `+` or `{n}`.

    Raises ValueError on anything else; formats are ours, so that is a mistake in the knowledge tables.
    """
    items: list[Item] = []
    position = 0
    while position < len(text):
        chars, position = _format_class(text, position)
        suffix = text[position : position + 1]
        if suffix == "*":
            items.append(Item(chars, loop=True))
            position += 1
        elif suffix == "+":
            items += [Item(chars), Item(chars, loop=True)]
            position += 1
        elif suffix == "{":
            end = text.index("}", position)
            items += [Item(chars)] * int(text[position + 1 : end])
            position = end + 1
        else:
            items.append(Item(chars))
    return Glob(items)


def _format_class(text: str, position: int) -> tuple[Chars, int]:
    char = text[position]
    if char == ".":
        return ANY, position + 1
    if char == "\\":
        return Chars(text[position + 1]), position + 2
    if char != "[":
        return Chars(char), position + 1
    end = text.index("]", position + 2)
    return _listed(text[position + 1 : end]), end + 1


@lru_cache(maxsize=64)
def _listed(inside: str) -> Chars:
    """The class of what stands in brackets; formats have the same again and again."""
    negated = inside.startswith("^")
    inside = inside[1:] if negated else inside
    chars: set[str] = set()
    at = 0
    while at < len(inside):
        if at + 2 < len(inside) and inside[at + 1] == "-":
            chars.update(map(chr, range(ord(inside[at]), ord(inside[at + 2]) + 1)))
            at += 3
        else:
            chars.add(inside[at])
            at += 1
    return Chars(chars, negated)
