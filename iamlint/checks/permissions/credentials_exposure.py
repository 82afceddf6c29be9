"""May the holder of an identity policy get credentials of others from a service?"""

from __future__ import annotations

from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# Actions whose answer is a credential that works for somebody else, or as a user of the service. Not here: tokens that open only what
# the caller may do anyway (ECR, CodeArtifact), and answers that need a secret to be of use (EC2's passwords, a pod's token in EKS).
_CREDENTIALS = Powers(
    *("redshift:GetClusterCredentials", "redshift:GetClusterCredentialsWithIAM", "redshift-serverless:GetCredentials"),
    *("rds-db:connect", "dsql:DbConnectAdmin", "cognito-identity:GetOpenIdTokenForDeveloperIdentity", "sts:GetFederationToken"),
    *("lightsail:GetInstanceAccessDetails", "lightsail:DownloadDefaultKeyPair", "lightsail:GetRelationalDatabaseMasterUserPassword"),
    *("airflow:CreateCliToken", "airflow:CreateWebLoginToken", "connect:GetFederationToken", "appsync:CreateApiKey"),
    *("grafana:CreateWorkspaceApiKey", "grafana:CreateWorkspaceServiceAccountToken", "cloud9:CreateEnvironmentToken"),
    *("elasticmapreduce:GetClusterSessionCredentials", "emr-containers:GetManagedEndpointSessionCredentials"),
    *("gamelift:GetInstanceAccess", "gamelift:GetComputeAccess"),
)
ACTIONS = _CREDENTIALS.actions


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy, about all such actions."""
    chains = _CREDENTIALS.held(case.access)
    if chains:
        yield case.granting(
            f"the holder can get credentials that are not its own, with {listed(chains)}",
            chains[0],
            label="returns credentials",
            fix=Fix(Safety.MANUAL, "name in `Resource` those that the holder needs"),
        )
