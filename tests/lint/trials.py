"""Every example on every card, tried: what the tests that ask all of them share."""

from __future__ import annotations

from collections.abc import Iterator

from iamlint.lint.examples import ExampleError, Trial, run_example
from iamlint.rulebook.book import load_book, rules_folder
from iamlint.rulebook.card import Card
from iamlint.rulebook.page import Example
from iamlint.rulebook.pages import read_pages


def trials() -> Iterator[tuple[Card, Example, Trial]]:
    """The examples that can be read, each with its card and with what no rule finds in it."""
    book = load_book()
    for _, page in read_pages(rules_folder()):
        card = book.card(str(page.front.facts["name"]))
        assert card is not None
        for example in page.examples:
            try:
                yield card, example, run_example(card, example, ())
            except ExampleError:
                continue
