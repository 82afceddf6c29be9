"""May callers of another account give their session whatever tags they like?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required.
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
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each account and statement; one that says something of the tags' values says which are meant."""
    for free in freely_passed(case.access, "sts:TagSession", "aws:tagkeys", case.zone.inside):
        statement = free.statement
        if _names_tags(statement) or statement.actions is None:
            continue
        yield case.finding(
            f"callers of account {free.entry.account} can set any tag of their session",
            Place(statement.actions.route),
            label="with whatever tags",
            secondary=(Label(Place(free.entry.route), "to these"),),
            severity=None if case.zone.configured else Severity.LOW,
            statement=statement.index,
            subject=free.entry.account,
            witness=free.witness.request,
            fix=Fix(
                Safety.MANUAL, "name the tags with `ForAllValues:StringEquals` on `aws:TagKeys`, and their values in `aws:RequestTag/…`"
            ),
        )


def _names_tags(statement: Statement) -> bool:
    return any(condition.key.lower().startswith("aws:requesttag/") for condition in statement.conditions)
