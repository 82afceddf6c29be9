"""Which findings of AWS's own policy validation do our rules give, and which not yet?

The codes are those that AWS documented in 2026 and still gives; behind a colon stands why no card claims a code.
https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from iamlint.lint.examples import run_example
from iamlint.rulebook.book import load_book
from iamlint.rulebook.card import Card
from iamlint.rulebook.pages import page_of

CARDS = load_book().cards
CLAIMING = [card for card in CARDS if card.maps_to.get("access-analyzer")]
LINES = (Path(__file__).parent / "access_analyzer_codes.txt").read_text(encoding="utf-8").splitlines()
REASONS = {code: reason.strip() for code, _, reason in (line.partition(":") for line in LINES)}


# Shown by tests/checks/validity/test_policy_too_long.py: on a card they would be pages of text.
LONG = frozenset(f"POLICY_SIZE_EXCEEDS_{kind}_QUOTA" for kind in ("IDENTITY_POLICY", "RESOURCE_POLICY", "SCP", "RCP"))


def claimed(card: Card) -> set[str]:
    return set(card.maps_to.get("access-analyzer", ()))


@cache
def shown(card: Card) -> frozenset[str]:
    """The codes that the findings of the card's bad examples have."""
    page = page_of(card)
    trials = [run_example(card, example, (card,)) for example in page.examples if example.bad]
    return frozenset([code for trial in trials for finding in trial.own.findings for code in finding.aws_codes])


def test_the_codes_are_in_order() -> None:
    assert sorted(LINES) == LINES
    assert len(REASONS) == len(LINES)


@pytest.mark.parametrize("card", CLAIMING, ids=lambda card: card.name)
def test_a_card_claims_codes_that_exist(card: Card) -> None:
    assert claimed(card) <= set(REASONS)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_findings_have_the_codes_that_their_card_claims(card: Card) -> None:
    assert shown(card) <= claimed(card)


@pytest.mark.parametrize("card", CLAIMING, ids=lambda card: card.name)
def test_an_example_has_a_code_of_its_card(card: Card) -> None:
    assert shown(card)


def test_every_code_is_claimed_or_has_a_reason_why_not() -> None:
    every = {code for card in CLAIMING for code in claimed(card)}
    assert {code for code, reason in REASONS.items() if not reason} == every


def test_every_claimed_code_is_shown_by_an_example_of_a_card_that_claims_it() -> None:
    every = {code for card in CLAIMING for code in claimed(card)}
    assert every - {code for card in CLAIMING for code in shown(card) & claimed(card)} == LONG
