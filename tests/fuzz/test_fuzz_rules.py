"""Does every rule answer for whatever a policy may look like?"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from iamlint.lint.rules import Rules
from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.report.outcome import FailureKind, Outcome
from iamlint.rulebook.book import load_book
from iamlint.text.json import read_json
from iamlint.text.source import Source, TextError
from iamlint.zone import Zone
from tests.fuzz.mutations import as_templates, mutated

RULES = Rules(load_book().cards)
ZONES = (Zone(), Zone(["210987654321"], ["o-7fk3mx92qp"]))
POLICIES = 1_500


def outcomes(seed: int) -> Iterator[Outcome]:
    """What all rules say of policies with something odd in them, as far as these are policies."""
    for number, (text, kind) in enumerate(mutated(Random(seed), POLICIES)):
        outcome = checked(text, kind, ZONES[number % 2])
        if outcome is not None:
            yield outcome


def checked(text: str, kind: Kind, zone: Zone) -> Outcome | None:
    try:
        documents = find_documents(read_json(Source("policy.json", text.encode())), kind=kind)
    except TextError:
        return None
    return lint(documents, RULES, zone, 1795478400)


@pytest.mark.parametrize("seed", range(3))
def test_no_rule_fails(seed: int) -> None:
    found = list(outcomes(seed))
    assert sum(bool(outcome.findings) for outcome in found) > POLICIES / 2
    broken = [failure for outcome in found for failure in outcome.failures if failure.kind is FailureKind.INTERNAL]
    assert [failure.cause or failure.message for failure in broken] == []


def test_no_rule_fails_on_what_a_template_leaves_open() -> None:
    found = [checked(text, kind, Zone()) for text, kind in as_templates()]
    broken = [failure for outcome in found if outcome is not None for failure in outcome.failures if failure.kind is FailureKind.INTERNAL]
    assert len(found) > 1000
    assert [failure.cause or failure.message for failure in broken] == []


def test_hardly_any_question_is_left_undecided() -> None:
    assert sum(bool(outcome.failures) for outcome in outcomes(0)) <= POLICIES / 100
