"""What is documented of each OIDC issuer that IAM roles trust: tenancy, claims, subjects?

Shared issuers, and the claim that IAM wants tested before it saves trust in one:
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html.
Claims that STS exposes beyond the standard ones:
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html.

A row names hosts (`*` stands for one label or path segment), and what `Issuer` documents. `shapes` are templates of what a claim says:
`{tenant}` runs to the text that follows it in the template, `{project/}` may hold slashes. `formats` are patterns of the values that
some tenant or other can have, in the language of `key_table`, with `.*` for any text.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    Row: TypeAlias = "Mapping[str, str | tuple[str, ...] | Mapping[str, str] | Mapping[str, tuple[str, ...]]]"

# Names of accounts and repositories; `@` cannot appear in them. Subjects: https://docs.github.com/en/actions/reference/security/oidc
_OWNER = "[A-Za-z0-9][A-Za-z0-9_-]*"
_REPOSITORY = "[A-Za-z0-9._-]+"
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SLUG = "[A-Za-z0-9][A-Za-z0-9_-]*"

_GITHUB_CLAIMS = (
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
_GITHUB_SHAPES = {
    "sub": ("repo:{tenant}/{project}:{context}", "repo:{tenant}@{tenant-id}/{project}@{project-id}:{context}"),
    "repository": ("{tenant}/{project}",),
}
_GITHUB_FORMATS = {
    "sub": (f"repo:{_OWNER}/{_REPOSITORY}:.*", f"repo:{_OWNER}@[0-9]+/{_REPOSITORY}@[0-9]+:.*"),
    "repository": (f"{_OWNER}/{_REPOSITORY}",),
    "repository_id": ("[0-9]+",),
    "repository_owner_id": ("[0-9]+",),
    "enterprise_id": ("[0-9]+",),
}
# A repository's owner may replace the subject by any claims, `environment:prod:ref:refs/heads/main`; these name no tenant.
_GITHUB_UNBOUND = {
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
_KUBERNETES = {"sub": ("system:serviceaccount:{namespace}:{service-account}",)}
_KUBERNETES_FORMATS = {"sub": ("system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+",)}
_BUILDKITE_CLAIMS = (
    "build_branch",
    "cluster_id",
    "cluster_name",
    "organization_id",
    "organization_slug",
    "pipeline_id",
    "pipeline_slug",
)

ROWS: tuple[Row, ...] = (
    {
        "id": "github-actions",
        "name": "GitHub Actions",
        "hosts": ("token.actions.githubusercontent.com",),
        "tenancy": "shared",
        "audience": "sts.amazonaws.com",
        "required": "sub",
        "claims": _GITHUB_CLAIMS,
        "pins": ("sub", "repository", "repository_id", "repository_owner_id", "enterprise_id"),
        "tenant_only": ("repository_owner_id", "enterprise_id"),
        "abusable": {
            "environment": "critical",
            "ref": "critical",
            "workflow": "critical",
            "actor": "high",
            "actor_id": "high",
            "job_workflow_ref": "high",
        },
        "unbound": _GITHUB_UNBOUND,
        "shapes": _GITHUB_SHAPES,
        "formats": _GITHUB_FORMATS,
        "template": "repo:ORG/REPO:ref:refs/heads/main",
    },
    {
        "id": "github-actions-enterprise",
        "name": "GitHub Actions of one enterprise",
        "hosts": (
            "token.actions.githubusercontent.com/*",
            "github.com/enterprises/*",
            "token.actions.*.ghe.com",
            "token.actions.*.ghe.com/*",
        ),
        "tenancy": "per-tenant",
        "audience": "sts.amazonaws.com",
        "claims": _GITHUB_CLAIMS,
        "pins": ("sub", "repository", "repository_id"),
        "shapes": _GITHUB_SHAPES,
        "formats": _GITHUB_FORMATS,
        "template": "repo:ORG/REPO:ref:refs/heads/main",
    },
    {
        # https://docs.github.com/en/enterprise-server@3.16/actions/security-for-github-actions: no immutable subjects.
        "id": "github-enterprise-server",
        "name": "GitHub Enterprise Server",
        "hosts": ("*/_services/token",),
        "tenancy": "private",
        "audience": "sts.amazonaws.com",
        "shapes": {"sub": ("repo:{tenant}/{project}:{context}",)},
        "formats": {"sub": (f"repo:{_OWNER}/{_REPOSITORY}:.*",)},
        "template": "repo:ORG/REPO:ref:refs/heads/main",
    },
    {
        "id": "github-vstoken",
        "name": "GitHub Actions before general availability",
        "hosts": ("vstoken.actions.githubusercontent.com",),
        "tenancy": "shared",
        "required": "sub",
        "shapes": {"sub": ("repo:{tenant}/{project}:{context}",)},
        "formats": {"sub": (f"repo:{_OWNER}/{_REPOSITORY}:.*",)},
    },
    {
        "id": "github-audit-log",
        "name": "GitHub audit log streaming",
        "hosts": ("oidc-configuration.audit-log.githubusercontent.com",),
        "tenancy": "shared",
        "audience": "sts.amazonaws.com",
        "required": "sub",
        "shapes": {"sub": ("https://github.com/{tenant}",)},
        "formats": {"sub": (f"https://github.com/{_SLUG}",)},
        "template": "https://github.com/ENTERPRISE",
    },
    {
        # https://docs.gitlab.com/ci/secrets/id_token_authentication/; a customized subject still begins with the project's path.
        "id": "gitlab",
        "name": "GitLab.com",
        "hosts": ("gitlab.com",),
        "tenancy": "shared",
        "required": "sub",
        "claims": (
            "namespace_id",
            "pipeline_source",
            "project_id",
            "ref_protected",
            "runner_environment",
            "user_access_level",
            "user_email",
            "user_id",
            "user_login",
        ),
        "pins": ("sub", "project_id", "namespace_id"),
        "tenant_only": ("namespace_id",),
        "abusable": {
            "pipeline_source": "critical",
            "ref_protected": "critical",
            "runner_environment": "critical",
            "user_access_level": "critical",
            "user_email": "critical",
            "user_login": "critical",
        },
        "shapes": {"sub": ("project_path:{tenant}/{project/}:{context}",)},
        "formats": {
            "sub": (f"project_path:{_REPOSITORY}/[A-Za-z0-9._/-]+:.*",),
            "project_id": ("[0-9]+",),
            "namespace_id": ("[0-9]+",),
        },
        "template": "project_path:GROUP/PROJECT:ref_type:branch:ref:main",
    },
    {
        "id": "gitlab-self-managed",
        "name": "a GitLab instance",
        "hosts": ("gitlab.*",),
        "tenancy": "private",
        "shapes": {"sub": ("project_path:{tenant}/{project/}:{context}",)},
        "formats": {"sub": (f"project_path:{_REPOSITORY}/[A-Za-z0-9._/-]+:.*",)},
        "template": "project_path:GROUP/PROJECT:ref_type:branch:ref:main",
    },
    {
        # https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration
        "id": "hcp-terraform",
        "name": "HCP Terraform",
        "hosts": ("app.terraform.io",),
        "tenancy": "shared",
        "audience": "aws.workload.identity",
        "required": "sub",
        "shapes": {
            "sub": (
                "organization:{tenant}:project:{project}:workspace:{workspace}:run_phase:{context}",
                "organization:{tenant}:project:{project}:stack:{stack}:deployment:{context}",
                "organization:{tenant}:workspace:{workspace}:run_phase:{context}",
            )
        },
        "formats": {"sub": (f"organization:{_SLUG}:project:[^:]+:.*",)},
        "template": "organization:ORG:project:PROJECT:workspace:WORKSPACE:run_phase:apply",
    },
    {
        # https://circleci.com/docs/guides/permissions-authentication/openid-connect-tokens/
        "id": "circleci",
        "name": "CircleCI",
        "hosts": ("oidc.circleci.com/org/*",),
        "tenancy": "per-tenant",
        "claims": ("oidc.circleci.com/project-id",),
        "pins": ("sub", "oidc.circleci.com/project-id"),
        "shapes": {"sub": ("org/{tenant}/project/{project}/user/{context}",)},
        "formats": {"sub": (f"org/{_UUID}/project/{_UUID}/user/.*",)},
        "template": "org/ORG-ID/project/PROJECT-ID/user/*",
    },
    {
        # https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/
        "id": "bitbucket",
        "name": "Bitbucket Pipelines",
        "hosts": ("api.bitbucket.org/2.0/workspaces/*/pipelines-config/identity/oidc",),
        "tenancy": "per-tenant",
        "shapes": {"sub": ("{project}:{context}",)},
        "template": "{REPOSITORY-UUID}:*",
    },
    {
        # https://buildkite.com/docs/pipelines/security/oidc/aws; `--subject-claim` makes the subject one claim's id.
        "id": "buildkite",
        "name": "Buildkite",
        "hosts": ("agent.buildkite.com", "agent.*.buildkite.dev", "agent.*.buildkite.site"),
        "tenancy": "shared",
        "audience": "sts.amazonaws.com",
        "required": "sub",
        "claims": _BUILDKITE_CLAIMS,
        "pins": ("sub", "organization_id", "organization_slug", "pipeline_id", "cluster_id"),
        "tenant_only": ("organization_id", "organization_slug", "cluster_id"),
        "abusable": {"build_branch": "critical", "cluster_name": "critical", "pipeline_slug": "critical"},
        "shapes": {"sub": ("organization:{tenant}:pipeline:{project}:{context}",)},
        "formats": {
            "sub": (f"organization:{_SLUG}:pipeline:{_SLUG}:.*", _UUID),
            "organization_id": (_UUID,),
            "organization_slug": (_SLUG,),
            "pipeline_id": (_UUID,),
            "cluster_id": (_UUID,),
        },
        "template": "organization:ORG:pipeline:PIPELINE:ref:refs/heads/main:*",
    },
    {
        # https://docs.spacelift.io/integrations/cloud-providers/oidc/aws-oidc
        "id": "spacelift",
        "name": "Spacelift",
        "hosts": ("*.app.spacelift.io", "*.app.us.spacelift.io"),
        "tenancy": "per-tenant",
        "shapes": {"sub": ("space:{space}:stack:{stack}:run_type:{context}", "space:{space}:module:{module}:run_type:{context}")},
        "template": "space:SPACE-ID:stack:STACK:run_type:*:scope:write",
    },
    {
        # `aud` is the token's `azp` when it has one; a service account asks for any `oaud` it likes:
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_aud
        "id": "google",
        "name": "Google",
        "hosts": ("accounts.google.com",),
        "tenancy": "social",
        "claims": ("google/organization_number",),
        "pins": ("sub", "aud", "google/organization_number"),
        "tenant_only": ("google/organization_number",),
        "abusable": {"oaud": "critical"},
        "formats": {"sub": ("[0-9]+",), "google/organization_number": ("[0-9]+",)},
    },
    {
        # https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
        "id": "cognito",
        "name": "Amazon Cognito identity pools",
        "hosts": ("cognito-identity.amazonaws.com", "cognito-identity-us-gov.amazonaws.com"),
        "tenancy": "cognito",
        "required": "aud",
        "claims": ("amr", "aud", "sub"),
        "pins": ("aud", "sub"),
        "tenant_only": ("aud",),
        "formats": {"aud": (f"[a-z0-9-]+:{_UUID}",), "sub": (f"[a-z0-9-]+:{_UUID}",)},
    },
    {
        "id": "facebook",
        "name": "Facebook",
        "hosts": ("graph.facebook.com",),
        "tenancy": "social",
        "claims": ("app_id", "id"),
        "pins": ("app_id", "id"),
        "subject": "id",
        "tenant_only": ("app_id",),
        "formats": {"app_id": ("[0-9]+",), "id": ("[0-9]+",)},
    },
    {
        "id": "login-with-amazon",
        "name": "Login with Amazon",
        "hosts": ("www.amazon.com",),
        "tenancy": "social",
        "claims": ("app_id", "user_id"),
        "pins": ("app_id", "user_id"),
        "subject": "user_id",
        "tenant_only": ("app_id",),
    },
    {
        # https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html; the second form is that of dual-stack
        # endpoints: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
        "id": "eks",
        "name": "an EKS cluster",
        "hosts": (
            "oidc.eks.*.amazonaws.com/id/*",
            "oidc.eks.*.amazonaws.com.cn/id/*",
            "oidc-eks.*.api.aws/id/*",
            "oidc-eks.*.api.amazonwebservices.com.cn/id/*",
        ),
        "tenancy": "eks",
        "audience": "sts.amazonaws.com",
        "shapes": _KUBERNETES,
        "formats": _KUBERNETES_FORMATS,
        "template": "system:serviceaccount:NAMESPACE:SERVICE-ACCOUNT",
    },
    {
        "id": "turbonomic",
        "name": "IBM Turbonomic",
        # Another path at these hosts is somebody's own cluster.
        "hosts": (
            "oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu",
            "oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb",
            "rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7",
            "rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr",
            "rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg",
            "rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26",
        ),
        "tenancy": "shared",
        "required": "sub",
        "shapes": _KUBERNETES,
    },
    {
        "id": "kubernetes",
        "name": "a Kubernetes cluster",
        "hosts": (
            "container.googleapis.com/v1/projects/*/locations/*/clusters/*",
            "*.oic.prod-aks.azure.com/*/*",
            "oidc.*.openshiftapps.com/*",
            "rh-oidc.s3.us-east-1.amazonaws.com/*",
        ),
        "tenancy": "private",
        "audience": "sts.amazonaws.com",
        "shapes": _KUBERNETES,
        "formats": _KUBERNETES_FORMATS,
        "template": "system:serviceaccount:NAMESPACE:SERVICE-ACCOUNT",
    },
    {
        # https://vercel.com/docs/oidc/aws: the audience names the team.
        "id": "vercel",
        "name": "Vercel",
        "hosts": ("oidc.vercel.com",),
        "tenancy": "shared",
        "required": "aud",
        "pins": ("sub", "aud"),
        "tenant_only": ("aud",),
        "shapes": {"sub": ("owner:{tenant}:project:{project}:environment:{context}",), "aud": ("https://vercel.com/{tenant}",)},
        "formats": {"sub": (f"owner:{_SLUG}:project:[^:]+:environment:.*",), "aud": (f"https://vercel.com/{_SLUG}",)},
        "template": "owner:TEAM:project:PROJECT:environment:production",
    },
    {
        "id": "vercel-team",
        "name": "Vercel, one team",
        "hosts": ("oidc.vercel.com/*",),
        "tenancy": "per-tenant",
        "shapes": {"sub": ("owner:{tenant}:project:{project}:environment:{context}",)},
        "formats": {"sub": (f"owner:{_SLUG}:project:[^:]+:environment:.*",)},
        "template": "owner:TEAM:project:PROJECT:environment:production",
    },
    {
        # https://www.pulumi.com/docs/esc/guides/configuring-oidc/aws/: the audience is `ORG` or `aws:ORG`.
        "id": "pulumi",
        "name": "Pulumi Cloud",
        "hosts": ("api.pulumi.com/oidc",),
        "tenancy": "shared",
        "required": "aud",
        "pins": ("sub", "aud"),
        "tenant_only": ("aud",),
        "shapes": {
            "sub": (
                "pulumi:deploy:org:{tenant}:project:{project}:stack:{stack}:{context}",
                "pulumi:environments:org:{tenant}:env:{environment/}",
                "pulumi:environments:pulumi.organization.login:{tenant}:{context}",
            ),
            "aud": ("aws:{tenant}", "{tenant}"),
        },
        "formats": {
            "sub": (
                f"pulumi:deploy:org:{_SLUG}:.*",
                f"pulumi:environments:org:{_SLUG}:.*",
                f"pulumi:environments:pulumi.organization.login:{_SLUG}.*",
            ),
            "aud": (_SLUG, f"aws:{_SLUG}"),
        },
        "template": "pulumi:environments:org:ORG:env:PROJECT/ENVIRONMENT",
    },
    {
        # https://docs.scalr.io/docs/aws: the audience is chosen.
        "id": "scalr",
        "name": "Scalr",
        "hosts": ("scalr.io",),
        "tenancy": "shared",
        "required": "sub",
        "shapes": {"sub": ("account:{tenant}:environment:{environment}:workspace:{workspace}",)},
        "formats": {"sub": (f"account:{_SLUG}:environment:[^:]+:workspace:.*",)},
        "template": "account:ACCOUNT:environment:ENVIRONMENT:workspace:WORKSPACE",
    },
    {
        # https://codefresh.io/docs/docs/integrations/oidc-pipelines/
        "id": "codefresh",
        "name": "Codefresh",
        "hosts": ("oidc.codefresh.io",),
        "tenancy": "shared",
        "audience": "https://g.codefresh.io",
        "required": "sub",
        "shapes": {"sub": ("account:{tenant}:pipeline:{project}:{context}",)},
        "formats": {"sub": ("account:[0-9a-f]{24}:pipeline:[0-9a-f]{24}:.*",)},
        "template": "account:ACCOUNT-ID:pipeline:PIPELINE-ID:*",
    },
    {
        # https://docs.upbound.io/manuals/packages/providers/authentication/
        "id": "upbound",
        "name": "Upbound",
        "hosts": ("proidc.upbound.io",),
        "tenancy": "shared",
        "audience": "sts.amazonaws.com",
        "required": "sub",
        "shapes": {"sub": ("mcp:{tenant}/{project}:{context}",)},
        "formats": {"sub": (f"mcp:{_SLUG}/[^:/]+:.*",)},
        "template": "mcp:ORG/CONTROL-PLANE:provider:provider-aws",
    },
    {
        # https://docs.envzero.com/guides/integrations/oidc-integrations/oidc-with-aws: one issuer, one subject an organization.
        "id": "env0",
        "name": "env zero",
        "hosts": ("login.app.env0.com",),
        "tenancy": "shared",
        "audience": "hoMiq9PdkRh9LUvVpH4wIErWg50VSG1b",
        "shapes": {"sub": ("auth0|{tenant}",)},
        "formats": {"sub": ("auth0|[0-9a-f]{24}",)},
        "template": "auth0|ORGANIZATION-ID",
    },
    {"id": "dvc-studio", "name": "DVC Studio", "hosts": ("studio.datachain.ai/api",), "tenancy": "shared", "required": "sub"},
    {"id": "shisho", "name": "Shisho Cloud", "hosts": ("tokens.cloud.shisho.dev",), "tenancy": "shared", "required": "sub"},
    {
        "id": "sandboxes-cloud",
        "name": "sandboxes.cloud",
        "hosts": ("sandboxes.cloud",),
        "tenancy": "shared",
        "required": "aud",
        "pins": ("aud", "sub"),
        "tenant_only": ("aud",),
    },
    {
        # https://learn.microsoft.com/azure/sentinel/connect-aws: the session name carries the workspace.
        "id": "microsoft-sentinel",
        "name": "Microsoft Sentinel",
        "hosts": ("sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d",),
        "tenancy": "shared",
        "audience": "api://1462b192-27f7-4cb9-8523-0f4ecb54b47e",
        "required": "sts:RoleSessionName",
        "pins": ("sts:RoleSessionName",),
        "formats": {"sts:RoleSessionName": (f"MicrosoftSentinel_{_UUID}",)},
    },
    {
        # The directory of consumer accounts, which anybody can open.
        "id": "microsoft-accounts",
        "name": "personal Microsoft accounts",
        "hosts": (
            "login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0",
            "sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad",
        ),
        "tenancy": "shared",
        "pins": ("sub", "aud"),
    },
    {
        "id": "entra",
        "name": "a Microsoft Entra directory",
        "hosts": ("sts.windows.net/*", "login.microsoftonline.com/*/v2.0"),
        "tenancy": "per-tenant",
    },
    {
        # https://github.com/aws/aws-toolkit-azure-devops/pull/550
        "id": "azure-devops",
        "name": "Azure DevOps",
        "hosts": ("vstoken.dev.azure.com/*",),
        "tenancy": "per-tenant",
        "audience": "api://AzureADTokenExchange",
        "shapes": {"sub": ("sc://{tenant}/{project}/{connection}",)},
        "formats": {"sub": ("sc://[^/]+/[^/]+/[^/]+",)},
        "template": "sc://ORG/PROJECT/CONNECTION",
    },
    {
        "id": "oracle-cloud",
        "name": "Oracle Cloud",
        "hosts": ("idcs-*.identity.oraclecloud.com",),
        "tenancy": "per-tenant",
        "claims": ("rpst_id",),
        "pins": ("sub", "rpst_id"),
    },
    {"id": "auth0", "name": "an Auth0 tenant", "hosts": ("*.auth0.com", "*.*.auth0.com"), "tenancy": "per-tenant"},
    {"id": "okta", "name": "an Okta organization", "hosts": ("*.okta.com", "*.okta.com/oauth2/*"), "tenancy": "per-tenant"},
    {
        # https://fly.io/docs/security/openid-connect/
        "id": "fly",
        "name": "Fly.io",
        "hosts": ("oidc.fly.io/*",),
        "tenancy": "per-tenant",
        "audience": "sts.amazonaws.com",
        "shapes": {"sub": ("{tenant}:{project}:{context}",)},
        "formats": {"sub": (f"{_SLUG}:{_SLUG}:.*",)},
        "template": "ORG:APP:*",
    },
)
