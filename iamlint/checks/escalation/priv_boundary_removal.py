"""May the holder of an identity policy take away the permissions boundary that limits users and roles?"""

from __future__ import annotations

from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

_BOUNDARY = Powers(
    *("iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary"),
    *("iam:PutRolePermissionsBoundary", "iam:PutUserPermissionsBoundary"),
)
ACTIONS = _BOUNDARY.actions


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy, about all such actions."""
    chains = _BOUNDARY.held(case.access)
    if chains:
        yield case.granting(
            f"the holder can take the permissions boundary off any role or user, with {listed(chains)}",
            chains[0],
            label="unbounds them",
            fix=Fix(Safety.MANUAL, "ask for the boundary with `iam:PermissionsBoundary`, and deny its removal"),
        )
