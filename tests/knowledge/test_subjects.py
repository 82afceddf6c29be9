"""Which part of a subject pattern names whom?"""

from __future__ import annotations

import pytest

from iamlint.knowledge.issuers import find_issuer

GITHUB = "token.actions.githubusercontent.com"
GITLAB = "gitlab.com"
TERRAFORM = "app.terraform.io"
BUILDKITE = "agent.buildkite.com"
EKS = "oidc.eks.eu-west-1.amazonaws.com/id/A"
PULUMI = "api.pulumi.com/oidc"


@pytest.mark.parametrize(
    ("host", "pattern", "expected"),
    [
        (GITHUB, "repo:acme/app:ref:refs/heads/main", "tenant=acme/ project=app/ context=ref:refs/heads/main/"),
        (GITHUB, "repo:acme/app:pull_request", "tenant=acme/ project=app/ context=pull_request/"),
        (GITHUB, "repo:acme/app:*", "tenant=acme/ project=app/ context=*/"),
        (GITHUB, "repo:acme/app", "tenant=acme/ project=app"),
        (GITHUB, "repo:acme/app*", "tenant=acme/ project=app*"),
        (GITHUB, "repo:acme/*", "tenant=acme/ project=*"),
        (GITHUB, "repo:acme*", "tenant=acme*"),
        (GITHUB, "repo:acme*/app:*", "tenant=acme*/ project=app/ context=*/"),
        (GITHUB, "repo:acme-*:ref:refs/heads/main", "tenant=acme-*"),
        (GITHUB, "repo:*", "tenant=*"),
        (GITHUB, "repo:*/app:*", "tenant=*/ project=app/ context=*/"),
        (GITHUB, "*", "tenant=*"),
        (GITHUB, "rep*:acme/app:*", "tenant=*"),
        (GITHUB, "*:ref:refs/heads/main", "tenant=*"),
        (GITHUB, "*acme/app:*", "tenant=*acme/ project=app/ context=*/"),
        (GITHUB, "repo:acme@12/app@34:ref:x", "tenant=acme/ tenant-id=12/ project=app/ project-id=34/ context=ref:x/"),
        (GITHUB, "repo:acme@12/*", "tenant=acme/ tenant-id=12/ project=*"),
        (GITHUB, "repo:acme@*/*", "tenant=acme/ tenant-id=*/ project=*"),
        (GITHUB, "repo:acme/app:ref:refs/heads/user@x", "tenant=acme/ project=app/ context=ref:refs/heads/user@x/"),
        (GITHUB, "repo:", "tenant="),
        (GITHUB, "", ""),
        (GITHUB, "acme/app", ""),
        (GITLAB, "project_path:acme/app:ref_type:branch:ref:main", "tenant=acme/ project=app/ context=ref_type:branch:ref:main/"),
        (GITLAB, "project_path:acme/group/app:*", "tenant=acme/ project=group/app/ context=*/"),
        (GITLAB, "project_path:acme/*", "tenant=acme/ project=*"),
        (GITLAB, "project_path:acme*", "tenant=acme*"),
        (TERRAFORM, "organization:acme:project:p:workspace:w:run_phase:*", "tenant=acme/ project=p/ workspace=w/ context=*/"),
        (TERRAFORM, "organization:acme:workspace:w:run_phase:plan", "tenant=acme/ workspace=w/ context=plan/"),
        (
            TERRAFORM,
            "organization:acme:project:p:stack:s:deployment:d:operation:plan",
            "tenant=acme/ project=p/ stack=s/ context=d:operation:plan/",
        ),
        (TERRAFORM, "organization:acme:*", "tenant=acme/ project=*"),
        (TERRAFORM, "organization:acme*", "tenant=acme*"),
        (BUILDKITE, "organization:acme:pipeline:*", "tenant=acme/ project=*"),
        (PULUMI, "pulumi:environments:org:acme:env:prod/aws", "tenant=acme/ environment=prod/aws/"),
        (EKS, "system:serviceaccount:ns:sa", "namespace=ns/ service-account=sa/"),
        (EKS, "system:serviceaccount:ns:*", "namespace=ns/ service-account=*/"),
        (EKS, "system:serviceaccount:*", "namespace=*"),
        (EKS, "system:node:x", ""),
        ("idp.acme.example", "anything", ""),
    ],
)
def test_a_pattern_is_split_where_its_shape_says(host: str, pattern: str, expected: str) -> None:
    segments = find_issuer(host).split(pattern)
    assert " ".join(f"{part.name}={part.text}{'/' if part.closed else ''}" for part in segments) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("environment:prod", "environment=prod context"),
        (
            "job_workflow_ref:acme/x/.github/workflows/a.yml@refs/heads/main",
            "job_workflow_ref=acme/x/.github/workflows/a.yml@refs/heads/main context",
        ),
        ("repository_owner:acme:environment:prod", "repository_owner=acme tenant, environment=prod context"),
        ("repository_id:12:*", "repository_id=12 project, context=* context"),
        ("environment:prod:pull_request", "environment=prod context, pull_request= context"),
    ],
)
def test_a_customized_github_subject_is_split_at_its_claims(pattern: str, expected: str) -> None:
    segments = find_issuer(GITHUB).split(pattern)
    assert ", ".join(f"{part.name}={part.text} {part.level}" for part in segments) == expected


def test_another_claim_than_the_subject_is_split_by_its_own_shape() -> None:
    segments = find_issuer(GITHUB).split("acme/*", "repository")
    assert [(part.name, part.text) for part in segments] == [("tenant", "acme"), ("project", "*")]


def test_a_part_is_fixed_free_or_neither() -> None:
    tenant, project, context = find_issuer(GITHUB).split("repo:acme/app-*:*")
    assert (tenant.fixed, tenant.free) == (True, False)
    assert (project.fixed, project.free) == (False, False)
    assert (context.fixed, context.free) == (False, True)


def test_what_lies_in_a_project_is_of_its_level() -> None:
    segments = find_issuer(TERRAFORM).split("organization:acme:project:p:workspace:w:run_phase:apply")
    assert [part.level for part in segments] == ["tenant", "project", "project", "context"]
