"""Does reading any value whatever end in documents and problems whose places exist?"""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from iamlint.policy.grammar import POLICY_ELEMENTS, STATEMENT_ELEMENTS
from tests.policy.reading import TRUST, found, policy_text, told

WORDS = st.sampled_from(
    [
        *(
            *POLICY_ELEMENTS,
            *STATEMENT_ELEMENTS,
            "actions",
            "Principals",
            "Ref",
            "Fn::If",
            "Fn::Sub",
            "Fn::Join",
            "AWS",
            "Service",
            "Federated",
        ),
        *(
            "Allow",
            "Deny",
            "*",
            "sts:AssumeRole",
            "2012-10-17",
            "111122223333",
            "arn:aws:iam::111122223333:role/x",
            "${x}",
            "${aws:username}",
        ),
        *("StringEquals", "stringequals", "ForAllValues:StringLike", "Null", "NullIfExists", "sts:ExternalId", "STS:externalid", "", "<A>"),
        *("AssumeRolePolicyDocument", "PolicyDocument", "Arn", "RoleName", "PolicyName", '{"Statement": [{"Effect": 1}]}', '{"Statement"'),
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | WORDS
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=25)


def check(text: str) -> None:
    """Every problem has a message and a place, and a policy that lost a statement says so."""
    for document in found(text):
        for problem, (_, underlined, message) in zip(document.problems, told(document), strict=True):
            assert underlined
            assert message
            assert problem.changes or not problem.fix
        if any(problem.rule == "invalid-effect" for problem in document.problems):
            assert not document.policy.complete


@given(VALUES)
def test_any_value_is_read(value: object) -> None:
    check(json.dumps(value))


@given(st.lists(st.dictionaries(st.sampled_from(STATEMENT_ELEMENTS), VALUES, max_size=6), max_size=3))
def test_any_statement_is_read(statements: list[object]) -> None:
    check(policy_text(*statements))


@given(st.sampled_from(STATEMENT_ELEMENTS), VALUES)
def test_any_element_is_read(name: str, value: object) -> None:
    check(policy_text({**TRUST, name: value}))
