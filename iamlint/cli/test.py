"""`iamlint test`: do the examples on rule cards show what the cards say?"""

from __future__ import annotations

import os

from iamlint.cli.ending import CLEAN, FOUND, UsageError
from iamlint.cli.project import own_rules
from iamlint.rulebook.book import did_you_mean, load_book, rules_folder
from iamlint.rulebook.pages import page_of
from iamlint.sources.repository import git_root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.cli.arguments import Arguments
    from iamlint.cli.terminal import Terminal
    from iamlint.lint.cards import CardResult
    from iamlint.rulebook.book import Book
    from iamlint.rulebook.card import Card


def test(arguments: Arguments, terminal: Terminal) -> int:
    """Runs the cards of these names or below these paths (default: all); 1 when one is wrong. Raises BookError and UsageError."""
    here = os.getcwd()
    book = load_book(own_rules(git_root(here) or here))
    cards = _chosen(book, arguments.paths)
    wrong = 0
    for card in cards:
        result = _tried(card, book, update=arguments.update)
        wrong += bool(result.complaints)
        if result.complaints or not arguments.quiet:
            terminal.out.write([f"{line}\n" for line in _said(result)])
    if arguments.update and not arguments.paths:
        _write_index(book)
    terminal.say([f"{len(cards) - wrong} passed, {wrong} failed"])
    return FOUND if wrong else CLEAN


def _tried(card: Card, book: Book, *, update: bool) -> CardResult:
    from iamlint.lint.cards import try_card

    result = try_card(card, page_of(card), book)
    if not (update and result.stale):
        return result
    from iamlint.lint.examples import updated

    _rewrite(result.page.source, updated(result.page, result.trials))
    return try_card(card, page_of(card), book)


def _chosen(book: Book, wanted: Iterable[str]) -> list[Card]:
    """The cards that are named, or stand below a path that is; all of them where nothing is."""
    found = [card for word in wanted for card in _meant(book, word)]
    return [card for card in book.cards if card in found] if found else list(book.cards)


def _meant(book: Book, word: str) -> list[Card]:
    """The cards below a path, or else the card of that name."""
    real = os.path.realpath(word)
    below = [card for card in book.cards if _is_below(os.path.realpath(card.source), real)]
    if below:
        return below
    named = book.card(word)
    if named is None:
        where = f"our cards are in {rules_folder()}, a repository's own in .iamlint/rules"
        raise UsageError(f"there is no rule card in `{word}`, and no rule of that name", did_you_mean(book.near(word), where))
    return [named]


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _said(result: CardResult) -> list[str]:
    if not result.complaints:
        return [f"ok {result.card.name} ({len(result.trials)} examples)"]
    said = [f"not ok {result.card.name}"]
    for complaint in result.complaints:
        said += [f"  {result.page.source}:{complaint.line}: {complaint.message}", f"    help: {complaint.help}"]
    return said


def _write_index(book: Book) -> None:
    """The table of all rules for readers of the repository; a wheel has none."""
    from iamlint.rulebook.index import readme

    path = os.path.join(rules_folder(), "README.md")
    if os.path.exists(path):
        _rewrite(path, readme([card for card in book.cards if card.shipped]))


def _rewrite(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"`{path}` cannot be written: {(error.strerror or '').lower()}", "look at the file and its permissions") from None
