"""Is MFA asked of callers who can never have it?

Only IAM users have MFA: credentials of a role, a service and an identity provider carry none.
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
"""

from __future__ import annotations

from iamlint.access.liveness import can_apply
from iamlint.finding import Fix, Label, Safety
from iamlint.policy.principal import described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

_KEYS = ("aws:multifactorauthpresent", "aws:multifactorauthage")


def check(case: Case) -> Iterator[Finding]:
    """Each Allow that nobody can use because of its conditions on MFA."""
    for statement in case.document.policy.statements:
        asking = tuple([condition for condition in statement.conditions if condition.key.lower() in _KEYS])
        if not asking or statement.denies or statement.principals is None or statement.principals.negated:
            continue
        if can_apply(case.access, statement) or not can_apply(case.access, statement, without=asking):
            continue
        entries = statement.principals.entries
        yield case.finding(
            f"nobody can use this statement: MFA can never be true for {' or '.join([described(entry) for entry in entries[:3]])}",
            Place(asking[0].route, on_key=True),
            label="only IAM users have MFA",
            secondary=tuple([Label(Place(entry.route)) for entry in entries[:3]]),
            statement=statement.index,
            subject=asking[0].key,
            fix=Fix(Safety.MANUAL, "take the condition out, and require MFA where people sign in"),
        )
