"""Which rules and settings hold for this run?"""

from __future__ import annotations

import os

from iamlint.finding import Severity
from iamlint.rulebook.book import load_book
from iamlint.rulebook.select import choose, ignored, selected
from iamlint.settings.load import load_settings
from iamlint.sources.repository import git_root
from iamlint.zone import Zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from iamlint.rulebook.book import Book
    from iamlint.rulebook.card import Card
    from iamlint.settings.values import Settings


class Project:
    """The settings, all rules, and the rules that run."""

    __slots__ = ("book", "cards", "settings")

    def __init__(self, arguments: Namespace) -> None:
        """Raises SettingsError and BookError."""
        here = os.getcwd()
        self.settings = load_settings(here, path=arguments.config, search=not arguments.no_config, overrides=tuple(arguments.set))
        self.book = load_book(os.path.join(git_root(here) or here, ".iamlint", "rules"))
        self.cards = _running(arguments, self.settings, self.book)


def _running(arguments: Namespace, settings: Settings, book: Book) -> tuple[Card, ...]:
    chosen = _split(getattr(arguments, "select", ()))
    off = [book.known(name).name for name, word in settings.rules.items() if word == "off"]
    choices = [
        *selected(chosen or settings.select, "--select" if chosen else "settings"),
        *ignored(settings.ignore, "settings"),
        *ignored(off, "settings"),
        *ignored(_split(getattr(arguments, "ignore", ()))),
    ]
    cards = choose(book, choices, getattr(arguments, "preset", None) or settings.preset)
    severities = {book.known(name).name: Severity(word) for name, word in settings.rules.items() if word != "off"}
    return tuple([card.rated(severities[card.name]) if card.name in severities else card for card in cards])


def _split(words: Iterable[str]) -> list[str]:
    return [word.strip() for text in words for word in text.split(",") if word.strip()]


def zone_of(arguments: Namespace, settings: Settings) -> Zone:
    """Who is us: what the command line says beside what the settings say."""
    return Zone(
        (*settings.accounts, *arguments.account),
        (*settings.organizations, *arguments.org),
        (*settings.trusted_accounts, *arguments.trusted_account),
        settings.tenants,
    )
