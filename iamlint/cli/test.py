"""`iamlint test`: do the examples on rule cards show what the cards say?"""

from __future__ import annotations

import os
import sys

from iamlint.cli.terminal import error_text, say
from iamlint.rulebook.book import Book, load_book, page_of, rules_folder
from iamlint.sources.repository import git_root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from iamlint.lint.cards import CardResult
    from iamlint.rulebook.card import Card


def test(arguments: Namespace) -> int:
    """Runs the cards below the paths (default: all); 1 when one is not as it must be, 2 when there is none. Raises BookError."""
    from iamlint.lint.cards import try_card

    here = os.getcwd()
    book = load_book(os.path.join(git_root(here) or here, ".iamlint", "rules"))
    cards = _chosen(book, arguments.paths)
    if not cards:
        say(error_text("no rule card there", "name a card, or a folder of cards"))
        return 2
    wrong = 0
    for card in cards:
        result = try_card(card, page_of(card), book)
        if arguments.update and result.stale:
            _update(result)
            result = try_card(card, page_of(card), book)
        wrong += bool(result.complaints)
        sys.stdout.write("".join([f"{line}\n" for line in _said(result)]))
    if arguments.update and not arguments.paths:
        _write_index(book)
    sys.stdout.flush()
    say([f"{len(cards) - wrong} passed, {wrong} failed"])
    return 1 if wrong else 0


def _chosen(book: Book, paths: Iterable[str]) -> list[Card]:
    wanted = [os.path.realpath(path) for path in paths]
    if not wanted:
        return list(book.cards)
    return [card for card in book.cards if any(_is_below(os.path.realpath(card.source), path) for path in wanted)]


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)


def _said(result: CardResult) -> list[str]:
    if not result.complaints:
        return [f"ok {result.card.name} ({len(result.trials)} examples)"]
    said = [f"not ok {result.card.name}"]
    for complaint in result.complaints:
        said += [f"  {result.page.source}:{complaint.line}: {complaint.message}", f"    help: {complaint.help}"]
    return said


def _update(result: CardResult) -> None:
    from iamlint.lint.examples import updated

    with open(result.page.source, "w", encoding="utf-8", newline="\n") as file:
        file.write(updated(result.page, result.trials))


def _write_index(book: Book) -> None:
    """The table of all rules for readers of the repository; a wheel has none."""
    from iamlint.rulebook.index import readme

    path = os.path.join(rules_folder(), "README.md")
    if os.path.exists(path):
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(readme([card for card in book.cards if card.shipped]))
