"""Is what is read in one pass what a closer look says?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iamlint.enumeration import Enumeration
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.policy.source import documents_of
from iamlint.policy.usual import usual_kind, usual_policy
from iamlint.text.json import scan
from iamlint.text.read import read
from iamlint.text.source import Source, TextError

FIXTURES = Path(__file__).parents[2] / "fixtures"
USUAL = {"Sid": "A", "Effect": "Allow", "Action": ["s3:GetObject", "S3:Put*"], "Resource": "arn:aws:s3:::a/*"}
TRUST = {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}
CONDITION = {"StringEquals": {"aws:PrincipalTag/team": ["a", "b"], "aws:RequestTag/team": "a"}, "Bool": {"aws:SecureTransport": True}}

TEXTS = st.sampled_from(["", "*", "s3:GetObject", "arn:aws:s3:::a", "${aws:username}", "<x>", "Allow", "Deny", "Update:*", "2012-10-17"])
ODD: st.SearchStrategy[object] = st.sampled_from([None, True, 3, 1.5, {}, [], [[]], {"Ref": "X"}, {"Fn::Sub": "a"}, ["a", None], ["a", {}]])
PATTERNS = TEXTS | st.lists(TEXTS, max_size=3) | ODD
KEYS = st.sampled_from(["aws:SourceIp", "AWS:sourceip", "s3:prefix", "Ref", "Fn::If", "${x}", "a"])
OPERATORS = st.sampled_from(["StringEquals", "stringequals", "Bool", "NullIfExists", "ForAnyValue:StringLike", "Ref", "Typo"])
BLOCKS = st.dictionaries(OPERATORS, st.dictionaries(KEYS, PATTERNS, max_size=2) | ODD, max_size=2) | ODD
STATEMENTS = st.fixed_dictionaries(
    {},
    optional={
        "Sid": TEXTS | ODD,
        "Effect": st.sampled_from(["Allow", "Deny", "Allow", "Deny", "allow"]) | ODD,
        "Action": PATTERNS,
        "NotAction": PATTERNS,
        "Resource": PATTERNS,
        "NotResource": PATTERNS,
        "Condition": BLOCKS,
        "Principal": PATTERNS,
        "Typo": TEXTS,
    },
)
PRINCIPALS = (
    st.dictionaries(
        st.sampled_from(["AWS", "Service", "Federated", "*", "Ref", "aws"]),
        st.sampled_from(
            ["*", "111122223333", "ec2.amazonaws.com", "arn:aws:iam::111122223333:role/a", "${x}", "x", 1, ["*", "111122223333"]]
        )
        | ODD,
        max_size=2,
    )
    | ODD
    | st.sampled_from(["*", "111122223333"])
)
ROLES = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Deny"]),
        "Principal": PRINCIPALS,
        "Action": st.sampled_from(
            ["sts:AssumeRole", "STS:AssumeRole", "sts:*", "s3:GetObject", ["sts:AssumeRole", "sts:TagSession"], [], "*"]
        ),
    },
    optional={"Sid": TEXTS, "Condition": BLOCKS},
)
OFTEN = st.fixed_dictionaries(
    {"Effect": st.sampled_from(["Allow", "Deny"]), "Action": PATTERNS, "Resource": PATTERNS}, optional={"Sid": TEXTS, "Condition": BLOCKS}
)
POLICIES = st.fixed_dictionaries(
    {"Statement": st.lists(OFTEN | OFTEN | STATEMENTS, max_size=3) | st.lists(ROLES, max_size=2) | ROLES | OFTEN | ODD},
    optional={"Version": st.sampled_from(["2012-10-17", "2008-10-17", "2012"]) | ODD, "Id": TEXTS | ODD, "Typo": TEXTS},
)


def facts(value: object) -> object:
    """Everything that a value of ours is made of, to be compared."""
    if isinstance(value, tuple):
        return tuple(map(facts, value))
    slots = [name for name in getattr(type(value), "__slots__", ()) if not name.startswith("_")]
    if not slots or isinstance(value, Enumeration):
        return value
    return type(value), *[facts(getattr(value, name)) for name in slots]


def told(source: Source, kind: Kind | None = None) -> tuple[object, object]:
    """What is read, and what a closer look says."""
    looked_for = tuple(document for tree in read(source) for document in find_documents(tree, kind=kind))
    return _facts(documents_of(source, kind=kind)), _facts(looked_for)


def _facts(documents: tuple[object, ...]) -> list[object]:
    names = ("kind", "route", "address", "account", "resource_type", "embedded", "policy", "problems")
    return [[facts(getattr(one, name)) for name in names] + [one.tree.root, facts(one.tree.notes)] for one in documents]  # type: ignore[attr-defined]


def is_usual(policy: object) -> bool:
    found = usual_policy(scan(Source("p.json", json.dumps(policy).encode())))
    return found is not None and usual_kind(found) is not None


@pytest.mark.parametrize(
    "statements",
    [
        [USUAL],
        USUAL,
        [USUAL, {**USUAL, "Condition": CONDITION}],
        [TRUST, {**TRUST, "Sid": "x", "Principal": {"Service": ["ec2.amazonaws.com"], "Federated": "*"}}, {**TRUST, "Principal": "*"}],
        [{"Effect": "Deny", "NotAction": [], "NotResource": ["a"]}],
        [{"Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": 3600}}, "Resource": "*", "Action": "*", "Effect": "Allow"}],
    ],
)
def test_most_policies_are_read_in_one_pass(statements: object) -> None:
    policy = {"Version": "2012-10-17", "Id": "x", "Statement": statements}
    assert is_usual(policy)
    read_once, looked_at = told(Source("p.json", json.dumps(policy).encode()))
    assert read_once == looked_at


@pytest.mark.parametrize(
    "statement",
    [
        {**USUAL, "Principal": "*"},
        {**USUAL, "NotAction": "a"},
        {**USUAL, "Sid": None},
        {**USUAL, "Typo": ""},
        {**USUAL, "Action": ["Update:*"]},
        {**USUAL, "Action": {"Ref": "X"}},
        {**USUAL, "Resource": ["a", 1]},
        {**USUAL, "Effect": "allow"},
        {**USUAL, "Condition": {}},
        {**USUAL, "Condition": {"Bool": {}}},
        {**USUAL, "Condition": {"Bool": {"a:b": None}}},
        {**USUAL, "Condition": {"Bool": {"a:b": "x", "A:b": "x"}}},
        {**USUAL, "Condition": {"Typo": {"a:b": "x"}}},
        {**USUAL, "Condition": {"Bool": {"${x}": "x"}}},
        {"Effect": "Allow", "Action": "sts:AssumeRole"},
        TRUST,
    ],
)
def test_what_could_be_wrong_is_looked_at(statement: object) -> None:
    assert not is_usual({"Version": "2012-10-17", "Statement": [USUAL, statement]})


@pytest.mark.parametrize(
    "statement",
    [
        {**TRUST, "Action": "sts:*"},
        {**TRUST, "Action": []},
        {**TRUST, "Action": "s3:GetObject"},
        {**TRUST, "Resource": "*"},
        {**TRUST, "Principal": {"*": "111122223333"}},
        {**TRUST, "Principal": {"AWS": "x"}},
        {**TRUST, "Principal": {"AWS": [1]}},
        {**TRUST, "Principal": {"Ref": "X"}},
        {**TRUST, "Principal": None},
        {"Effect": "Allow", "NotPrincipal": "*", "Action": "sts:AssumeRole"},
    ],
)
def test_what_could_be_wrong_with_principals_is_looked_at(statement: object) -> None:
    assert is_usual({"Statement": [TRUST]})
    assert not is_usual({"Statement": [TRUST, statement]})


@pytest.mark.parametrize(
    "text", ['{"Statement": [], "Statement": []}', '{"Version": "2012-10-17"}', "{}", "[]", "null", '{"Statement": [{}]}']
)
def test_what_is_no_whole_policy_is_looked_at(text: str) -> None:
    assert usual_policy(scan(Source("p.json", text.encode()))) is None


@pytest.mark.parametrize("member", ['"AWS": "*",'])
def test_a_type_of_principal_that_is_written_twice_is_looked_at(member: str) -> None:
    text = f'{{"Statement": {{"Effect": "Allow", "Principal": {{{member} {member} "Service": []}}, "Action": "sts:AssumeRole"}}}}'
    assert usual_policy(scan(Source("p.json", text.encode()))) is None


@pytest.mark.parametrize("member", ['"Effect": "Deny",', '"Condition": {"Bool": {"a:b": "x"}},'])
def test_what_is_written_twice_is_looked_at(member: str) -> None:
    text = f'{{"Statement": {{{member} {member} "Action": "a:b", "Resource": "*", "Effect": "Allow"}}}}'
    assert usual_policy(scan(Source("p.json", text.encode()))) is None


@given(POLICIES, st.sampled_from([None, *Kind]))
@settings(max_examples=1_000, deadline=None)
def test_one_pass_says_what_a_closer_look_says(policy: object, kind: Kind | None) -> None:
    read_once, looked_at = told(Source("p.json", json.dumps(policy).encode()), kind)
    assert read_once == looked_at


def test_fixtures_are_read_as_they_are_looked_at() -> None:
    usual = 0
    for path in sorted(FIXTURES.rglob("*.json")):
        source = Source("p.json", path.read_bytes())
        try:
            read_once, looked_at = told(source)
        except TextError:
            continue
        assert read_once == looked_at, path
        usual += usual_policy(scan(source)) is not None
    assert usual > 50
