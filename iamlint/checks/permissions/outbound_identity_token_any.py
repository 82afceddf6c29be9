"""May the holder of an identity policy get a token from AWS that proves its identity to whomever it likes?"""

from __future__ import annotations

from iamlint.access.powers import Powers
from iamlint.finding import Fix, Safety

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

_TOKEN = Powers("sts:GetWebIdentityToken")
ACTIONS = _TOKEN.actions
# An audience that nobody wrote down; the call always names one:
# https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html
_ANYBODY = {"sts:IdentityTokenAudience": "https://zzzz.zzzz"}


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy."""
    for chain in _TOKEN.held(case.access, _ANYBODY):
        yield case.granting(
            "the holder can get a token for any service outside AWS, with `sts:GetWebIdentityToken`",
            chain,
            label="for any audience",
            fix=Fix(Safety.MANUAL, "name the audiences in a condition on `sts:IdentityTokenAudience`"),
        )
