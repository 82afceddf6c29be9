"""May the holder of an identity policy say who vouches for the people and workloads that come from outside?"""

from __future__ import annotations

from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# New metadata of a provider that roles trust is enough; what is new, roles must come to trust:
# https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html
_TAKES_OVER = Powers("iam:UpdateSAMLProvider")
_ADDS = Powers(
    *("iam:CreateSAMLProvider", "iam:CreateOpenIDConnectProvider", "iam:AddClientIDToOpenIDConnectProvider"),
    "iam:UpdateOpenIDConnectProviderThumbprint",
)
ACTIONS = _TAKES_OVER.actions | _ADDS.actions


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy: high where it takes over a provider that roles trust, medium where it adds one or to one."""
    for powers, severity, what in (
        (_TAKES_OVER, Severity.HIGH, "the holder can come in as anybody whom a SAML provider vouches for"),
        (_ADDS, Severity.MEDIUM, "the holder can add those who vouch for people from outside"),
    ):
        chains = powers.held(case.access)
        if chains:
            yield case.granting(
                f"{what}, with {listed(chains)}",
                chains[0],
                label="who vouches for identities",
                severity=severity,
                fix=Fix(Safety.MANUAL, "leave identity providers to the role that administers identities"),
            )
            return
