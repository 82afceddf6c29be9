"""Does a role trust somebody of another partition, who can never assume it?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html: a partition is a group of regions, and an account is of one.
"""

from __future__ import annotations

from iamlint.finding import Fix, Label, Safety
from iamlint.policy.fixed import entries
from iamlint.policy.owner import role_of
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement

_OF_ACCOUNTS = (Form.ACCOUNT, Form.USER, Form.ROLE, Form.SESSION, Form.FEDERATED_USER, Form.OIDC, Form.SAML)


def check(case: Case) -> Iterator[Finding]:
    """A finding for each principal that is not of the role's partition."""
    found = [
        (statement, entry)
        for statement, entry in entries(case.document.policy, Effect.ALLOW)
        if entry.form in _OF_ACCOUNTS and entry.partition
    ]
    home = _home([entry for _, entry in found], case)
    for statement, entry in found:
        if home is None or entry.partition == home:
            continue
        yield case.finding(
            f"a principal of partition `{entry.partition}` can never assume a role of `{home}`",
            Place(entry.route),
            label="of another partition",
            secondary=tuple([Label(Place(other.route), f"of `{home}`") for _, other in found if other.partition == home][:1]),
            statement=statement.index,
            subject=entry.text,
            fix=Fix(Safety.MANUAL, f"trust a principal of `{home}`, or an identity provider that both sides know"),
        )
    if home is None and len({entry.partition for _, entry in found}) > 1:
        yield _either(case, found)


def _home(found: list[Principal], case: Case) -> str | None:
    """The role's partition: as the source says, or that of a provider, who is of the role's account, or of our accounts, or of most."""
    own = role_of(case.document)
    if own is not None:
        return own[1]
    for entry in found:
        if entry.form in (Form.OIDC, Form.SAML):
            return entry.partition
    for entry in found:
        if entry.account and entry.account in (case.document.account, *case.zone.accounts):
            return entry.partition
    partitions = [entry.partition for entry in found]
    most = [partition for partition in partitions if partitions.count(partition) * 2 > len(partitions)]
    return most[0] if most else None


def _either(case: Case, found: list[tuple[Statement, Principal]]) -> Finding:
    """That one of two can never assume the role, where nothing says which."""
    (_, first), *others = found
    statement, other = next((one, entry) for one, entry in others if entry.partition != first.partition)
    return case.finding(
        f"principals of the partitions `{first.partition}` and `{other.partition}` can never both assume the role",
        Place(other.route),
        label=f"of `{other.partition}`",
        secondary=(Label(Place(first.route), f"of `{first.partition}`"),),
        statement=statement.index,
        subject=other.text,
        fix=Fix(Safety.MANUAL, "trust principals of the role's own partition, or an identity provider that both sides know"),
    )
