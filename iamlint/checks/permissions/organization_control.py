"""May the holder of an identity policy rule over the accounts of the organization?"""

from __future__ import annotations

from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# With this task policy a session of root makes a new password for root, and so becomes root for good:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
_TAKES_OVER = {"sts:TaskPolicyArn": "arn:aws:iam::aws:policy/root-task/IAMCreateRootUserPassword"}
_ROOT = Powers("sts:AssumeRoot")
_ORGANIZATION = Powers(
    *("organizations:AttachPolicy", "organizations:DetachPolicy", "organizations:UpdatePolicy", "organizations:DeletePolicy"),
    *("organizations:DisablePolicyType", "organizations:MoveAccount", "organizations:RemoveAccountFromOrganization"),
    *("organizations:LeaveOrganization", "organizations:CloseAccount", "organizations:DeleteOrganization"),
    *("organizations:InviteAccountToOrganization", "organizations:RegisterDelegatedAdministrator"),
    *("organizations:EnableAWSServiceAccess", "organizations:PutResourcePolicy"),
    *("iam:EnableOrganizationsRootCredentialsManagement", "iam:EnableOrganizationsRootSessions"),
)
_ACCOUNT = Powers("account:CloseAccount")
ACTIONS = _ROOT.actions | _ORGANIZATION.actions | _ACCOUNT.actions


def check(case: Case) -> Iterator[Finding]:
    """One finding about sessions of root, one about the organization, and one about the account itself."""
    for powers, what, help in (
        (_ROOT, "the holder can become root of member accounts", "bound the tasks with `sts:TaskPolicyArn`"),
        (_ORGANIZATION, "the holder can change what binds the organization's accounts", "leave it to a role of the management account"),
        (_ACCOUNT, "the holder can close the account", "leave it to whoever answers for the account"),
    ):
        chains = powers.held(case.access, _TAKES_OVER)
        if chains:
            yield case.granting(f"{what}, with {listed(chains)}", chains[0], label="over accounts", fix=Fix(Safety.MANUAL, help))
