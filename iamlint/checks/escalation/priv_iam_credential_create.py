"""May the holder of an identity policy make itself credentials of other users?"""

from __future__ import annotations

from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# https://pathfinding.cloud/paths/iam-002, iam-004, iam-006
_LOGS_IN = Powers(
    *("iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"),
    *("iam:CreateServiceSpecificCredential", "iam:ResetServiceSpecificCredential"),
)
_SECOND_FACTOR = Powers("iam:DeactivateMFADevice")
ACTIONS = _LOGS_IN.actions | _SECOND_FACTOR.actions
_FIX = Fix(Safety.MANUAL, "limit `Resource` to the user who calls: `arn:aws:iam::*:user/${aws:username}`")


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy: that the holder can log in as others, or else that it can take their second factor."""
    chains = _LOGS_IN.held(case.access)
    if chains:
        message = f"the holder can log in as any user, with {listed(chains)}"
        yield case.granting(message, chains[0], label="credentials of any user", fix=_FIX)
        return
    for chain in _SECOND_FACTOR.held(case.access):
        message = "the holder can take the MFA device of any user, with `iam:DeactivateMFADevice`"
        yield case.granting(message, chain, label="a password is then enough", severity=Severity.MEDIUM, fix=_FIX)
