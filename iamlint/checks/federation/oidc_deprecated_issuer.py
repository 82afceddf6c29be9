"""Does a role trust an issuer that no longer issues tokens?"""

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

# The beta of GitHub Actions had another issuer; it ended with the release in October 2021:
# https://github.blog/changelog/2021-10-27-github-actions-secure-cloud-deployments-with-openid-connect/
_RETIRED = {"vstoken.actions.githubusercontent.com": "token.actions.githubusercontent.com"}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each provider of such an issuer."""
    for statement, entry in entries(case.document.policy, Effect.ALLOW):
        now = _RETIRED.get(entry.name.lower()) if entry.form is Form.OIDC else None
        if now is not None:
            yield case.finding(
                f"`{entry.name}` was the issuer of a beta and issues no tokens any more",
                Place(entry.route),
                label="nobody can come from there",
                statement=statement.index,
                subject=entry.text,
                fix=Fix(Safety.MANUAL, f"make a provider for `{now}` and trust it"),
            )
