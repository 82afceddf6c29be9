"""Who issues a token, and who else gets one there?"""

from __future__ import annotations

import re

import pytest

from iamlint.knowledge.issuer_table import ROWS
from iamlint.knowledge.issuers import Tenancy, find_issuer, is_known, issuer_of, known_alike

GITHUB = "token.actions.githubusercontent.com"


@pytest.mark.parametrize(
    ("host", "id", "tenancy"),
    [
        (GITHUB, "github-actions", Tenancy.SHARED),
        (f"https://{GITHUB.upper()}/", "github-actions", Tenancy.SHARED),
        (f"{GITHUB}/octo-enterprise", "github-actions-enterprise", Tenancy.PER_TENANT),
        ("token.actions.octocorp.ghe.com", "github-actions-enterprise", Tenancy.PER_TENANT),
        ("git.acme.example/_services/token", "github-enterprise-server", Tenancy.PRIVATE),
        ("gitlab.com", "gitlab", Tenancy.SHARED),
        ("gitlab.acme.example", "gitlab-self-managed", Tenancy.PRIVATE),
        ("notgitlab.com", "private", Tenancy.PRIVATE),
        ("app.terraform.io", "hcp-terraform", Tenancy.SHARED),
        ("oidc.circleci.com/org/0b5dd4a2", "circleci", Tenancy.PER_TENANT),
        ("api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc", "bitbucket", Tenancy.PER_TENANT),
        ("agent.buildkite.com", "buildkite", Tenancy.SHARED),
        ("agent.acme.buildkite.dev", "buildkite", Tenancy.SHARED),
        ("acme.app.spacelift.io", "spacelift", Tenancy.PER_TENANT),
        ("accounts.google.com", "google", Tenancy.SOCIAL),
        ("graph.facebook.com", "facebook", Tenancy.SOCIAL),
        ("www.amazon.com", "login-with-amazon", Tenancy.SOCIAL),
        ("cognito-identity.amazonaws.com", "cognito", Tenancy.COGNITO),
        ("oidc.eks.eu-west-1.amazonaws.com/id/D3ADB33F", "eks", Tenancy.EKS),
        ("oidc.eks.cn-north-1.amazonaws.com.cn/id/D3ADB33F", "eks", Tenancy.EKS),
        ("oidc-eks.us-east-1.api.aws/id/D3ADB33F", "eks", Tenancy.EKS),
        ("oidc.eks.eu-west-1.amazonaws.com", "private", Tenancy.PRIVATE),
        ("oidc.vercel.com", "vercel", Tenancy.SHARED),
        ("oidc.vercel.com/acme", "vercel-team", Tenancy.PER_TENANT),
        ("api.pulumi.com/oidc", "pulumi", Tenancy.SHARED),
        ("scalr.io", "scalr", Tenancy.SHARED),
        ("oidc.codefresh.io", "codefresh", Tenancy.SHARED),
        ("proidc.upbound.io", "upbound", Tenancy.SHARED),
        ("login.app.env0.com/", "env0", Tenancy.SHARED),
        ("studio.datachain.ai/api", "dvc-studio", Tenancy.SHARED),
        ("tokens.cloud.shisho.dev", "shisho", Tenancy.SHARED),
        ("sandboxes.cloud", "sandboxes-cloud", Tenancy.SHARED),
        ("sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/", "microsoft-sentinel", Tenancy.SHARED),
        ("sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad/", "microsoft-accounts", Tenancy.SHARED),
        ("sts.windows.net/0b5dd4a2-0000-0000-0000-000000000000/", "entra", Tenancy.PER_TENANT),
        ("vstoken.dev.azure.com/0b5dd4a2", "azure-devops", Tenancy.PER_TENANT),
        ("rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg", "turbonomic", Tenancy.SHARED),
        ("rh-oidc.s3.us-east-1.amazonaws.com/27bd6cg0vs7nn08mue83fbof94dj4m9a", "kubernetes", Tenancy.PRIVATE),
        ("acme.us.auth0.com", "auth0", Tenancy.PER_TENANT),
        ("oidc.fly.io/acme", "fly", Tenancy.PER_TENANT),
        ("idp.acme.example/realms/main", "private", Tenancy.PRIVATE),
        ("", "private", Tenancy.PRIVATE),
    ],
)
def test_an_issuer_is_known_by_its_address(host: str, id: str, tenancy: Tenancy) -> None:
    issuer = find_issuer(host)
    assert (issuer.id, issuer.tenancy) == (id, tenancy)


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}", "github-actions"),
        ("arn:aws-cn:iam::111122223333:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/A", "eks"),
        ("cognito-identity.amazonaws.com", "cognito"),
        ("arn:aws:iam::111122223333:saml-provider/okta", None),
        ("arn:aws:iam::111122223333:oidc-provider/*", None),
        ("arn:aws:iam::111122223333:oidc-provider/", None),
        ("*", None),
        ("", None),
    ],
)
def test_a_federated_principal_names_an_issuer(principal: str, expected: str | None) -> None:
    issuer = issuer_of(principal)
    assert (issuer.id if issuer else None) == expected


@pytest.mark.parametrize(
    ("host", "claim", "key"),
    [
        ("https://gitlab.com", "sub", "gitlab.com:sub"),
        ("https://acme.eu.auth0.com/", "sub", "acme.eu.auth0.com/:sub"),
        ("oidc.circleci.com/org/1", "oidc.circleci.com/project-id", "oidc.circleci.com/org/1:oidc.circleci.com/project-id"),
        ("sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/", "sts:RoleSessionName", "sts:RoleSessionName"),
    ],
)
def test_a_claim_has_a_condition_key(host: str, claim: str, key: str) -> None:
    assert find_issuer(host).key(claim) == key


@pytest.mark.parametrize(
    ("host", "claim", "expected"),
    [
        (GITHUB, "sub", True),
        (GITHUB, "Repository_ID", True),
        (GITHUB, "repository_owner", False),
        (GITHUB, "runner_environment", False),
        ("gitlab.com", "project_id", True),
        ("gitlab.com", "project_path", False),
        ("idp.acme.example", "email", True),
        ("idp.acme.example", "groups", False),
        ("graph.facebook.com", "app_id", True),
        ("graph.facebook.com", "aud", False),
        ("cognito-identity.amazonaws.com", "amr", True),
        ("oidc.circleci.com/org/1", "oidc.circleci.com/project-id", True),
    ],
)
def test_sts_exposes_the_standard_claims_and_those_of_its_list(host: str, claim: str, expected: bool) -> None:
    assert find_issuer(host).exposes(claim) is expected


def test_github_says_which_claims_pin_a_tenant_and_which_anybody_can_have() -> None:
    github = find_issuer(GITHUB)
    assert set(github.tenant_claims) == {"sub", "repository", "repository_id", "repository_owner_id", "enterprise_id"}
    assert github.tenant_only == {"repository_owner_id", "enterprise_id"}
    assert github.abusable_claims["environment"] == "critical"
    assert github.abusable_claims["job_workflow_ref"] == "high"
    assert github.unbound_subjects["environment"] == "critical"
    assert github.audience == "sts.amazonaws.com"


@pytest.mark.parametrize(
    ("host", "claim", "value"),
    [
        (GITHUB, "sub", "repo:octo-org/octo-repo:ref:refs/heads/main"),
        (GITHUB, "sub", "repo:octo-org@123456/octo-repo@456789:environment:Production"),
        (GITHUB, "repository", "octo-org/octo-repo"),
        ("gitlab.com", "sub", "project_path:acme/group/app:ref_type:branch:ref:main"),
        ("app.terraform.io", "sub", "organization:acme:project:Default Project:workspace:prod:run_phase:apply"),
        (
            "agent.buildkite.com",
            "sub",
            "organization:acme:pipeline:app:ref:refs/heads/main:commit:9f3182061f1e2cca4702c368cbc039b7dc9d4485:step:s",
        ),
        ("agent.buildkite.com", "sub", "0184990a-477b-4fa8-9968-496074483cee"),
        ("api.pulumi.com/oidc", "sub", "pulumi:environments:org:acme:env:prod/aws"),
        ("api.pulumi.com/oidc", "aud", "aws:acme"),
        ("oidc.vercel.com", "aud", "https://vercel.com/acme"),
        ("proidc.upbound.io", "sub", "mcp:acme/ctp:provider:provider-aws"),
        ("scalr.io", "sub", "account:acme:environment:prod:workspace:main"),
        ("oidc.codefresh.io", "sub", "account:5f30ebd30312313ae7f17948:pipeline:64de5cd47626b3ca134e760a:scm_repo_url:x"),
        ("login.app.env0.com", "sub", "auth0|632b8219674bde0224a96141"),
        ("cognito-identity.amazonaws.com", "aud", "us-east-1:12345678-dead-beef-cafe-123456790ab0"),
        ("oidc.eks.eu-west-1.amazonaws.com/id/A", "sub", "system:serviceaccount:kube-system:aws-node"),
    ],
)
def test_a_documented_value_fits_the_issuers_formats(host: str, claim: str, value: str) -> None:
    formats = find_issuer(host).formats[claim]
    assert any(re.fullmatch(pattern.replace("|", r"\|"), value) for pattern in formats)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_each_row_is_whole(row: dict[str, object]) -> None:
    hosts = row["hosts"]
    assert isinstance(hosts, tuple)
    issuer = find_issuer(str(hosts[0]).replace("*", "x"))
    assert issuer.id == row["id"]
    assert set(row) <= {
        *("id", "name", "hosts", "tenancy", "audience", "required", "subject", "template", "claims", "pins", "tenant_only", "abusable"),
        *("unbound", "shapes", "formats"),
    }
    assert issuer.tenant_only <= set(issuer.tenant_claims)
    assert not set(issuer.abusable_claims) & set(issuer.tenant_claims)
    assert set(issuer.abusable_claims.values()) | set(issuer.unbound_subjects.values()) <= {"critical", "high"}
    if issuer.tenancy is Tenancy.SHARED and issuer.required:
        assert issuer.required in issuer.tenant_claims


def test_a_good_subject_fits_its_own_shape() -> None:
    issuers = [find_issuer(_hosts(row)[0].replace("*", "x")) for row in ROWS]
    assert [issuer.id for issuer in issuers if issuer.template and not issuer.split(issuer.template)] == []


def _hosts(row: object) -> tuple[str, ...]:
    hosts = row["hosts"] if isinstance(row, dict) else ()
    return tuple(str(host) for host in hosts)


@pytest.mark.parametrize(
    ("address", "alike"),
    [
        ("token.actions.githubusercontents.com", "token.actions.githubusercontent.com"),
        ("https://token.action.githubusercontent.com/", "token.actions.githubusercontent.com"),
        ("token.actions.githubusercontent.com.evil.example", "token.actions.githubusercontent.com"),
        ("app.terraform.oi", "app.terraform.io"),
        ("accounts.gogle.com", "accounts.google.com"),
        ("id.acme.example", ""),
        ("accounts.acme.com", ""),
    ],
)
def test_an_address_with_a_slip_is_told_from_one_of_somebody_else(address: str, alike: str) -> None:
    assert not is_known(find_issuer(address))
    assert known_alike(address) == alike


def test_what_is_in_the_table_is_known() -> None:
    for row in ROWS:
        for host in row["hosts"]:
            assert is_known(find_issuer(str(host).replace("*", "a1")))
