"""Does a policy say whom it is about, although what it is attached to says that already?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.document import Kind
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principals

_NAMES = {
    Kind.IDENTITY: "an identity policy",
    Kind.BOUNDARY: "a permissions boundary",
    Kind.SESSION: "a session policy",
    Kind.SCP: "a service control policy",
}
_HELP = {
    Kind.IDENTITY: "take it out: the policy is about the user, group or role that it is attached to",
    Kind.BOUNDARY: "take it out: the boundary is about the user or role that has it",
    Kind.SESSION: "take it out: the policy is about the session that is started with it",
    Kind.SCP: "take it out, and test `aws:PrincipalArn` in the condition",
}


def check(case: Case) -> Iterator[Finding]:
    """Each Principal or NotPrincipal element."""
    for statement in case.document.policy.statements:
        if statement.principals is not None:
            yield _finding(case, statement.index, statement.principals)


def _finding(case: Case, index: int, principals: Principals) -> Finding:
    kind = case.document.kind
    name = "NotPrincipal" if principals.negated else "Principal"
    # The SCP's own code and that of identity policies: AWS calls the other two kinds identity policies.
    code = "SCP_SYNTAX_ERROR_PRINCIPAL" if kind is Kind.SCP else "UNSUPPORTED_PRINCIPAL"
    return case.finding(
        f"{_NAMES[kind]} must not have `{name}`",
        Place(principals.route, on_key=True),
        statement=index,
        subject=name,
        fix=Fix(Safety.MANUAL, _HELP[kind]),
        aws_codes=(code,),
    )
