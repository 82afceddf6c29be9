"""What does a policy say after a condition was put under another operator?"""

from __future__ import annotations

import json

import pytest

from iamlint.policy.rewrite import under_operator
from iamlint.text.edit import apply, edits
from tests.policy.reading import IDENTITY, found_in_yaml, only, policy_text


def rewritten(block: dict[str, object], key: str, operator: str) -> object:
    """The Condition block after the condition on `key` went to `operator`; None when that cannot be done."""
    text = policy_text(IDENTITY, {**IDENTITY, "Condition": block})
    document = only(text)
    statement = document.policy.statements[1]
    condition = next(one for one in statement.conditions if one.key == key)
    changes = under_operator(document, condition, operator)
    return json.loads(apply(text, edits(document.tree, changes)))["Statement"][1]["Condition"] if changes else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"StringEquals": {"a:b": "x*"}}, {"StringLike": {"a:b": "x*"}}),
        ({"Bool": {"e:f": "true"}, "StringEquals": {"a:b": ["x*"]}}, {"Bool": {"e:f": "true"}, "StringLike": {"a:b": ["x*"]}}),
        ({"StringEquals": {"c:d": "y", "a:b": "x*"}}, {"StringEquals": {"c:d": "y"}, "StringLike": {"a:b": "x*"}}),
        ({"StringEquals": {"a:b": "x*"}, "StringLike": {"c:d": "y"}}, {"StringLike": {"c:d": "y", "a:b": "x*"}}),
        (
            {"stringlike": {"c:d": "y"}, "StringEquals": {"a:b": "x*", "e:f": 1}},
            {"stringlike": {"c:d": "y", "a:b": "x*"}, "StringEquals": {"e:f": 1}},
        ),
        ({"StringEquals": {"a:b": "x*"}, "StringLike": {"A:B": "y"}}, None),
        ({"StringEquals": {"a:b": "x*"}, "StringLike": {"Ref": "Tests"}}, None),
    ],
    ids=str,
)
def test_a_condition_moves_and_its_neighbours_stay(before: dict[str, object], after: object) -> None:
    assert rewritten(before, "a:b", "StringLike") == after


def test_a_policy_in_a_string_is_left_alone() -> None:
    text = policy_text({**IDENTITY, "Condition": {"StringEquals": {"a:b": "x*"}}})
    document = only(json.dumps({"PolicyDocument": text}))
    assert document.embedded
    statement = document.policy.statements[0]
    assert under_operator(document, statement.conditions[0], "StringLike") == ()


def test_yaml_keeps_its_comments_and_tags() -> None:
    text = (
        "Version: '2012-10-17'\nStatement:\n- Effect: Allow\n  Action: s3:GetObject\n  Resource: '*'\n  Condition:\n"
        "    StringEquals:\n      a:b: !Ref Name\n      c:d: y  # stays\n"
    )
    (document,) = found_in_yaml(text)
    statement = document.policy.statements[0]
    changed = apply(text, edits(document.tree, under_operator(document, statement.conditions[0], "StringLike")))
    assert changed.endswith("    StringEquals:\n      c:d: y  # stays\n    StringLike:\n      a:b: !Ref Name\n")
