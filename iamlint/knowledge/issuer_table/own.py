"""Which issuers are one customer's, one cluster's or one organization's own?"""

from __future__ import annotations

from iamlint.knowledge.issuer_table.claims import (
    GITHUB_CLAIMS,
    GITHUB_FORMATS,
    GITHUB_SHAPES,
    KUBERNETES,
    KUBERNETES_FORMATS,
    OWNER,
    REPOSITORY,
    SLUG,
    UUID,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.knowledge.issuer_table.claims import Row

OWN: tuple[Row, ...] = (
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
        "claims": GITHUB_CLAIMS,
        "pins": ("sub", "repository", "repository_id"),
        "shapes": GITHUB_SHAPES,
        "formats": GITHUB_FORMATS,
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
        "formats": {"sub": (f"repo:{OWNER}/{REPOSITORY}:.*",)},
        "template": "repo:ORG/REPO:ref:refs/heads/main",
    },
    {
        "id": "gitlab-self-managed",
        "name": "a GitLab instance",
        "hosts": ("gitlab.*",),
        "tenancy": "private",
        "shapes": {"sub": ("project_path:{tenant}/{project/}:{context}",)},
        "formats": {"sub": (f"project_path:{REPOSITORY}/[A-Za-z0-9._/-]+:.*",)},
        "template": "project_path:GROUP/PROJECT:ref_type:branch:ref:main",
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
        "formats": {"sub": (f"org/{UUID}/project/{UUID}/user/.*",)},
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
        # https://docs.spacelift.io/integrations/cloud-providers/oidc/aws-oidc
        "id": "spacelift",
        "name": "Spacelift",
        "hosts": ("*.app.spacelift.io", "*.app.us.spacelift.io"),
        "tenancy": "per-tenant",
        "shapes": {"sub": ("space:{space}:stack:{stack}:run_type:{context}", "space:{space}:module:{module}:run_type:{context}")},
        "template": "space:SPACE-ID:stack:STACK:run_type:*:scope:write",
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
        "shapes": KUBERNETES,
        "formats": KUBERNETES_FORMATS,
        "template": "system:serviceaccount:NAMESPACE:SERVICE-ACCOUNT",
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
        "shapes": KUBERNETES,
        "formats": KUBERNETES_FORMATS,
        "template": "system:serviceaccount:NAMESPACE:SERVICE-ACCOUNT",
    },
    {
        "id": "vercel-team",
        "name": "Vercel, one team",
        "hosts": ("oidc.vercel.com/*",),
        "tenancy": "per-tenant",
        "shapes": {"sub": ("owner:{tenant}:project:{project}:environment:{context}",)},
        "formats": {"sub": (f"owner:{SLUG}:project:[^:]+:environment:.*",)},
        "template": "owner:TEAM:project:PROJECT:environment:production",
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
        "formats": {"sub": (f"{SLUG}:{SLUG}:.*",)},
        "template": "ORG:APP:*",
    },
)
