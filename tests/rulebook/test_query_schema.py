"""Does the schema of `forbids` take what the language takes, and nothing else?"""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from iamlint.rulebook.book import load_book
from iamlint.rulebook.schema import read_schema
from iamlint.rulebook.subjects import FINDERS

SCHEMA: Any = read_schema("query.schema.json")


def test_every_card_is_written_in_the_language() -> None:
    queries = [list(card.forbids) for card in load_book().cards if card.forbids]
    assert queries
    assert [error.message for query in queries for error in Draft202012Validator(SCHEMA).iter_errors(query)] == []


def test_every_subject_has_a_word() -> None:
    assert set(SCHEMA["$defs"]["query"]["properties"]["for-each"]["enum"]) == set(FINDERS)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"for-each": "bucket"},
        {"actions": "sts:AssumeRole"},
        {"action": []},
        {"context": {"sts:ExternalId": "gone"}},
        {"context": {"sts:ExternalId": {"is": "a", "not": "b"}}},
        {"mentions": {"sts:ExternalId": "yes"}},
        {"unless": {"grants": "all"}},
        {"principal": {"account": "mine"}},
    ],
)
def test_what_the_language_lacks_is_refused(query: dict[str, Any]) -> None:
    assert list(Draft202012Validator(SCHEMA).iter_errors(query))
