"""Which rules are there: ours, and those of the repository being linted?

A wheel carries an index of its cards; a checkout has none and reads the cards in `rules/`. A repository's own cards stand in
`.iamlint/rules/` and only state what is forbidden: linting never runs code from what it lints.
"""

from __future__ import annotations

from os.path import abspath, dirname, isdir, isfile, join

from iamlint.rulebook.card import Card
from iamlint.rulebook.errors import BookError, CardError
from iamlint.rulebook.index import INDEX, read_index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.rulebook.card import Fact
    from iamlint.rulebook.page import Page

_PACKAGE = dirname(dirname(abspath(__file__)))
_CHECKOUT = dirname(_PACKAGE)
_LOCAL = "local"
_CARD_LIMIT = 1 << 18
_CARDS_LIMIT = 1000


class Book:
    """The rules, in the order of family and name; `families` are the folders they stand in, in order."""

    __slots__ = ("_named", "cards", "families")

    def __init__(self, cards: Iterable[Card]) -> None:
        self.cards = tuple(cards)
        self._named = {card.name: card for card in self.cards}
        self.families = tuple(dict.fromkeys([card.family for card in self.cards]))

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
    own = tuple(_user_cards(user_dir)) if user_dir is not None and isdir(user_dir) else ()
    every = (*cards, *own)
    if len({card.name for card in every}) < len(every):
        _refuse_clashes(every)
    return Book(every)


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
    return tuple(_card(page, family) for family, page in read_pages(folder))


def read_pages(folder: str) -> Iterator[tuple[str, Page]]:
    """Every card below `folder` with its family, in the order of family and name; raises CardError for one that cannot be read."""
    from iamlint.rulebook.page import read_page

    for family, path in _card_paths(folder):
        yield family, read_page(read_card_text(path), path)


def page_of(card: Card) -> Page:
    """The card's page in full, with its prose and examples."""
    from iamlint.rulebook.page import read_page

    return read_page(read_card_text(card.source), card.source)


def read_card_text(path: str) -> str:
    """The text of a card file; raises CardError for one that is too large, is no file or is not UTF-8."""
    if not isfile(path):
        raise CardError("the card is not a file", "put a Markdown file there", path=path)
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read(_CARD_LIMIT + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise CardError(f"the card cannot be read: {error}", "write it as UTF-8 text", path=path) from None
    if len(text) > _CARD_LIMIT:
        raise CardError("the card is too large", f"keep it below {_CARD_LIMIT} characters", path=path)
    return text


def read_schema(name: str) -> dict[str, Fact]:
    """One of the JSON schemas of cards, by its file name."""
    import json

    path = join(_PACKAGE, "rulebook", name)
    # The language of `forbids` is checked by whoever asks it until it has a schema of its own.
    if not isfile(path):
        return {}
    with open(path, encoding="utf-8") as file:
        schema: dict[str, Fact] = json.load(file)
    return schema


def _card_paths(folder: str) -> list[tuple[str, str]]:
    from os import walk

    found = []
    for place, folders, names in walk(folder):
        folders.sort()
        family = place[len(folder) :].strip("/\\").replace("\\", "/") or _LOCAL
        found += [(family, join(place, name)) for name in names if name.endswith(".md") and name != "README.md"]
        if len(found) > _CARDS_LIMIT:
            raise BookError("there are too many cards", f"keep at most {_CARDS_LIMIT}", path=folder)
    return sorted(found)


def _card(page: Page, family: str, *, shipped: bool = True) -> Card:
    from os.path import basename

    card = Card(page.front.facts, family, page.source, shipped=shipped)
    if basename(page.source) != f"{card.name}.md":
        raise CardError(f"the card of `{card.name}` has another file name", f"name it `{card.name}.md`", path=page.source)
    return card


def _user_cards(folder: str) -> Iterator[Card]:
    from os.path import islink

    from iamlint.rulebook.page import read_page
    from iamlint.rulebook.schema import card_problems

    for family, path in _card_paths(folder):
        if islink(path):
            raise CardError("the card is a symbolic link", "put the file itself there", path=path)
        page = read_page(read_card_text(path), path)
        for problem in card_problems(page.front, page.source):
            raise problem
        card = _card(page, family, shipped=False)
        if card.origin != "request":
            raise CardError(
                "a repository's card must say what it forbids", "add `forbids:`; only iamlint's own rules have code", path=path, line=1
            )
        yield card


def _refuse_clashes(cards: tuple[Card, ...]) -> None:
    taken: dict[str, Card] = {}
    for card in cards:
        other = taken.setdefault(card.name, card)
        if other is not card:
            whose = "iamlint's own" if other.shipped and not card.shipped else other.source
            raise CardError(f"the rule `{card.name}` exists already ({whose})", "give it another name", path=card.source, line=2)
