"""What do the claims of several issuers have in common?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    Row: TypeAlias = "Mapping[str, str | tuple[str, ...] | Mapping[str, str] | Mapping[str, tuple[str, ...]]]"

# Names of accounts and repositories; `@` cannot appear in them. Subjects: https://docs.github.com/en/actions/reference/security/oidc
OWNER = "[A-Za-z0-9][A-Za-z0-9_-]*"
REPOSITORY = "[A-Za-z0-9._-]+"
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
SLUG = "[A-Za-z0-9][A-Za-z0-9_-]*"

GITHUB_CLAIMS = (
    "actor",
    "actor_id",
    "enterprise_id",
    "environment",
    "job_workflow_ref",
    "ref",
    "repository",
    "repository_id",
    "repository_owner_id",
    "workflow",
)
GITHUB_SHAPES = {
    "sub": ("repo:{tenant}/{project}:{context}", "repo:{tenant}@{tenant-id}/{project}@{project-id}:{context}"),
    "repository": ("{tenant}/{project}",),
}
GITHUB_FORMATS = {
    "sub": (f"repo:{OWNER}/{REPOSITORY}:.*", f"repo:{OWNER}@[0-9]+/{REPOSITORY}@[0-9]+:.*"),
    "repository": (f"{OWNER}/{REPOSITORY}",),
    "repository_id": ("[0-9]+",),
    "repository_owner_id": ("[0-9]+",),
    "enterprise_id": ("[0-9]+",),
}
# A repository's owner may replace the subject by any claims, `environment:prod:ref:refs/heads/main`; these name no tenant.
GITHUB_UNBOUND = {
    "base_ref": "critical",
    "environment": "critical",
    "event_name": "critical",
    "head_ref": "critical",
    "pull_request": "critical",
    "ref": "critical",
    "ref_type": "critical",
    "repository_visibility": "critical",
    "runner_environment": "critical",
    "workflow": "critical",
    "actor": "high",
    "actor_id": "high",
    "job_workflow_ref": "high",
}
KUBERNETES = {"sub": ("system:serviceaccount:{namespace}:{service-account}",)}
KUBERNETES_FORMATS = {"sub": ("system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+",)}
BUILDKITE_CLAIMS = (
    "build_branch",
    "cluster_id",
    "cluster_name",
    "organization_id",
    "organization_slug",
    "pipeline_id",
    "pipeline_slug",
)
