"""Does a rule have nothing to say of the policies that it is not asked about for want of the words it needs?"""

from __future__ import annotations

import pytest

from iamlint.access.access import Access
from iamlint.case import Case
from iamlint.lint.rules import Rule, Rules
from iamlint.policy.document import Document
from iamlint.rulebook.book import load_book
from iamlint.rulebook.card import Card
from iamlint.rulebook.features import features, words_of
from iamlint.rulebook.rule import actions_of, check_of, find, quiet_of
from iamlint.zone import Zone
from tests.lint.trials import trials

CARDS = [card for card in load_book().cards if card.needs and card.scope in ("document", "condition")]
ABOUT_ACTIONS = [card for card in CARDS if card.origin == "check" and actions_of(card)]


def said(card: Card, case: Case) -> list[str]:
    answer = check_of(card)(case) if card.origin == "check" else find(card, case)
    return [finding.message for finding in answer]


@pytest.fixture(scope="module")
def documents() -> list[tuple[str, Document, Zone, int, Access, frozenset[str]]]:
    made = []
    for card, _, trial in trials():
        for document in trial.documents:
            access = Access(document.policy, document.kind)
            made.append((card.name, document, trial.zone, trial.now, access, features(document, access)))
    return made


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_what_is_not_asked_would_find_nothing(card: Card, documents: list[tuple[str, Document, Zone, int, Access, frozenset[str]]]) -> None:
    rules = Rules([card])
    for name, document, zone, now, access, there in documents:
        asked = rules.of(document.kind).concerned(there, document.policy, lambda rule, condition: not rule.is_quiet(condition), Rule.load)
        if document.kind in card.applies_to and not asked:
            assert said(card, Case(card.name, card.severity, document, access, zone, now)) == [], name


@pytest.mark.parametrize("card", [card for card in CARDS if card.scope == "condition"], ids=lambda card: card.name)
def test_a_condition_that_is_not_quiet_has_a_word_that_its_rule_needs(
    card: Card, documents: list[tuple[str, Document, Zone, int, Access, frozenset[str]]]
) -> None:
    is_quiet = quiet_of(card)
    loud = [(name, one) for name, document, *_ in documents for test, one in document.policy.tests.items() if not is_quiet(one)]
    assert loud
    assert [(name, one.test) for name, one in loud if card.needs.isdisjoint(words_of(*one.test))] == []


@pytest.mark.parametrize("card", ABOUT_ACTIONS, ids=lambda card: card.name)
def test_what_allows_none_of_a_rules_actions_gives_it_nothing_to_say(
    card: Card, documents: list[tuple[str, Document, Zone, int, Access, frozenset[str]]]
) -> None:
    for name, document, zone, now, access, _ in documents:
        if document.kind in card.applies_to and not access.grants.may_be_about(actions_of(card)):
            assert said(card, Case(card.name, card.severity, document, access, zone, now)) == [], name
