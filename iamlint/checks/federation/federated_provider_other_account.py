"""Does a role trust an identity provider of another account, which is of no use to it?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html: a provider is made in the account whose roles trust it.
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
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
    """A finding for each provider that is not of the role's account: the one that the source names, or else one of our own."""
    own = case.document.account
    ours = frozenset({own}) if own else case.zone.accounts
    for statement, entry in entries(case.document.policy, Effect.ALLOW) if ours else ():
        if entry.form in (Form.OIDC, Form.SAML) and entry.account and entry.account not in ours:
            yield case.finding(
                f"{entry.form.value} `{entry.name}` is of account {entry.account}, and a role can trust those of its own only",
                Place(entry.route),
                label="of another account",
                statement=statement.index,
                subject=entry.text,
                fix=Fix(
                    Safety.MANUAL, f"make the provider in {f'account {own}' if own else 'the account of the role'}, and trust that one"
                ),
            )
