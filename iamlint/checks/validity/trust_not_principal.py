"""Does a trust policy name those it is not about?"""

from __future__ import annotations

from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

_MEANS = {
    Effect.ALLOW: ("allows everybody else in every account", "name in `Principal` those who may assume the role"),
    Effect.DENY: ("is not taken in trust policies", "deny `*` with `ArnNotEquals` on `aws:PrincipalArn` instead"),
}


def check(case: Case) -> Iterator[Finding]:
    """Each NotPrincipal of a trust policy."""
    for statement in case.document.policy.statements:
        if statement.principals is None or not statement.principals.negated:
            continue
        meaning, help = _MEANS[statement.effect]
        yield case.finding(
            f"`NotPrincipal` {meaning}",
            Place(statement.principals.route, on_key=True),
            secondary=(Label(Place(statement.principals.route), "everybody but these"),),
            severity=Severity.CRITICAL if statement.allows else Severity.MEDIUM,
            statement=statement.index,
            subject="NotPrincipal",
            fix=Fix(Safety.MANUAL, help),
            aws_codes=("ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",),
        )
