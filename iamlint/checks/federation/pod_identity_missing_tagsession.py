"""Can EKS Pod Identity pass the tags that it always passes?

https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
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

_SERVICE = "pods.eks.amazonaws.com"


def check(case: Case) -> Iterator[Finding]:
    """One finding where the service may assume the role and not tag its sessions."""
    statement, entry = next(naming(case.access, _SERVICE), (None, None))
    if statement is None or entry is None or statement.actions is None:
        return
    if lacking(case.access, entry, ("sts:AssumeRole", "sts:TagSession")) == ("sts:TagSession",):
        from iamlint.policy.amending import with_actions

        changes = with_actions(case.document, statement, ("sts:TagSession",))
        yield case.finding(
            "EKS Pod Identity cannot use the role without `sts:TagSession`",
            Place(statement.actions.route),
            label="it tags every session",
            secondary=(Label(Place(entry.route), "for the pods of a cluster"),),
            statement=statement.index,
            subject=entry.text,
            fix=Fix(Safety.UNSAFE if changes else Safety.MANUAL, "allow `sts:TagSession` as well", changes),
        )
