"""Is what a source leaves open about tokens taken for what the policy itself suggests, and for no more?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.finding import Confidence, Finding
from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.rulebook.book import load_book
from iamlint.rulebook.select import choose
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone

CARDS = [card for card in choose(load_book()) if card.family == "federation"]
GITHUB = "token.actions.githubusercontent.com"
ARN = f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"
REFERENCE = {"Ref": "Provider"}
ACTION = "sts:AssumeRoleWithWebIdentity"


def found(*statements: tuple[Any, dict[str, Any]], effects: tuple[str, ...] = ()) -> list[Finding]:
    """What the rules about federation find where each statement has this provider and these conditions."""
    made = [
        {"Effect": effect, "Principal": {"Federated": provider}, "Action": ACTION, "Condition": conditions}
        for (provider, conditions), effect in zip(statements, effects or ("Allow",) * len(statements), strict=True)
    ]
    text = json.dumps({"Version": "2012-10-17", "Statement": made})
    outcome = lint(find_documents(read_json(Source("role.json", text.encode())), kind=Kind.TRUST), CARDS, Zone(), 0)
    assert not outcome.failures
    return list(outcome.findings)


def rules(*statements: tuple[Any, dict[str, Any]], effects: tuple[str, ...] = ()) -> list[str]:
    return [finding.rule for finding in found(*statements, effects=effects)]


def github(subject: Any = None, audience: Any = "sts.amazonaws.com") -> dict[str, Any]:
    conditions: dict[str, Any] = {"StringEquals": {f"{GITHUB}:aud": audience}}
    return conditions if subject is None else {**conditions, "StringLike": {f"{GITHUB}:sub": subject}}


@pytest.mark.parametrize(
    "provider",
    [
        REFERENCE,
        {"Fn::GetAtt": ["Provider", "Arn"]},
        "${aws_iam_openid_connect_provider.github.arn}",
        {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:oidc-provider/${Host}"},
        {"Fn::Sub": "arn:${AWS::Partition}:iam::111122223333:oidc-provider/token.actions.${Domain}"},
    ],
)
def test_the_keys_say_whose_provider_a_reference_is(provider: Any) -> None:
    assert rules((provider, github())) == ["oidc-missing-subject"]
    assert rules((provider, github("repo:*"))) == ["oidc-subject-any-tenant"]
    assert rules((provider, github("repo:acme/app:ref:refs/heads/main"))) == []


@pytest.mark.parametrize(
    ("provider", "conditions"),
    [
        (REFERENCE, {}),
        (REFERENCE, {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}),
        (REFERENCE, {"StringLike": {"${Host}:sub": "*"}}),
        (REFERENCE, {"StringLike": {f"{GITHUB}:sub": "*", "gitlab.com:sub": "*"}}),
        ([REFERENCE, {"Ref": "Other"}], github()),
        ({"Fn::Sub": "arn:aws:iam::111122223333:saml-provider/${Name}"}, github()),
        ({"Fn::Sub": "arn:aws:iam::111122223333:oidc-provider/${Name}.example.com"}, github()),
    ],
)
def test_a_reference_that_no_key_explains_stays_unknown(provider: Any, conditions: dict[str, Any]) -> None:
    assert rules((provider, conditions)) == []


def test_a_reference_is_the_same_provider_in_every_statement() -> None:
    assert rules((REFERENCE, github("repo:acme/app:ref:refs/heads/main")), (REFERENCE, {})) == ["oidc-subject-any-tenant"]


@pytest.mark.parametrize(
    ("subject", "expected", "named"),
    [
        ("repo:${Org}/${Repo}:*", "oidc-any-ref", "`${Org}/${Repo}`"),
        ("repo:${var.org}/${var.repo}:ref:*", "oidc-any-ref", "`${var.org}/${var.repo}`"),
        ("repo:${Repo}:*", "oidc-any-ref", "`${Repo}`"),
        ("repo:acme/${app}-service:*", "oidc-any-ref", "`acme/${app}-service`"),
        ("repo:${Org}/${Repo}:pull_request", "oidc-pull-request-subject", "`${Org}/${Repo}`"),
        ("repo:${Org}/*", "oidc-tenant-wide", "`${Org}`"),
        ("repo:*/${Repo}:*", "oidc-subject-any-tenant", "`repo:*/${Repo}:*`"),
    ],
)
def test_what_holds_for_every_name_is_told_in_the_words_of_the_source(subject: str, expected: str, named: str) -> None:
    [finding] = found((ARN, github(subject)))
    assert (finding.rule, finding.confidence) == (expected, Confidence.MEDIUM)
    assert named in finding.message
    assert "unknown" not in finding.message
    assert finding.witness is not None
    assert "unknown" not in str(finding.witness.context)


@pytest.mark.parametrize(
    "subject",
    [
        "${Subject}",
        "${Prefix}:*",
        "*${Name}*",
        "repo:${Org}*",
        "repo:${Org}/${Prefix}*",
        "repo:${Org}/${Repo}${Ref}*",
        "repo:${Org}/${Repo}:${Ref}",
        "repo:${Org}/${Repo}:ref:refs/heads/${Branch}",
        {"Ref": "Subject"},
    ],
)
def test_nothing_is_said_of_what_could_be_anything(subject: Any) -> None:
    assert rules((ARN, github(subject))) == []


def test_what_an_open_name_does_not_change_is_sure() -> None:
    [finding] = found((ARN, github(["repo:*", "repo:${Org}/${Repo}:ref:refs/heads/main"])))
    assert (finding.rule, finding.confidence) == ("oidc-subject-any-tenant", Confidence.HIGH)


def test_an_open_audience_does_not_hide_an_open_subject() -> None:
    assert rules((ARN, github("repo:*", {"Ref": "Audience"}))) == ["oidc-subject-any-tenant"]


def test_a_deny_of_all_other_names_closes_a_subject_for_every_name() -> None:
    others = {"StringNotLike": {f"{GITHUB}:sub": "repo:${Org}/${Repo}:ref:refs/heads/main"}}
    assert rules((ARN, github("repo:*")), (ARN, others), effects=("Allow", "Deny")) == []


def test_a_pool_that_is_a_reference_is_one_pool() -> None:
    cognito = "cognito-identity.amazonaws.com"
    assert rules((cognito, {"StringEquals": {f"{cognito}:aud": {"Ref": "Pool"}}})) == ["cognito-missing-amr"]


def test_a_finding_keeps_its_identity_when_the_names_are_made_up() -> None:
    [finding] = found((REFERENCE, github()))
    assert finding.subject == "!Ref Provider"
    assert finding.document.policy.statements[0].principals is not None
    assert finding.document.policy.statements[0].principals.entries[0].text == "!Ref Provider"
