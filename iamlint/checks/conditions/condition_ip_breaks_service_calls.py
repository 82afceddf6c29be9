"""Does a Deny of all addresses but one's own also deny what services do on one's behalf?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html
"""

from __future__ import annotations

from iamlint.finding import Fix, Label, Safety
from iamlint.policy.document import Kind
from iamlint.policy.operator import Family
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_ADDRESS = "aws:sourceip"
# Keys by which a statement tells calls of services from those of people.
_SPARES = ("aws:viaawsservice", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:principalisawsservice", "kms:viaservice")
# Actions that no service calls on somebody's behalf.
_OF_PEOPLE = ("sts:", "signin:", "sso:", "aws-portal:")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Deny that asks for an address alone, of a service that other services call."""
    for statement in case.document.policy.statements:
        found = next(filter(_shuts_out, statement.conditions), None) if statement.denies else None
        if (
            found is None
            or any(condition.key.lower().startswith(_SPARES) for condition in statement.conditions)
            or _is_of_people(statement)
        ):
            continue
        keys = "`aws:ViaAWSService`" + (" and `aws:PrincipalIsAWSService`" if case.document.kind is Kind.RESOURCE else "")
        yield case.finding(
            "the Deny is also about calls that AWS services make on somebody's behalf, from addresses of their own",
            Place(found.route),
            label="not the address of the person",
            secondary=() if statement.actions is None else (Label(Place(statement.actions.route), "denied"),),
            statement=statement.index,
            subject=found.key,
            fix=Fix(Safety.MANUAL, f"ask as well, with `Bool`, that {keys} is `false`"),
        )


def _shuts_out(condition: Condition) -> bool:
    base = condition.operator.base
    return condition.key.lower() == _ADDRESS and base.family is Family.IP and base.negated


def _is_of_people(statement: Statement) -> bool:
    actions = statement.actions
    if actions is None or actions.negated:
        return False
    return all(isinstance(value, str) and value.lower().startswith(_OF_PEOPLE) for value in actions.values)
