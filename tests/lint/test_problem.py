"""Does everything that reading a policy finds come out under a rule?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from iamlint.finding import Severity
from iamlint.lint.problem import told
from iamlint.lint.unreadable import _RULE as UNREADABLE
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.rulebook.book import load_book
from iamlint.text.json import read_json
from iamlint.text.source import Source

PACKAGE = Path(__file__).parents[2] / "iamlint"
CARDS = {card.name: card for card in load_book().cards}
# These pass on the name that they are given.
PASSED_ON = {("grammar.py", "self.rule"), ("grammar.py", "rule")}


def calls() -> Iterator[tuple[str, ast.expr]]:
    """The first argument of each call in the policy layer that makes a problem, with its module."""
    for path in sorted((PACKAGE / "policy").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and makes_problem(node.func):
                yield path.name, node.args[0]


def makes_problem(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id == "Problem"
    if not isinstance(called, ast.Attribute):
        return False
    return called.attr == "add" and ast.unparse(called.value) in ("self", "problems", "reading.problems")


def rules() -> list[str]:
    named = {str(name.value) for _, name in calls() if isinstance(name, ast.Constant)}
    return sorted(named | {UNREADABLE})


@pytest.mark.parametrize("rule", rules())
def test_a_rule_that_the_grammar_names_has_a_card(rule: str) -> None:
    assert rule in CARDS
    assert CARDS[rule].origin == "grammar"


def test_a_card_for_the_grammar_is_named_by_it() -> None:
    assert {card.name for card in CARDS.values() if card.origin == "grammar"} <= {*rules()}


def test_the_name_of_a_rule_can_be_read_off_the_code() -> None:
    unread = {(module, ast.unparse(name)) for module, name in calls() if not isinstance(name, ast.Constant)}
    assert unread == PASSED_ON


def test_the_names_are_found() -> None:
    assert {"invalid-json", "missing-element", "unknown-element", "duplicate-json-key", "invalid-principal"} <= {*rules()}


def severities(effect: str) -> list[Severity]:
    statement = '{"Effect": "%s", "Principal": {"AWS": "arn:aws:iam::111122223333:role/*"}, "Action": "sts:AssumeRole"}'
    text = '{"Version": "2012-10-17", "Statement": [' + statement % effect + "]}"
    (document,) = find_documents(read_json(Source("policy.json", text.encode())), kind=Kind.TRUST)
    return [finding.severity for finding in told(document, CARDS)]


def test_an_invalid_principal_is_worse_under_deny() -> None:
    assert (severities("Allow"), severities("Deny")) == ([Severity.MEDIUM], [Severity.HIGH])
