"""`iamlint explain`: what does a rule look for, why, and how is it mended?"""

from __future__ import annotations

from iamlint.cli.ending import CLEAN, UsageError
from iamlint.cli.project import Project

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.cli.arguments import Arguments
    from iamlint.cli.terminal import Terminal
    from iamlint.rulebook.book import Book
    from iamlint.rulebook.card import Card


def explain(arguments: Arguments, terminal: Terminal) -> int:
    """Shows the pages of the rules; raises BookError for a name that is none."""
    from iamlint.report.page import explain as page_text
    from iamlint.rulebook.pages import page_of

    if not arguments.paths:
        raise UsageError("no rule is named", "write `iamlint explain NAME`; `iamlint rules` lists them")
    project = Project(arguments)
    cards = [_meant(project.book, name) for name in arguments.paths]
    look = terminal.out.look
    terminal.out.write([("\n" if number else "") + page_text(card, page_of(card), look) for number, card in enumerate(cards)])
    return CLEAN


def _meant(book: Book, name: str) -> Card:
    if book.card(name) is None and name in book.families:
        raise UsageError(f"`{name}` is a family of rules", f"`iamlint rules --select {name}` lists them")
    return book.known(name)
