"""May callers of another account say in the logs that they are whoever they like?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html.
"""

from __future__ import annotations

from iamlint.access.passing import freely_passed
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding


def check(case: Case) -> Iterator[Finding]:
    """A finding for each account and statement."""
    for free in freely_passed(case.access, "sts:SetSourceIdentity", "sts:sourceidentity", case.zone.inside):
        actions = free.statement.actions
        if actions is None:
            continue
        yield case.finding(
            f"callers of account {free.entry.account} can set any source identity",
            Place(actions.route),
            label="whoever they say they are",
            secondary=(Label(Place(free.entry.route), "to these"),),
            severity=Severity.LOW if case.zone.configured else None,
            statement=free.statement.index,
            subject=free.entry.account,
            witness=free.witness.request,
            fix=Fix(Safety.MANUAL, "say with `StringLike` on `sts:SourceIdentity` which identities are meant"),
        )
