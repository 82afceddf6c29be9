"""May the holder of an identity policy say who works in which account, and with which permissions?"""

from __future__ import annotations

from iamlint.access.everything import everything
from iamlint.access.permits import permits
from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.access import Access
    from iamlint.access.powers import Chain
    from iamlint.case import Case
    from iamlint.finding import Finding

# https://docs.aws.amazon.com/singlesignon/latest/userguide/iam-auth-access-overview.html
_WORKFORCE = Powers(
    *("sso:CreateAccountAssignment", "sso:PutInlinePolicyToPermissionSet", "sso:AttachManagedPolicyToPermissionSet"),
    *("sso:AttachCustomerManagedPolicyReferenceToPermissionSet", "identitystore:CreateGroupMembership"),
    *("sso-directory:AddMemberToGroup", "sso-directory:UpdatePassword"),
)
# An organization has one instance, so all permission sets of it are all there are.
_SETS = Powers(
    *("sso:PutInlinePolicyToPermissionSet", "sso:AttachManagedPolicyToPermissionSet"),
    "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
)
ACTIONS = _WORKFORCE.actions | _SETS.actions
_SET = "arn:aws:sso:::permissionSet/zzzz/zzzz"


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy, about all such actions."""
    chains = [*_WORKFORCE.given(case.access), *_of_instance(case.access)]
    if chains:
        yield case.granting(
            f"the holder decides who gets into which account, with {listed(chains)}",
            chains[0],
            label="who may do what, in every account",
            fix=Fix(Safety.MANUAL, "leave IAM Identity Center to the role that administers it, and name permission sets and accounts"),
        )


def _of_instance(access: Access) -> Iterator[Chain]:
    """How the policy lets the holder write to every permission set of an instance that it names."""
    if everything(access) is not None:
        return
    for action in sorted(_SETS.named(access)):
        if next(permits(access, action), None) is None:
            # The call is about the instance, too.
            continue
        for permit in permits(access, action, _SET):
            if not permit.wide and permit.value.endswith("/*"):
                yield (permit,)
                break
