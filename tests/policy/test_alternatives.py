"""`Fn::If` among the statements of a policy: which are read, where they stand, and by which conditions they are there."""

from __future__ import annotations

import pytest

from iamlint.policy.alternatives import premises
from iamlint.policy.document import Document
from iamlint.policy.length import length_of
from iamlint.policy.rewrite import value_at
from iamlint.policy.statement import Statement
from iamlint.text.tree import Place
from tests.policy.reading import found_in_yaml, rules, underlined

ALLOW, OTHER, DENY = (
    "{Effect: Allow, Sid: A, Action: 'a:b', Resource: '*'}",
    "{Effect: Allow, Sid: B, Action: 'a:c', Resource: '*'}",
    "{Effect: Deny, Sid: D, Action: 'a:b', Resource: '*'}",
)
NOTHING = "!Ref AWS::NoValue"


def read(statements: str) -> Document:
    """The policy in a template whose `Statement` is this."""
    (document,) = found_in_yaml(f"Resources: {{P: {{Properties: {{PolicyDocument: {{Version: 2012-10-17, Statement: {statements}}}}}}}}}")
    return document


def by(document: Document, statement: Statement) -> tuple[tuple[str, bool], ...]:
    return premises(document.tree.root, statement.route)


@pytest.mark.parametrize(
    ("statements", "there"),
    [
        (f"[!If [C, {ALLOW}, {NOTHING}]]", {"A": (("C", True),)}),
        (f"[{{'Fn::If': [C, {ALLOW}, {{Ref: 'AWS::NoValue'}}]}}]", {"A": (("C", True),)}),
        (f"[!If [C, {NOTHING}, {ALLOW}], {OTHER}]", {"A": (("C", False),), "B": ()}),
        (f"[!If [C, {ALLOW}, {OTHER}]]", {"A": (("C", True),)}),
        (f"[!If [C, {DENY}, {OTHER}]]", {"B": (("C", False),)}),
        # One stack: what the first Allow needs holds for all.
        (f"[!If [C, {NOTHING}, {ALLOW}], !If [C, {OTHER}, {NOTHING}]]", {"A": (("C", False),)}),
        (f"[!If [C, {ALLOW}, {NOTHING}], !If [C, {DENY}, {NOTHING}]]", {"A": (("C", True),), "D": (("C", True),)}),
        # In some stack there is no such Deny.
        (f"[!If [C, {ALLOW}, {NOTHING}], !If [E, {DENY}, {NOTHING}]]", {"A": (("C", True),)}),
        (f"[!If [C, !If [E, {DENY}, {ALLOW}], {OTHER}]]", {"A": (("C", True), ("E", False))}),
        (f"!If [C, {ALLOW}, {OTHER}]", {"A": (("C", True),)}),
        (f"!If [C, [{DENY}, {ALLOW}], {OTHER}]", {"D": (("C", True),), "A": (("C", True),)}),
        (f"[!If [C, {DENY}, {NOTHING}]]", {}),
        ("[!If [C, !Ref Statement, !Ref AWS::NoValue]]", {}),
        (f"[!If [!Ref C, {ALLOW}, {NOTHING}]]", {}),
        (f"[!If [C, {ALLOW}]]", {}),
    ],
)
def test_the_statements_of_a_stack_that_allows_much(statements: str, there: dict[str, tuple[tuple[str, bool], ...]]) -> None:
    document = read(statements)
    assert {statement.sid: by(document, statement) for statement in document.policy.statements} == there
    assert not document.policy.complete


def test_a_statement_stands_where_it_is_written() -> None:
    document = read(f"[{OTHER}, {{'Fn::If': [C, {ALLOW}, {{Ref: 'AWS::NoValue'}}]}}]")
    last = document.policy.statements[1]
    assert last.actions is not None
    assert (last.index, underlined(document.tree, Place(last.actions.value_route(0)))) == (1, "'a:b'")


def test_what_is_wrong_in_a_statement_that_is_read_is_told() -> None:
    assert rules(read("[!If [C, {Effect: Allow, Actions: 'a:b'}, !Ref AWS::NoValue]]")) == ["unknown-element", "missing-element"]
    # CloudFormation makes a list in the list of it.
    assert rules(read(f"[!If [C, [{ALLOW}], {NOTHING}]]")) == ["invalid-element"]
    assert rules(read(f"[!If [C, {ALLOW}, {NOTHING}], 7]")) == ["invalid-element"]


def test_of_two_texts_between_which_a_condition_decides_the_shorter_counts() -> None:
    (short,) = found_in_yaml("{Version: 2012-10-17, Statement: [{Effect: Allow, Action: 'a:b', Resource: '*'}]}")
    long = read("[!If [C, {Effect: Allow, Action: 'a:bcdefghijklmnop', Resource: '*'}, {Effect: Allow, Action: 'a:b', Resource: '*'}]]")
    assert length_of(value_at(long.tree.root, long.route)) == length_of(short.tree.root)
