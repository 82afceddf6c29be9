"""Does a role trust somebody of another partition, who can never assume it?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html: a partition is a group of regions, and an account is of one.
"""

from __future__ import annotations

from iamlint.access.fixed import entries
from iamlint.finding import Fix, Label, Safety
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal

_OF_ACCOUNTS = (Form.ACCOUNT, Form.USER, Form.ROLE, Form.SESSION, Form.FEDERATED_USER, Form.OIDC, Form.SAML)


def check(case: Case) -> Iterator[Finding]:
    """A finding for each principal that is not of the role's partition."""
    found = [
        (statement, entry)
        for statement, entry in entries(case.document.policy, Effect.ALLOW)
        if entry.form in _OF_ACCOUNTS and entry.partition
    ]
    if len({entry.partition for _, entry in found}) < 2:
        return
    home = _home([entry for _, entry in found], case)
    for statement, entry in found:
        if entry.partition != home.partition:
            yield case.finding(
                f"a principal of partition `{entry.partition}` can never assume a role of `{home.partition}`",
                Place(entry.route),
                label="of another partition",
                secondary=(Label(Place(home.route), f"of `{home.partition}`"),),
                statement=statement.index,
                subject=entry.text,
                fix=Fix(Safety.MANUAL, f"trust a principal of `{home.partition}`, or an identity provider that both sides know"),
            )


def _home(found: list[Principal], case: Case) -> Principal:
    """One that is of the role's partition: a provider, as those are of the role's own account, or who is of our accounts, or most."""
    for entry in found:
        if entry.form in (Form.OIDC, Form.SAML):
            return entry
    for entry in found:
        if entry.account and entry.account in (case.document.account, *case.zone.accounts):
            return entry
    partitions = [entry.partition for entry in found]
    return max(found, key=lambda entry: partitions.count(entry.partition))
