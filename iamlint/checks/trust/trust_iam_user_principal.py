"""Does a role trust IAM users, whose keys last until somebody deletes them?

https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp.
"""

from __future__ import annotations

from iamlint.access.search.question import account_in, action_is, caller_is, name_is
from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.fixed import entries
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding


def check(case: Case) -> Iterator[Finding]:
    """A finding for each user whom a statement names and lets in."""
    zone = case.zone
    for statement, entry in entries(case.document.policy, Effect.ALLOW):
        if entry.form is not Form.USER:
            continue
        question = [action_is("sts:AssumeRole"), caller_is(CallerKind.USER), account_in([entry.account]), name_is(entry.name)]
        witness = case.access.meets(question, statements={statement.index})
        if witness is not None:
            yield case.finding(
                f"IAM user `{entry.name}` of account {entry.account} is trusted, whose keys do not expire",
                Place(entry.route),
                severity=Severity.LOW if zone.configured and entry.account not in zone.accounts else None,
                statement=statement.index,
                subject=entry.text,
                witness=witness.request,
                fix=Fix(Safety.MANUAL, "trust a role, or people by IAM Identity Center"),
            )
