"""Which rules are there: ours, and those of the repository being linted?

A wheel carries an index of its cards; a checkout has none and reads the cards in `rules/`. A repository's own cards stand in
`.iamlint/rules/` and only state what is forbidden: linting never runs code from what it lints.
"""

from __future__ import annotations

from os.path import abspath, dirname, isdir, isfile, join

from iamlint.rulebook.card import PRESETS, Card
from iamlint.rulebook.errors import BookError, CardError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_PACKAGE = dirname(dirname(abspath(__file__)))
_CHECKOUT = dirname(_PACKAGE)
INDEX = "index.jsonl"
FORMAT = 2
"""Of the index; see `index`."""


class Book:
    """The rules, in the order of family and name; `families` are the folders they stand in, in order."""

    __slots__ = ("_named", "cards", "families")

    def __init__(self, cards: Iterable[Card]) -> None:
        self.cards = tuple(cards)
        self._named = {card.name: card for card in self.cards}
        self.families = tuple(dict.fromkeys([card.family for card in self.cards]))

    def of_preset(self, name: str) -> tuple[Card, ...]:
        """The rules that run when nobody selects any; none for a preset that there is not."""
        levels = PRESETS[: PRESETS.index(name) + 1] if name in PRESETS else ()
        return tuple([card for card in self.cards if card.status == "stable" and card.preset in levels])

    def card(self, name: str) -> Card | None:
        """The rule of that name, or None."""
        return self._named.get(name)

    def near(self, name: str) -> tuple[str, ...]:
        """Names of rules that look like `name`, the closest first."""
        from difflib import get_close_matches

        close = get_close_matches(name, self._named, n=3, cutoff=0.75)
        return tuple(close or [known for known in self._named if name and name in known][:3])

    def known(self, name: str) -> Card:
        """The rule of that name; raises BookError with the closest names when there is none."""
        card = self.card(name)
        if card is None:
            raise BookError(f"unknown rule `{name}`", did_you_mean(self.near(name), "`iamlint rules` lists them all"))
        return card


def did_you_mean(close: Iterable[str], otherwise: str) -> str:
    """The help line for a word that is not known: the words it may have been, or what else to do."""
    names = " or ".join(f"`{name}`" for name in close)
    return f"did you mean {names}?" if names else otherwise


def load_book(user_dir: str | None = None) -> Book:
    """Every rule: ours, then the cards in `user_dir` (a repository's `.iamlint/rules`); raises BookError for an empty or broken book."""
    cards = shipped_cards()
    if not cards:
        raise BookError("the rulebook has no rules", "install iamlint again", path=rules_folder())
    own = _own_cards(user_dir) if user_dir is not None and isdir(user_dir) else ()
    every = (*cards, *own)
    if len({card.name for card in every}) < len(every):
        _refuse_clashes(every)
    return Book(every)


def _own_cards(folder: str) -> tuple[Card, ...]:
    from iamlint.rulebook.pages import user_cards

    return tuple(user_cards(folder))


def rules_folder() -> str:
    """The folder that our cards stand in."""
    packaged = join(_PACKAGE, "rules")
    if isfile(join(packaged, INDEX)):
        return packaged
    checkout = join(_CHECKOUT, "rules")
    # Without the project file beside it, a folder named `rules` next to the package is somebody else's.
    return checkout if isfile(join(_CHECKOUT, "pyproject.toml")) and isdir(checkout) else packaged


def shipped_cards() -> tuple[Card, ...]:
    """Our own cards, from the index where there is one."""
    folder = rules_folder()
    index = join(folder, INDEX)
    if isfile(index):
        return read_index(index, folder)
    from iamlint.rulebook.pages import read_cards

    return tuple(read_cards(folder))


def read_index(path: str, folder: str) -> tuple[Card, ...]:
    """The cards of the index at `path`, whose pages stand in `folder`; raises BookError."""
    import json

    try:
        with open(path, "rb") as file:
            first, *facts = file.read().split(b"\n")[:-1]
        index = json.loads(first)
        if index["format"] != FORMAT:
            raise ValueError(f"it is of format {index['format']}")
        rows = zip(index["rules"], facts, strict=True)
        pages = join(folder, "")
        return tuple([Card.indexed(head, text, pages) for head, text in rows])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise BookError(f"the index of rules cannot be read: {error}", "install iamlint again", path=path) from None


def _refuse_clashes(cards: tuple[Card, ...]) -> None:
    taken: dict[str, Card] = {}
    for card in cards:
        other = taken.setdefault(card.name, card)
        if other is not card:
            whose = "iamlint's own" if other.shipped and not card.shipped else other.source
            raise CardError(f"the rule `{card.name}` exists already ({whose})", "give it another name", path=card.source, line=2)
