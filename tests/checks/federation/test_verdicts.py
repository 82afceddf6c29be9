"""One mistake in whom a provider's tokens let in is one finding."""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.finding import Finding
from iamlint.lint.run import lint
from iamlint.policy.read import find_documents
from iamlint.rulebook.book import load_book
from iamlint.rulebook.select import choose
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone

CARDS = [card for card in choose(load_book()) if card.family == "federation"]
GITHUB = "token.actions.githubusercontent.com"
GITLAB = "gitlab.com"
TERRAFORM = "app.terraform.io"
BUILDKITE = "agent.buildkite.com"
CIRCLECI = "oidc.circleci.com/org/1111"
BITBUCKET = "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc"
SERVER = "github.example.com/_services/token"
ENTERPRISE = "token.actions.githubusercontent.com/acme"
PRIVATE = "idp.example.com/realms/acme"
EKS = "oidc.eks.eu-west-1.amazonaws.com/id/ABC"
COGNITO = "cognito-identity.amazonaws.com"
GOOGLE = "accounts.google.com"
VERCEL = "oidc.vercel.com"
POOL = "us-east-1:12345678-dcba-4321-abcd-123456abcdef"

ANY_TENANT = "oidc-subject-any-tenant"
RUNS_ON = "oidc-subject-unterminated-tenant"
TENANT_WIDE = "oidc-tenant-wide"
ANY_REF = "oidc-any-ref"
PULL_REQUEST = "oidc-pull-request-subject"
ABUSABLE = "oidc-abusable-claim-only"
NO_SUBJECT = "oidc-missing-subject"
NO_AUDIENCE = "oidc-missing-audience"
PRIVATE_OPEN = "oidc-private-issuer-missing-subject"
UNKNOWN = "oidc-unknown-issuer"
NO_POD = "irsa-missing-subject"
ANY_POD = "irsa-wildcard-subject"
NO_POOL = "cognito-missing-pool"
GUESTS = "cognito-missing-amr"
STRAY = "oidc-key-issuer-mismatch"


def found(host: str, condition: dict[str, Any], *others: dict[str, Any], zone: Zone | None = None) -> list[Finding]:
    """The findings about a role that trusts the issuer under a condition whose keys are claims, and of `others` of its statements."""
    built_in = host in (COGNITO, GOOGLE)
    principal = {"Federated": host if built_in else f"arn:aws:iam::111122223333:oidc-provider/{host}"}
    statements = [{"Effect": "Allow", "Condition": condition}, *others]
    for statement in statements:
        block = statement["Condition"]
        named = {operator: {_key(host, claim): value for claim, value in tests.items()} for operator, tests in block.items()}
        statement |= {"Principal": principal, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": named}
    text = json.dumps({"Version": "2012-10-17", "Statement": statements})
    outcome = lint(find_documents(read_json(Source("role.json", text.encode()))), CARDS, zone or Zone(), 0)
    assert not outcome.failures
    return list(outcome.findings)


def _key(host: str, claim: str) -> str:
    return claim if ":" in claim else f"{host}:{claim}"


def rules(host: str, condition: dict[str, Any], *others: dict[str, Any], zone: Zone | None = None) -> str:
    return " ".join(sorted(finding.rule for finding in found(host, condition, *others, zone=zone)))


def like(*subjects: str, operator: str = "StringLike", **claims: str) -> dict[str, Any]:
    tests: dict[str, Any] = {"StringEquals": {"aud": "sts.amazonaws.com", **claims}}
    tests.setdefault(operator, {})["sub"] = list(subjects)
    return tests


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("repo:acme/app:ref:refs/heads/main", ""),
        ("repo:acme/app:ref:refs/heads/release/*", ""),
        ("repo:acme/app:ref:refs/tags/*", ""),
        ("repo:acme@1234/app@*:ref:refs/heads/main", ""),
        ("repo:acme@*/app@*:environment:production", ""),
        ("repo:${var.owner}/app:ref:refs/heads/main", ""),
        ("repository_owner:acme:repository:acme/app:ref:refs/heads/main", ""),
        ("repo:acme*", RUNS_ON),
        ("repo:acme*/app:*", RUNS_ON),
        ("repo:acme*/app*:ref:refs/heads/main", RUNS_ON),
        ("repo:acme-*/app:ref:refs/heads/main", RUNS_ON),
        ("repo:ac?e/app:ref:refs/heads/main", RUNS_ON),
        ("repo:acme/*", TENANT_WIDE),
        ("repo:acme@1234/*", TENANT_WIDE),
        ("repo:acme@*/*", TENANT_WIDE),
        ("repo:acme/*:environment:production", TENANT_WIDE),
        ("repository_owner:acme", TENANT_WIDE),
        ("repo:*", ANY_TENANT),
        ("repo:*/app:*", ANY_TENANT),
        ("repo:?*/app:ref:refs/heads/main", ANY_TENANT),
        ("*:ref:refs/heads/main", ANY_TENANT),
        ("*acme*", ANY_TENANT),
        ("*", ANY_TENANT),
        ("repository_owner:*", ANY_TENANT),
        ("environment:production", ABUSABLE),
        ("job_workflow_ref:acme/flows/.github/workflows/deploy.yml@refs/heads/main", ABUSABLE),
        ("repo:acme/app:*", ANY_REF),
        ("repo:acme/app:ref:*", ANY_REF),
        ("repo:acme/app:ref:refs/heads/*", ANY_REF),
        ("repo:acme/app:environment:*", ANY_REF),
        ("repo:acme/app:pull_request", PULL_REQUEST),
        ("repo:acme/app:p*", PULL_REQUEST),
    ],
)
def test_a_subject_of_github_is_one_finding_at_most(subject: str, expected: str) -> None:
    assert rules(GITHUB, like(subject)) == expected


@pytest.mark.parametrize("operator", ["StringEquals", "StringEqualsIfExists", "ForAllValues:StringEquals", "ForAnyValue:StringLike"])
def test_every_token_has_a_subject_so_no_qualifier_is_a_way_around_it(operator: str) -> None:
    assert rules(GITHUB, like("repo:acme/app:ref:refs/heads/main", operator=operator)) == ""


@pytest.mark.parametrize("operator", ["StringEqualsIfExists", "ForAllValues:StringEquals", "StringNotEquals"])
def test_a_claim_that_a_token_can_lack_is_no_protection_under_these(operator: str) -> None:
    tests = {"StringEquals": {"aud": "sts.amazonaws.com"}, operator: {"repository_id": "123"}}
    assert rules(GITHUB, tests) == ANY_TENANT


@pytest.mark.parametrize("operator", ["StringNotLike", "StringNotEquals"])
def test_a_negated_subject_lets_in_strangers(operator: str) -> None:
    assert rules(GITHUB, like("repo:evil/app:ref:refs/heads/main", operator=operator)) == ANY_TENANT


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("repo:*", "repo:*/app:ref:refs/heads/main", [ANY_TENANT, ANY_TENANT]),
        ("repo:*", "repo:*", [ANY_TENANT, ANY_TENANT]),
        ("repo:*", "repo:acme/app:*", [ANY_TENANT, ANY_REF]),
        ("repo:acme/*", "repo:acme*", [TENANT_WIDE, RUNS_ON]),
        ("repo:*", "repo:acme/app:ref:refs/heads/main", [ANY_TENANT]),
    ],
)
def test_each_statement_that_is_open_by_itself_is_told(one: str, other: str, expected: list[str]) -> None:
    findings = found(GITHUB, like(one), {"Effect": "Allow", "Condition": like(other)})
    assert [finding.rule for finding in findings] == expected
    assert [finding.statement for finding in findings] == list(range(len(expected)))


@pytest.mark.parametrize("subject", ["repo:acme/*", "repo:*", "repo:acme*"])
def test_a_wildcard_that_is_none_lets_in_nobody(subject: str) -> None:
    assert rules(GITHUB, like(subject, operator="StringEquals")) == ""


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({}, NO_SUBJECT),
        ({"repository_id": "123"}, ""),
        ({"repository": "acme/app"}, ""),
        ({"repository_owner_id": "123"}, TENANT_WIDE),
        ({"environment": "production"}, ABUSABLE),
        ({"job_workflow_ref": "acme/flows/.github/workflows/deploy.yml@refs/heads/main"}, ABUSABLE),
        ({"environment": "production", "repository_id": "123"}, ""),
        ({"environment": "production", "repository_owner_id": "123"}, TENANT_WIDE),
    ],
)
def test_other_claims_of_github_pin_what_they_say(claims: dict[str, str], expected: str) -> None:
    assert rules(GITHUB, {"StringEquals": {"aud": "sts.amazonaws.com", **claims}}) == expected


@pytest.mark.parametrize(
    ("claims", "severity"),
    [
        ({"environment": "production"}, "critical"),
        ({"workflow": "deploy"}, "critical"),
        ({"job_workflow_ref": "acme/flows/.github/workflows/deploy.yml@refs/heads/main"}, "high"),
        ({"environment": "production", "actor": "jane"}, "high"),
        ({"sub": "job_workflow_ref:acme/flows/.github/workflows/deploy.yml@refs/heads/main"}, "high"),
        ({"sub": "environment:production"}, "critical"),
    ],
)
def test_claims_that_a_stranger_needs_help_for_are_less_bad(claims: dict[str, str], severity: str) -> None:
    [finding] = found(GITHUB, {"StringEquals": {"aud": "sts.amazonaws.com", **claims}})
    assert (finding.rule, finding.severity.value) == (ABUSABLE, severity)


@pytest.mark.parametrize("claim", ["environment", "ref", "job_workflow_ref"])
def test_a_claim_beside_an_open_subject_closes_it(claim: str) -> None:
    assert rules(GITHUB, like("repo:acme/app:*", **{claim: "refs/heads/main"})) == ""


def test_a_claim_beside_the_subject_of_a_whole_organization_narrows_it() -> None:
    [finding] = found(GITHUB, like("repo:acme/*", environment="production"))
    assert (finding.rule, finding.severity.value) == (TENANT_WIDE, "low")


def test_a_deny_of_all_others_closes_an_open_subject() -> None:
    others = {"Effect": "Deny", "Condition": {"StringNotLike": {"sub": "repo:acme/app:ref:*main"}}}
    assert rules(GITHUB, like("*"), others) == ""


def test_the_audience_is_asked_for_only_where_the_subject_is_closed() -> None:
    assert rules(GITHUB, {"StringLike": {"sub": "repo:acme/app:ref:refs/heads/main"}}) == NO_AUDIENCE
    assert rules(GITHUB, {"StringLike": {"sub": "repo:*"}}) == ANY_TENANT


@pytest.mark.parametrize(
    ("host", "subject", "expected"),
    [
        (GITLAB, "project_path:acme/app:ref_type:branch:ref:main", ""),
        (GITLAB, "project_path:acme/platform/app:ref_type:branch:ref:*", ANY_REF),
        (GITLAB, "project_path:acme/app:*", ANY_REF),
        (GITLAB, "project_path:acme/*", TENANT_WIDE),
        (GITLAB, "project_path:acme*", RUNS_ON),
        (GITLAB, "project_path:*", ANY_TENANT),
        (TERRAFORM, "organization:acme:project:p:workspace:w:run_phase:apply", ""),
        (TERRAFORM, "organization:acme:project:*:workspace:w:run_phase:apply", ""),
        (TERRAFORM, "organization:acme:project:p:workspace:w:run_phase:*", ANY_REF),
        (TERRAFORM, "organization:acme:project:*:workspace:*:run_phase:*", TENANT_WIDE),
        (TERRAFORM, "organization:acme:*", TENANT_WIDE),
        (TERRAFORM, "organization:acme*", RUNS_ON),
        (TERRAFORM, "organization:*", ANY_TENANT),
        (BUILDKITE, "organization:acme:pipeline:p:ref:refs/heads/main:*", ""),
        (BUILDKITE, "organization:acme:pipeline:p:*", ANY_REF),
        (BUILDKITE, "organization:acme:pipeline:*", TENANT_WIDE),
        (BUILDKITE, "organization:acme*", RUNS_ON),
        (CIRCLECI, "org/1111/project/2222/user/*", ""),
        (CIRCLECI, "org/1111/project/*", TENANT_WIDE),
        (CIRCLECI, "org/*/project/*/user/*", PRIVATE_OPEN),
        (BITBUCKET, "{aaaa-bbbb}:*", ""),
        (BITBUCKET, "*:*", PRIVATE_OPEN),
        (SERVER, "repo:acme/app:pull_request", PULL_REQUEST),
        (SERVER, "repo:acme/app:*", ANY_REF),
        (SERVER, "repo:acme/*", TENANT_WIDE),
        (SERVER, "repo:*", PRIVATE_OPEN),
        (ENTERPRISE, "repo:acme/*", TENANT_WIDE),
        (PRIVATE, "deployer", UNKNOWN),
        (PRIVATE, "deployer-*", UNKNOWN),
        (PRIVATE, "*", f"{PRIVATE_OPEN} {UNKNOWN}"),
        ("acme.eu.auth0.com/", "deployer", ""),
        ("acme.eu.auth0.com/", "*", PRIVATE_OPEN),
        (EKS, "system:serviceaccount:ns:app", ""),
        (EKS, "system:serviceaccount:ns:*", ANY_POD),
        (EKS, "system:serviceaccount:*:app", ANY_POD),
        (EKS, "system:serviceaccount:*", ANY_POD),
        (EKS, "*", ANY_POD),
        (VERCEL, "owner:acme:project:p:environment:production", ""),
        (VERCEL, "owner:acme:project:*", TENANT_WIDE),
        ("login.app.env0.com", "auth0|0123456789abcdef01234567", ""),
    ],
)
def test_a_subject_of_another_platform_is_one_finding_at_most(host: str, subject: str, expected: str) -> None:
    assert rules(host, like(subject)) == expected


@pytest.mark.parametrize(
    ("host", "claims", "expected"),
    [
        (GITLAB, {}, NO_SUBJECT),
        (GITLAB, {"project_id": "1"}, ""),
        (GITLAB, {"namespace_id": "1"}, TENANT_WIDE),
        (GITLAB, {"pipeline_source": "push"}, ABUSABLE),
        (BUILDKITE, {"pipeline_id": "1"}, ""),
        (BUILDKITE, {"organization_slug": "acme"}, TENANT_WIDE),
        (BUILDKITE, {"pipeline_slug": "deploy"}, ABUSABLE),
        (CIRCLECI, {}, PRIVATE_OPEN),
        (ENTERPRISE, {}, PRIVATE_OPEN),
        (PRIVATE, {}, f"{PRIVATE_OPEN} {UNKNOWN}"),
        (EKS, {}, NO_POD),
        (VERCEL, {"aud": "https://vercel.com/acme"}, TENANT_WIDE),
        (GOOGLE, {"sub": "123"}, ""),
    ],
)
def test_other_claims_of_a_platform_pin_what_they_say(host: str, claims: dict[str, str], expected: str) -> None:
    assert rules(host, {"StringEquals": {"aud": "sts.amazonaws.com", **claims}}) == expected


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        ({}, NO_POOL),
        ({"StringLike": {"aud": "us-east-1:*"}}, NO_POOL),
        ({"ForAnyValue:StringLike": {"amr": "authenticated"}}, NO_POOL),
        ({"StringEquals": {"aud": POOL}}, GUESTS),
        ({"StringEquals": {"aud": POOL}, "ForAnyValue:StringLike": {"amr": "authenticated"}}, ""),
        ({"StringEquals": {"aud": POOL}, "ForAnyValue:StringLike": {"amr": "unauthenticated"}}, "cognito-unauthenticated"),
        ({"StringEquals": {"aud": POOL, "amr": "authenticated"}}, ""),
        ({"StringEquals": {"sub": POOL}}, ""),
        ({"StringEquals": {"aud": POOL, "sub": POOL}}, ""),
        ({"StringLike": {"sub": "us-east-1:*"}}, NO_POOL),
        ({"StringEquals": {"aud": POOL}, "StringLike": {"sub": "us-east-1:*"}}, GUESTS),
    ],
)
def test_a_role_for_cognito_names_the_pool_and_who_in_it(tests: dict[str, Any], expected: str) -> None:
    assert rules(COGNITO, tests) == expected


@pytest.mark.parametrize(
    ("subject", "severity"),
    [
        ("system:serviceaccount:*:*", "high"),
        ("system:serviceaccount:*:app", "high"),
        ("system:serviceaccount:*", "high"),
        ("system:serviceaccount:pay:*", "medium"),
        ("system:serviceaccount:pay:api-*", "medium"),
        ("system:serviceaccount:pay-*:api", "medium"),
    ],
)
def test_an_open_namespace_is_worse_than_an_open_service_account(subject: str, severity: str) -> None:
    [finding] = found(EKS, like(subject))
    assert (finding.rule, finding.severity.value) == (ANY_POD, severity)


@pytest.mark.parametrize("operator", ["StringEqualsIfExists", "ForAllValues:StringEquals", "StringNotEquals"])
def test_a_misspelt_subject_is_told_once_where_it_stops_nobody(operator: str) -> None:
    tests = {"StringEquals": {"aud": "sts.amazonaws.com"}, operator: {f"https://{GITHUB}:sub": "repo:acme/app:ref:refs/heads/main"}}
    [finding] = found(GITHUB, tests)
    assert (finding.rule, finding.severity.value) == (STRAY, "high")


def test_a_misspelt_audience_does_not_hide_that_the_subject_is_open() -> None:
    tests = {"StringEqualsIfExists": {f"https://{GITHUB}:aud": "sts.amazonaws.com"}}
    assert rules(GITHUB, tests) == f"{STRAY} {NO_SUBJECT}"


def test_tenants_of_ours_are_no_strangers() -> None:
    assert rules(GITHUB, {"StringEquals": {"aud": "x"}, "StringLike": {"sub": "repo:acme?/app:ref:refs/heads/main"}}) == RUNS_ON
    names = [f"acme{letter}" for letter in map(chr, range(0x21, 0x7F))]
    ours = Zone(tenants={f"https://{GITHUB}": names})
    [finding] = found(GITHUB, {"StringEquals": {"aud": "x"}, "StringLike": {"sub": "repo:acme?/app:ref:refs/heads/main"}}, zone=ours)
    assert finding.witness is not None
    assert str(finding.witness.context[f"{GITHUB}:sub"]).partition("/")[0].removeprefix("repo:") not in names


@pytest.mark.parametrize(
    ("host", "subject", "expected"),
    [
        (GITHUB, "repo:*", "repo:someone-else/any-repository:ref:refs/heads/any-branch"),
        (GITHUB, "repo:*/app:environment:production", "repo:someone-else/app:environment:production"),
        (GITHUB, "repo:acme*", "repo:acme-evil/any-repository:ref:refs/heads/any-branch"),
        (GITHUB, "repo:acme@*/*", "repo:acme@1234567/any-repository@7654321:ref:refs/heads/any-branch"),
        (GITHUB, "repo:acme/app:environment:*", "repo:acme/app:environment:any-environment"),
        (GITLAB, "project_path:acme/*", "project_path:acme/any-project:ref_type:branch:ref:any-branch"),
        (TERRAFORM, "organization:acme:*", "organization:acme:workspace:any-workspace:run_phase:apply"),
        (EKS, "system:serviceaccount:ns:*", "system:serviceaccount:ns:any-service-account"),
    ],
)
def test_a_witness_has_a_token_as_the_platform_makes_them(host: str, subject: str, expected: str) -> None:
    [finding] = found(host, like(subject))
    assert finding.witness is not None
    assert finding.witness.context[f"{host.lower()}:sub"] == expected


def test_the_value_that_lets_a_stranger_in_is_the_one_that_is_shown() -> None:
    [finding] = found(GITHUB, like("repo:acme/app:ref:refs/heads/release-*", "repo:*:environment:production"))
    assert "`repo:*:environment:production` fits others too" in finding.message


def test_an_issuer_that_the_settings_name_is_known_to_be_ours() -> None:
    assert rules(PRIVATE, like("deployer"), zone=Zone(tenants={f"https://{PRIVATE}/": ["acme"]})) == ""
    assert rules(PRIVATE, like("deployer"), zone=Zone(tenants={"idp.example.org": ["acme"]})) == UNKNOWN
