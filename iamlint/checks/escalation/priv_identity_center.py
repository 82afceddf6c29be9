"""May the holder of an identity policy say who works in which account, and with which permissions?"""

from __future__ import annotations

from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# https://docs.aws.amazon.com/singlesignon/latest/userguide/iam-auth-access-overview.html
_WORKFORCE = Powers(
    *("sso:CreateAccountAssignment", "sso:PutInlinePolicyToPermissionSet", "sso:AttachManagedPolicyToPermissionSet"),
    *("sso:AttachCustomerManagedPolicyReferenceToPermissionSet", "identitystore:CreateGroupMembership"),
    *("sso-directory:AddMemberToGroup", "sso-directory:UpdatePassword"),
)


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy, about all such actions."""
    chains = _WORKFORCE.given(case.access)
    if chains:
        yield case.granting(
            f"the holder decides who gets into which account, with {listed(chains)}",
            chains[0],
            label="who may do what, in every account",
            fix=Fix(Safety.MANUAL, "leave IAM Identity Center to the role that administers it, and name permission sets and accounts"),
        )
