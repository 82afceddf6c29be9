"""Is every card as a card must be, and does the linter do what it says? Every example on every card is run."""

from __future__ import annotations

import pytest

from iamlint.lint.cards import try_card
from iamlint.rulebook.book import load_book
from iamlint.rulebook.card import Card
from iamlint.rulebook.pages import page_of

BOOK = load_book()


@pytest.mark.parametrize("card", BOOK.cards, ids=lambda card: f"{card.family}/{card.name}")
def test_the_card_holds(card: Card) -> None:
    complaints = try_card(card, page_of(card), BOOK).complaints
    assert not complaints, "\n" + "\n".join(f"{card.source}:{one.line}: {one.message}\n  help: {one.help}" for one in complaints)
