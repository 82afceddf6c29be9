"""Can IAM Roles Anywhere make all the calls that it needs?

https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
"""

from __future__ import annotations

from iamlint.access.companions import lacking, naming
from iamlint.finding import Fix, Label, Safety
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

_SERVICE = "rolesanywhere.amazonaws.com"
_NEEDED = ("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession")


def check(case: Case) -> Iterator[Finding]:
    """One finding where the service is trusted without all of its actions."""
    statement, entry = next(naming(case.access, _SERVICE), (None, None))
    if statement is None or entry is None or statement.actions is None:
        return
    missing = lacking(case.access, entry, _NEEDED)
    if missing and len(missing) < len(_NEEDED):
        from iamlint.policy.amending import with_actions

        changes = with_actions(case.document, statement, missing)
        listed = " and ".join([f"`{action}`" for action in missing])
        yield case.finding(
            f"IAM Roles Anywhere cannot use the role without {listed}",
            Place(statement.actions.route),
            label="not all that it calls",
            secondary=(Label(Place(entry.route), "needs three actions"),),
            statement=statement.index,
            subject=entry.text,
            fix=Fix(Safety.UNSAFE if changes else Safety.MANUAL, f"allow {listed} as well", changes),
            aws_codes=("MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY",),
        )
