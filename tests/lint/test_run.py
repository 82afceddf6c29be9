"""Documents × rules."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from iamlint.access.sets.effort import Undecided
from iamlint.case import Case
from iamlint.finding import Finding, Severity
from iamlint.lint.rules import Rules
from iamlint.lint.run import conclude, findings_in, lint
from iamlint.policy.condition import Condition
from iamlint.policy.document import Document, Kind
from iamlint.policy.read import find_documents
from iamlint.report.outcome import FailureKind
from iamlint.rulebook.card import Card
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.text.tree import Place
from iamlint.zone import Zone

if TYPE_CHECKING:
    from iamlint.lint.run import Gathered
    from iamlint.rulebook.card import Fact, Facts

TRUST = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}'
IDENTITY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'


def read(text: str, name: str = "a.json") -> tuple[Document, ...]:
    return find_documents(read_json(Source(name, text.encode())))


def card(name: str, applies_to: Fact = "any", **facts: Fact) -> Card:
    stated: dict[str, Fact] = {"name": name, "summary": "s", "severity": "medium", "applies-to": applies_to, **facts}
    return Card(stated, "sample", f"rules/sample/{name}.md")


def every_statement(case: Case) -> Iterator[Finding]:
    for statement in case.document.policy.statements:
        yield case.finding("a statement", Place(statement.route), statement=statement.index)


def whole_policy(case: Case) -> Iterator[Finding]:
    yield case.finding("a policy", Place(case.document.route))


def breaking(case: Case) -> Iterator[Finding]:
    yield from whole_policy(case)
    raise KeyError("Resource\x1b")


def too_hard(case: Case) -> Iterator[Finding]:
    if case.document.policy.statements:
        raise Undecided("the policy combines too many conditions")
    yield from whole_policy(case)


def together(cases: Sequence[Case]) -> Iterator[Finding]:
    yield cases[-1].finding(f"{len(cases)} policies", Place(cases[-1].document.route))


def breaking_together(cases: Sequence[Case]) -> Iterator[Finding]:
    yield from together(cases)
    raise KeyError("Resource")


def asking_who(case: Case) -> Iterator[Finding]:
    yield case.finding(",".join(sorted(case.zone.accounts)), Place(case.document.route))


ASKED: list[str] = []


def has_no_space(condition: Condition) -> bool:
    ASKED.append(str(condition.values[0]))
    return spaces(condition) == 0


def spaces(condition: Condition) -> int:
    return {"a b": 1, "a  b": 2, "ab": 0}[str(condition.values[0])]


def on_spaces(case: Case) -> Iterator[Finding]:
    if any(spaces(condition) for condition in case.document.policy.tests.values()):
        yield from whole_policy(case)


CHECKS = {
    "on-spaces": on_spaces,
    "every-statement": every_statement,
    "whole-policy": whole_policy,
    "breaking": breaking,
    "too-hard": too_hard,
    "asking-who": asking_who,
    "together": together,
    "breaking-together": breaking_together,
}


@pytest.fixture(autouse=True)
def _checks(monkeypatch: pytest.MonkeyPatch) -> None:
    ASKED.clear()
    for name, check in CHECKS.items():
        module = ModuleType(name)
        module.__dict__["check"] = check
        module.__dict__["is_quiet"] = has_no_space
        monkeypatch.setitem(sys.modules, f"iamlint.checks.sample.{name.replace('-', '_')}", module)


def rules_found(text: str, *cards: Card) -> list[tuple[str, int | None]]:
    return [(finding.rule, finding.statement) for finding in lint(read(text), cards, Zone(), 0).findings]


def test_a_rule_is_asked_of_the_kinds_it_applies_to_only() -> None:
    assert rules_found(TRUST, card("whole-policy", ["trust"])) == [("whole-policy", None)]
    assert rules_found(IDENTITY, card("whole-policy", ["trust"])) == []


def test_a_finding_has_the_severity_of_its_card() -> None:
    [finding] = lint(read(TRUST), [card("whole-policy", severity="critical")], Zone(), 0).findings
    assert finding.severity is Severity.CRITICAL


def test_the_owner_of_a_document_is_one_of_us() -> None:
    [document] = read(TRUST)
    owned = Document(document.tree, (), Kind.TRUST, document.policy, (), account="111122223333")
    [finding] = lint([owned], [card("asking-who")], Zone(["444455556666"]), 0).findings
    assert finding.message == "111122223333,444455556666"


def test_a_rule_that_breaks_is_reported_and_the_others_still_answer() -> None:
    outcome = lint(read(TRUST), [card("breaking"), card("every-statement")], Zone(), 0)
    assert [finding.rule for finding in outcome.findings] == ["breaking", "every-statement"]
    [failure] = outcome.failures
    assert (failure.kind, failure.rule, failure.path) == (FailureKind.INTERNAL, "breaking", "a.json")
    assert failure.message == "the rule `breaking` failed on a.json"
    assert failure.cause.startswith("KeyError: 'Resource\\x1b' (iamlint/lint/run.py:")
    assert outcome.broken


def test_a_rule_about_conditions_is_asked_of_policies_with_one_that_is_not_quiet() -> None:
    rule = card("on-spaces", scope="condition", needs=["string"])
    assert rules_found(with_condition("a b"), rule) == [("on-spaces", None)]
    assert rules_found(with_condition("ab"), rule) == []
    assert rules_found(with_condition("a b", "ArnLike"), rule) == []


def test_a_rule_about_conditions_is_asked_once_about_the_same_one() -> None:
    texts = [with_condition("a b"), with_condition("a  b"), with_condition("a b")]
    lint([document for text in texts for document in read(text)], [card("on-spaces", scope="condition", needs=["condition"])], Zone(), 0)
    assert ASKED == ["a b", "a  b"]


def test_a_rule_about_conditions_that_breaks_is_reported() -> None:
    outcome = lint(read(with_condition("{}")), [card("on-spaces", scope="condition", needs=["condition"])], Zone(), 0)
    [failure] = outcome.failures
    assert failure.cause.startswith("KeyError: ")


def with_condition(value: str, operator: str = "StringEquals") -> str:
    return IDENTITY.replace('"*"}]}', '"*", "Condition": ' + json.dumps({operator: {"aws:PrincipalTag/a": value}}) + "}]}")


def test_a_rule_whose_check_is_missing_is_an_internal_error() -> None:
    [failure] = lint(read(TRUST), [card("not-there")], Zone(), 0).failures
    assert failure.cause.startswith("ModuleNotFoundError: ")
    assert "iamlint/rulebook/rule.py:" in failure.cause


def test_a_question_that_was_not_decided_is_no_pass() -> None:
    outcome = lint(read(TRUST), [card("too-hard"), card("every-statement")], Zone(), 0)
    assert [finding.rule for finding in outcome.findings] == ["every-statement"]
    [failure] = outcome.failures
    assert failure.kind is FailureKind.UNDECIDED
    assert failure.message == "`too-hard` could not be decided: the policy combines too many conditions"
    assert (failure.line, failure.column) == (1, 1)
    assert outcome.incomplete


def test_a_rule_of_a_run_is_asked_once_of_all_documents_that_concern_it() -> None:
    documents = [*read(TRUST), *read(IDENTITY, "b.json"), *read(TRUST, "c.json")]
    [finding] = lint(documents, [card("together", ["trust"], scope="run")], Zone(), 0).findings
    assert (finding.message, finding.document.tree.source.name) == ("2 policies", "c.json")


def test_a_rule_of_a_run_that_nothing_concerns_is_not_asked() -> None:
    assert rules_found(IDENTITY, card("together", ["trust"], scope="run")) == []
    assert rules_found(IDENTITY, card("together", scope="run", needs=["condition"])) == []


def test_what_is_gathered_waits_for_the_end_of_the_run() -> None:
    gathered: Gathered = {}
    rules = Rules([card("together", scope="run")])
    for text, name in ((TRUST, "a.json"), (IDENTITY, "b.json")):
        assert findings_in(read(text, name), rules, Zone(), 0, gathered, []) == []
    [finding] = conclude(gathered, rules).findings
    assert finding.message == "2 policies"


def test_a_rule_of_a_run_that_breaks_is_reported_and_the_others_still_answer() -> None:
    outcome = lint(read(TRUST), [card("breaking-together", scope="run"), card("every-statement")], Zone(), 0)
    assert [finding.rule for finding in outcome.findings] == ["breaking-together", "every-statement"]
    [failure] = outcome.failures
    assert (failure.kind, failure.rule, failure.path) == (FailureKind.INTERNAL, "breaking-together", "a.json")


def test_a_finding_yields_to_one_about_the_same_statement() -> None:
    twice = TRUST.replace("[{", '[{"Effect": "Deny", "Principal": "*", "Action": "sts:TagSession"}, {')
    yields: Facts = {"yields-to": ["whole-policy"]}
    weak = card("every-statement", **yields)
    assert rules_found(twice, weak) == [("every-statement", 0), ("every-statement", 1)]
    assert rules_found(twice, weak, card("whole-policy")) == [("whole-policy", None)]


def test_a_problem_of_the_grammar_is_found_when_its_rule_is_asked() -> None:
    text = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*"}]}'
    missing = card("missing-element", **{"from": "grammar", "severity": "high"})
    [finding] = lint(read(text), [missing], Zone(), 0).findings
    assert (finding.rule, finding.severity, finding.statement) == ("missing-element", Severity.HIGH, 0)
    assert lint(read(text), [], Zone(), 0).findings == ()


def test_a_repeated_key_is_found_once() -> None:
    text = TRUST.replace('"Action"', '"Action": "sts:TagSession", "Action"')
    assert rules_found(text, card("duplicate-json-key", **{"from": "grammar"})) == [("duplicate-json-key", 0)]


def test_findings_are_in_the_order_of_path_place_and_rule() -> None:
    many = IDENTITY.replace("[{", '[{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}, {')
    documents = [*read(many, "b.json"), *read(many, "a.json")]
    findings = lint(documents, [card("whole-policy"), card("every-statement"), card("asking-who")], Zone(), 0).findings
    assert [(finding.document.tree.source.name[0], finding.rule, finding.statement) for finding in findings] == [
        ("a", "asking-who", None),
        ("a", "whole-policy", None),
        ("a", "every-statement", 0),
        ("a", "every-statement", 1),
        ("b", "asking-who", None),
        ("b", "whole-policy", None),
        ("b", "every-statement", 0),
        ("b", "every-statement", 1),
    ]


def test_findings_stand_in_the_order_of_their_lines_and_columns() -> None:
    from iamlint.report.place import where

    text = '{"a": {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}},\n"b": ' + IDENTITY + "}"
    findings = lint(read(text), [card("every-statement"), card("whole-policy")], Zone(), 0).findings
    places = [(spot.line, spot.column) for spot in (where(finding.document, finding.primary.place) for finding in findings)]
    assert len(places) == 4
    assert places == sorted(places)


def test_documents_and_their_sources_are_counted() -> None:
    outcome = lint([*read(TRUST, "a.json"), *read(f'{{"a": {TRUST}, "b": {TRUST}}}', "b.json")], [], Zone(), 0)
    assert (outcome.documents, set(outcome.sources)) == (3, {"a.json", "b.json"})
