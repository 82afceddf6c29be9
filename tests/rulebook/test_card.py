"""Does a card state what its facts say, and is a fact of a wrong shape refused?"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iamlint.finding import Safety, Severity
from iamlint.policy.document import Kind
from iamlint.rulebook.card import Card
from iamlint.rulebook.errors import CardError

if TYPE_CHECKING:
    from iamlint.rulebook.card import Fact, Facts

FACTS: Facts = {"name": "no-stars", "summary": "a policy has a star", "severity": "high", "applies-to": ["trust", "scp"], "fix": "safe"}


def card(**more: Fact) -> Card:
    return Card(FACTS | {key.replace("_", "-"): value for key, value in more.items()}, "trust", "rules/trust/no-stars.md")


def test_a_card_states_its_facts() -> None:
    assert (card().name, card().family, card().severity, card().fix) == ("no-stars", "trust", Severity.HIGH, Safety.SAFE)
    assert card().applies_to == {Kind.TRUST, Kind.SCP}


def test_what_is_not_stated_has_its_usual_value() -> None:
    assert (card().status, card().preset, card().tags, card().maps_to, card().forbids) == ("stable", "recommended", (), {}, ())


def test_any_is_every_kind() -> None:
    assert card(applies_to="any").applies_to == set(Kind)


def test_no_fix_is_none() -> None:
    assert card(fix="none").fix is None


def test_one_query_and_a_list_of_them_read_alike() -> None:
    assert card(forbids={"action": "*"}).forbids == card(forbids=[{"action": "*"}]).forbids == ({"action": "*"},)


@pytest.mark.parametrize(("facts", "origin"), [({"forbids": {"action": "*"}}, "request"), ({}, "check"), ({"from": "grammar"}, "grammar")])
def test_a_card_says_who_finds_it(facts: Facts, origin: str) -> None:
    assert card(**facts).origin == origin


def test_severity_by_facts_keeps_its_order() -> None:
    cases = card(severity_when=[{"low": ["known-vendor"]}, {"high": ["a", "b"]}]).severity_when
    assert cases == ((Severity.LOW, ("known-vendor",)), (Severity.HIGH, ("a", "b")))


def test_kinds_are_told_in_words() -> None:
    assert (card().applies_to_text, card(applies_to="any").applies_to_text) == ("trust, scp", "any")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", None),
        ("name", ""),
        ("name", ["a"]),
        ("severity", "hgih"),
        ("applies-to", "trust"),
        ("applies-to", []),
        ("applies-to", ["trusted"]),
        ("fix", "maybe"),
        ("status", "new"),
        ("preset", "all"),
        ("scope", "files"),
        ("tags", "a"),
        ("tags", [None]),
        ("maps-to", []),
        ("maps-to", {"cwe": "CWE-1"}),
        ("forbids", "sts:AssumeRole"),
        ("forbids", [{}]),
        ("severity-when", {"low": ["a"]}),
        ("severity-when", [{"low": ["a"], "high": ["b"]}]),
        ("severity-when", [{"lwo": ["a"]}]),
        ("severity-when", [{"low": "a"}]),
    ],
)
def test_a_fact_of_a_wrong_shape_is_refused_with_a_way_out(key: str, value: Fact) -> None:
    with pytest.raises(CardError, match=key) as caught:
        card(**{key: value})
    assert caught.value.help
    assert caught.value.path.endswith("no-stars.md")


FACT = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([*FACTS, "forbids", "maps-to", "severity-when", "tags", "from", "status"]), FACT))
def test_whatever_the_facts_are_only_a_card_error_is_raised(facts: Facts) -> None:
    with suppress(CardError):
        Card({**FACTS, **facts}, "trust", "x.md")


def test_only_a_check_can_be_asked_of_a_whole_run() -> None:
    assert card(scope="run").scope == "run"
    with pytest.raises(CardError, match="scope"):
        card(scope="run", forbids={"action": "sts:AssumeRole"})
