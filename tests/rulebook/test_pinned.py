"""Are questions that are answered without a search answered as a search would?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iamlint.access.access import Access
from iamlint.case import Case
from iamlint.finding import Severity
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.rulebook.pinned import is_pinned
from iamlint.rulebook.query import Query
from iamlint.rulebook.subjects import subjects
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone
from tests.policy.reading import policy_text

if TYPE_CHECKING:
    from iamlint.rulebook.card import Fact

TRUSTS = sorted((Path(__file__).parents[2] / "fixtures" / "quiet" / "trust").glob("*.json"))
SUBJECT: dict[str, Fact] = {"token": {"subject": "elsewhere"}}
AUDIENCE: dict[str, Fact] = {"token": {"audience": "fresh"}}


def case_of(text: str | bytes) -> Case:
    data = text if isinstance(text, bytes) else text.encode()
    (document,) = find_documents(read_json(Source("trust.json", data)), kind=Kind.TRUST)
    return Case("any", Severity.LOW, document, Access(document.policy, Kind.TRUST), Zone(), 0)


@pytest.mark.parametrize("path", TRUSTS, ids=lambda path: path.stem)
def test_what_is_pinned_is_nowhere_else(path: Path) -> None:
    case = case_of(path.read_bytes())
    for subject in subjects("oidc-provider", case):
        for parts in (SUBJECT, AUDIENCE):
            if is_pinned(case.document.policy, subject, parts, None):
                clauses = Query(case, parts, subject)._clauses(parts)
                assert case.access.meets(clauses) is None


@pytest.mark.parametrize(
    ("operator", "value", "pinned"),
    [
        ("StringEquals", "repo:acme/site:ref:refs/heads/main", True),
        ("StringLike", "repo:acme/*", False),
        ("StringNotEquals", "repo:acme/site:ref:refs/heads/main", False),
        ("StringEqualsIfExists", "repo:acme/site:ref:refs/heads/main", False),
        ("ForAllValues:StringEquals", "repo:acme/site:ref:refs/heads/main", False),
        ("StringEquals", "${aws:username}", False),
        # Values that nobody wrote down look so.
        ("StringEquals", "zzz", False),
    ],
)
def test_only_a_fixed_value_that_has_to_be_there_pins(operator: str, value: str, pinned: bool) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": "arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {operator: {"token.actions.githubusercontent.com:sub": value}},
    }
    case = case_of(policy_text(statement))
    (subject,) = subjects("oidc-provider", case)
    assert is_pinned(case.document.policy, subject, SUBJECT, None) is pinned


def test_every_allow_has_to_pin() -> None:
    def statement(condition: object) -> dict[str, object]:
        provider = {"Federated": "arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com"}
        return {"Effect": "Allow", "Principal": provider, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": condition}

    key = "token.actions.githubusercontent.com:sub"
    case = case_of(
        policy_text(statement({"StringEquals": {key: "repo:acme/site:environment:prod"}}), statement({"StringLike": {key: "*"}}))
    )
    (subject,) = subjects("oidc-provider", case)
    assert not is_pinned(case.document.policy, subject, SUBJECT, None)
    assert is_pinned(case.document.policy, subject, SUBJECT, (0,))
