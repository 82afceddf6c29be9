"""May the holder of an identity policy let certificates of its own obtain sessions of any role?"""

from __future__ import annotations

from iamlint.access.grants import ask_for
from iamlint.access.permits import wide_permit
from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# A trust anchor says whose certificates count, a profile for which roles:
# https://docs.aws.amazon.com/rolesanywhere/latest/userguide/introduction.html
_REGISTERS = Powers(
    *("rolesanywhere:CreateTrustAnchor + rolesanywhere:CreateProfile", "rolesanywhere:CreateTrustAnchor + rolesanywhere:UpdateProfile"),
    *("rolesanywhere:UpdateTrustAnchor + rolesanywhere:CreateProfile", "rolesanywhere:UpdateTrustAnchor + rolesanywhere:UpdateProfile"),
)
ACTIONS = _REGISTERS.actions
_PASS = "iam:PassRole"
ask_for([_PASS])
_TO = {"iam:PassedToService": "rolesanywhere.amazonaws.com"}


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy."""
    for chain in _REGISTERS.held(case.access)[:1]:
        passed = wide_permit(case.access, _PASS, _TO)
        if passed is not None:
            together = (*chain, passed)
            yield case.granting(
                f"the holder can let its own certificates obtain any role that trusts Roles Anywhere, with {listed([together])}",
                together,
                label="whose certificates count",
                fix=Fix(Safety.MANUAL, "leave trust anchors to who administers identities, and name the roles that may be passed"),
            )
