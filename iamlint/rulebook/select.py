"""Which rules run?

One grammar on the command line and in settings: a rule's `name`, its `family`, `tag:x`, `severity:high` or `severity:high+` (that and
worse), `all`. The most specific selector wins: a name before a group before `all`; of equally specific ones the later.
"""

from __future__ import annotations

from iamlint.finding import Severity
from iamlint.rulebook.book import did_you_mean
from iamlint.rulebook.card import PRESETS
from iamlint.rulebook.errors import BookError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from iamlint.rulebook.book import Book
    from iamlint.rulebook.card import Card

    Matcher: TypeAlias = Callable[[Card], bool]

EVERY_RULE, A_GROUP, ONE_RULE = range(3)


class Choice:
    """One selector that turns rules on or off; `origin` says where it was written (`--select`, `iamlint.toml:7`)."""

    __slots__ = ("on", "origin", "selector")

    def __init__(self, selector: str, origin: str, *, on: bool) -> None:
        self.selector = selector
        self.origin = origin
        self.on = on


class _Selector:
    __slots__ = ("matches", "rank")

    def __init__(self, rank: int, matches: Matcher) -> None:
        self.rank = rank
        self.matches = matches


def selected(selectors: Iterable[str], origin: str = "--select") -> tuple[Choice, ...]:
    """Choices that turn rules on."""
    return tuple([Choice(selector, origin, on=True) for selector in selectors])


def ignored(selectors: Iterable[str], origin: str = "--ignore") -> tuple[Choice, ...]:
    """Choices that turn rules off."""
    return tuple([Choice(selector, origin, on=False) for selector in selectors])


def choose(book: Book, choices: Sequence[Choice] = (), preset: str = PRESETS[0]) -> tuple[Card, ...]:
    """The rules that run, in the book's order; raises BookError for a selector that names nothing, and when no rule is left.

    The rules of the preset run unless something is selected, then only that. A repository's own rules belong to every preset they name.
    Preview and deprecated rules run only when selected; removed ones never.
    """
    if preset not in PRESETS:
        from difflib import get_close_matches

        raise BookError(f"unknown preset `{preset}`", did_you_mean(get_close_matches(preset, PRESETS), f"use one of {', '.join(PRESETS)}"))
    parsed = [(_selector(book, choice), choice.on) for choice in choices]
    usual = frozenset(() if any(choice.on for choice in choices) else book.of_preset(preset))
    cards = tuple([card for card in book.cards if _runs(card, parsed, card in usual)])
    if not cards:
        raise BookError("no rule is selected", "select something that is not ignored; `iamlint rules` lists the rules")
    return cards


def _runs(card: Card, parsed: list[tuple[_Selector, bool]], usual: bool) -> bool:
    if card.status == "removed":
        return False
    best, on = -1, usual
    for selector, turns_on in parsed:
        if selector.rank >= best and selector.matches(card):
            best, on = selector.rank, turns_on
    return on


def _selector(book: Book, choice: Choice) -> _Selector:
    text = choice.selector
    if text == "all":
        return _Selector(EVERY_RULE, lambda card: True)
    kind, colon, value = text.partition(":")
    if colon and kind == "tag":
        return _tagged(book, value, choice)
    if colon and kind == "severity":
        return _severe(value, choice)
    if (card := book.card(text)) is not None:
        return _named(card, choice)
    if text in book.families:
        return _Selector(A_GROUP, lambda card: card.family == text)
    close = (*book.near(text), *_near(text, book.families))[:3]
    raise BookError(f"unknown rule `{text}` in {choice.origin}", did_you_mean(close, "`iamlint rules` lists them all"))


def _named(named: Card, choice: Choice) -> _Selector:
    if named.status == "removed" and choice.on:
        instead = f"select `{named.replaced_by}`" if named.replaced_by else "leave it out"
        raise BookError(f"the rule `{named.name}` in {choice.origin} was removed", instead)
    return _Selector(ONE_RULE, lambda card: card.name == named.name)


def _tagged(book: Book, tag: str, choice: Choice) -> _Selector:
    tags = {known for card in book.cards for known in card.tags}
    if tag not in tags:
        close = [f"tag:{known}" for known in _near(tag, tags)]
        raise BookError(f"no rule has the tag `{tag}` in {choice.origin}", did_you_mean(close, f"the tags are {', '.join(sorted(tags))}"))
    return _Selector(A_GROUP, lambda card: tag in card.tags)


def _severe(value: str, choice: Choice) -> _Selector:
    try:
        severity = Severity(value.removesuffix("+"))
    except ValueError:
        names = ", ".join(f"severity:{known.value}" for known in reversed(Severity))
        raise BookError(f"unknown severity `{value}` in {choice.origin}", f"use {names}, each with `+` for that and worse") from None
    if value.endswith("+"):
        return _Selector(A_GROUP, lambda card: card.severity.rank >= severity.rank)
    return _Selector(A_GROUP, lambda card: card.severity is severity)


def _near(word: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(word, sorted(known), n=1)
