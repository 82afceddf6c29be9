"""May the holder of an identity policy say who can assume the roles of the account?"""

from __future__ import annotations

from iamlint.access.powers import Powers
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# No sts:AssumeRole is needed by whom the trust policy names: https://pathfinding.cloud/paths/iam-012
_TRUST = Powers("iam:UpdateAssumeRolePolicy")
ACTIONS = _TRUST.actions


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy."""
    for chain in _TRUST.held(case.access):
        yield case.granting(
            "the holder can make any role trust it, the administrator's too, with `iam:UpdateAssumeRolePolicy`",
            chain,
            label="who can assume any role",
            fix=Fix(Safety.MANUAL, "name in `Resource` the roles whose trust the holder looks after"),
        )
