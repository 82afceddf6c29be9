"""What other programs are given."""

from __future__ import annotations

import json

import pytest

from iamlint import api
from iamlint.finding import Severity
from iamlint.policy.document import Kind
from iamlint.report.outcome import FailureKind, Outcome
from iamlint.rulebook.book import Book, load_book
from iamlint.rulebook.card import Card
from iamlint.rulebook.errors import BookError
from iamlint.settings.given import assigned
from iamlint.settings.settings import Settings
from iamlint.sources.files import Found, Passed, Unread
from iamlint.text.source import Source
from iamlint.zone import Zone

NOW = 1_767_225_600
ANYONE = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}, indent=1)


def checked(*sightings: Found | Unread | Passed, kind: Kind | None = None) -> Outcome:
    return api.check(sightings, load_book().cards, Zone(), NOW, kind=kind)


def file(name: str, text: str, *, named: bool = True) -> Found:
    return Found(Source(name, text.encode()), named=named)


def test_findings_come_in_the_order_of_names_not_of_reading() -> None:
    outcome = checked(file("b.json", ANYONE), file("a.json", ANYONE))
    assert list(dict.fromkeys(finding.document.tree.source.name for finding in outcome.findings)) == ["a.json", "b.json"]
    assert (outcome.documents, sorted(outcome.sources)) == (2, ["a.json", "b.json"])


def with_external_id(account: str) -> str:
    allow = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}
    return json.dumps({"Statement": {**allow, "Condition": {"StringEquals": {"sts:ExternalId": "9f1c2e7ab35d4c60"}}}}, indent=1)


def test_what_several_files_say_together_is_found_in_the_order_of_their_lines() -> None:
    files = [file("b.json", with_external_id("444455556666")), file("a.json", with_external_id("777788889999"))]
    findings = [finding for finding in checked(*files).findings if finding.document.tree.source.name == "a.json"]
    [shared] = [finding for finding in findings if finding.rule == "trust-external-id-shared"]
    assert shared.message.endswith("which account 444455556666 sends in b.json")
    assert [finding.primary.place.route for finding in findings] == sorted(finding.primary.place.route for finding in findings)


def test_what_could_not_be_read_is_a_failure_and_the_rest_is_checked() -> None:
    outcome = checked(Unread("x.json", "permission denied", "give leave"), file("a.json", ANYONE))
    assert [(failure.kind, failure.path) for failure in outcome.failures] == [(FailureKind.UNREADABLE, "x.json")]
    assert outcome.findings
    assert outcome.broken


def test_what_holds_no_policy_is_told() -> None:
    told: list[str] = []
    sightings: list[Found | Unread | Passed] = [file("a.json", "{}"), Passed("b.md", "no policy in it")]
    api.check(sightings, load_book().cards, Zone(), NOW, passed=lambda note: told.append(note.path))
    assert told == ["a.json", "b.md"]


@pytest.mark.parametrize(
    ("text", "named", "findings", "failures"),
    [
        ('{"Versio', True, 1, 1),
        ('{"Versio', False, 0, 0),
        ('{"Statement": [{"Effect": "Allow"}],}', False, 1, 1),
        ('{"Statement": [{"Effect": "Allow"}], {{ more }}}', False, 0, 1),
        ('{"Statement": [{"Effect": "Allow"}], {{ more }}}', True, 1, 1),
    ],
)
def test_broken_text_is_reported_where_a_policy_was_meant(text: str, named: bool, findings: int, failures: int) -> None:
    outcome = checked(file("a.json", text, named=named))
    assert ([finding.rule for finding in outcome.findings], len(outcome.failures)) == (["invalid-json"] * findings, failures)


def test_a_kind_overrules_the_content() -> None:
    outcome = checked(file("a.json", ANYONE), kind=Kind.SCP)
    assert all(finding.document.kind is Kind.SCP for finding in outcome.findings)


def card(name: str, severity: str = "medium", since: str = "0.1.0", **more: list[str]) -> Card:
    facts = {"name": name, "summary": "s", "severity": severity, "applies-to": "any", "fix": "none", "since": since}
    return Card({**facts, **{key: list(value) for key, value in more.items()}}, "trust", "")


BOOK = Book([card("old", tags=["x"]), card("new", since="0.2.1"), card("third", since="0.10.0", tags=["x"])])


def running(*said: str) -> dict[str, str]:
    return {one.name: one.severity.value for one in api.rules(BOOK, Settings([assigned(text) for text in said]))}


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ([], "old new third"),
        (["select=old"], "old"),
        (["ignore-rules=old,new"], "third"),
        (["rules.old=off"], "new third"),
        (["rules.old=off", "select=old"], "old"),
        (["select=all", "rules.old=off"], "new third"),
        (["ignore-rules=old", "select=old"], "old"),
        (["rules.tag:x=off"], "new"),
        (["rules-as-of=0.2"], "old new"),
        (["rules-as-of=0.2.0"], "old"),
        (["rules-as-of=0.10"], "old new third"),
        (["rules-as-of=1"], "old new third"),
    ],
)
def test_settings_decide_which_rules_run(said: list[str], names: str) -> None:
    assert " ".join(running(*said)) == names


@pytest.mark.parametrize(
    ("said", "severities"),
    [
        (["rules.old=high"], "high medium medium"),
        (["rules.all=low", "rules.old=high"], "high low low"),
        (["rules.old=high", "rules.all=low"], "high low low"),
        (["rules.tag:x=info", "rules.third=critical"], "info medium critical"),
        (["rules.old=high", "rules.old=low"], "low medium medium"),
    ],
)
def test_the_severity_of_what_names_fewer_rules_wins(said: list[str], severities: str) -> None:
    assert " ".join(running(*said).values()) == severities


def test_a_severity_is_that_of_every_finding_of_the_rule() -> None:
    book = load_book()
    cards = api.rules(book, Settings([assigned("rules.all=info")]))
    outcome = api.check([file("a.json", ANYONE), file("b.json", "{")], cards, Zone(), NOW)
    assert {finding.severity for finding in outcome.findings} == {Severity.INFO}


def test_a_severity_for_a_rule_that_is_none_is_an_error() -> None:
    with pytest.raises(BookError, match="unknown rule `odl`"):
        running("rules.odl=high")
