"""Do two roles that are meant for each other both say so?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html: the caller needs leave on both
sides, but for a role that is named in its own account.
"""

from __future__ import annotations

from iamlint.access.chain import described_role, lets_in, may_call
from iamlint.finding import Fix, Safety
from iamlint.knowledge.sts import ASSUME_ROLE
from iamlint.policy.beside import policies_beside
from iamlint.policy.fixed import entries
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from iamlint.access.chain import Role
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement


def check(cases: Sequence[Case]) -> Iterator[Finding]:
    """A finding for each role that another names, where that other's half is known and missing."""
    known = [(case, role) for case in cases if (role := described_role(case.document, case.access)) is not None]
    roles = {role.arn: role for _, role in known}
    for case, role in known:
        yield from _trusted_in_vain(case, role, roles)
        yield from _calls_in_vain(case, role, roles)


def _trusted_in_vain(case: Case, role: Role, roles: Mapping[str, Role]) -> Iterator[Finding]:
    """The roles of other accounts that the trust policy names and that may not call for this one."""
    told: set[str] = set()
    for statement, entry in entries(case.document.policy, Effect.ALLOW):
        caller = roles.get(entry.text) if entry.form is Form.ROLE and entry.account != role.caller.account else None
        if caller is None or caller.partial or caller.arn in told or not lets_in(role, caller) or may_call(caller, role):
            continue
        told.add(caller.arn)
        yield case.finding(
            f"`{caller.arn}` is trusted here, but nothing allows it to assume this role",
            Place(entry.route),
            label="may not call",
            statement=statement.index,
            subject=caller.arn,
            fix=Fix(Safety.MANUAL, f"allow it {ASSUME_ROLE} on `{role.arn}`, or take it out of the trust policy"),
        )


def _calls_in_vain(case: Case, role: Role, roles: Mapping[str, Role]) -> Iterator[Finding]:
    """The roles that this one may call for by their names and that do not let it in."""
    beside = policies_beside(case.document)
    told: set[str] = set()
    for document in beside.documents if beside is not None else ():
        for statement in filter(_assumes, document.policy.statements):
            resources = statement.resources
            for position, value in enumerate(resources.values if resources is not None and not resources.negated else ()):
                other = roles.get(value) if isinstance(value, str) and value != role.arn else None
                if other is None or resources is None or other.arn in told or lets_in(other, role):
                    continue
                told.add(other.arn)
                yield case.finding(
                    f"`{other.arn}` may be assumed, but its trust policy does not let `{role.arn}` in",
                    Place(resources.value_route(position)),
                    label="does not trust this role",
                    subject=other.arn,
                    fix=Fix(Safety.MANUAL, "name this role in the other's trust policy, or take the permission away"),
                )


def _assumes(statement: Statement) -> bool:
    """Whether a statement is made for assuming roles."""
    actions = statement.actions
    if statement.denies or actions is None or actions.negated:
        return False
    return any(isinstance(value, str) and value.lower() in (ASSUME_ROLE.lower(), "sts:*", "sts:assume*") for value in actions.values)
