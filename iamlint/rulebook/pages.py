"""Which cards stand in a folder?"""

from __future__ import annotations

from os import walk
from os.path import basename, isfile, islink, join

from iamlint.rulebook.card import Card
from iamlint.rulebook.errors import BookError, CardError
from iamlint.rulebook.page import read_page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.rulebook.page import Page

_LOCAL = "local"
_CARD_LIMIT = 1 << 18
_CARDS_LIMIT = 1000


def read_pages(folder: str) -> Iterator[tuple[str, Page]]:
    """Every card below `folder` with its family, in the order of family and name; raises CardError for one that cannot be read."""
    for family, path in _card_paths(folder):
        yield family, read_page(read_card_text(path), path)


def read_cards(folder: str) -> Iterator[Card]:
    """The facts of every card below `folder`."""
    return (_card(page, family) for family, page in read_pages(folder))


def page_of(card: Card) -> Page:
    """The card's page in full, with its prose and examples."""
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


def _card_paths(folder: str) -> list[tuple[str, str]]:
    found = []
    for place, folders, names in walk(folder):
        folders.sort()
        family = place[len(folder) :].strip("/\\").replace("\\", "/") or _LOCAL
        found += [(family, join(place, name)) for name in names if name.endswith(".md") and name != "README.md"]
        if len(found) > _CARDS_LIMIT:
            raise BookError("there are too many cards", f"keep at most {_CARDS_LIMIT}", path=folder)
    return sorted(found)


def _card(page: Page, family: str, *, shipped: bool = True) -> Card:
    card = Card(page.front.facts, family, page.source, shipped=shipped)
    if basename(page.source) != f"{card.name}.md":
        raise CardError(f"the card of `{card.name}` has another file name", f"name it `{card.name}.md`", path=page.source)
    return card


def user_cards(folder: str) -> Iterator[Card]:
    """The cards of the repository being linted, each validated; raises CardError."""
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
