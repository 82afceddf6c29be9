"""Does an Allow name what it does not allow?"""

from __future__ import annotations

from iamlint.access.everything import everything
from iamlint.access.roles import service_linked_codes
from iamlint.access.search.question import action_is, fresh_values, key_is, resource_is
from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.sts import TRUST_ACTIONS
from iamlint.policy.document import Kind
from iamlint.policy.fixed import keys_of
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement

# What a NotAction may let through unseen, the worst first: an action and what it is done to.
_TELLING = (
    ("iam:CreateAccessKey", "arn:*:iam::*:user/*"),
    ("sts:AssumeRole", "arn:*:iam::*:role/*"),
    ("organizations:LeaveOrganization", "arn:*:organizations::*:*"),
    ("kms:Decrypt", "arn:*:kms:*:*:key/*"),
    ("secretsmanager:GetSecretValue", "arn:*:secretsmanager:*:*:secret:*"),
    ("s3:DeleteBucket", "arn:*:s3:::*"),
    ("s3:PutBucketPolicy", "arn:*:s3:::*"),
    ("lambda:UpdateFunctionCode", "arn:*:lambda:*:*:function:*"),
    ("dynamodb:DeleteTable", "arn:*:dynamodb:*:*:table/*"),
    ("ec2:TerminateInstances", "arn:*:ec2:*:*:instance/*"),
    ("sqs:PurgeQueue", "arn:*:sqs:*:*:*"),
    ("sns:SetTopicAttributes", "arn:*:sns:*:*:*"),
)
# Whoever may use one of these wholly can give themselves more.
_RISING = (
    ("iam:*", "arn:*:iam::*:*"),
    ("sts:*", "arn:*:iam::*:*"),
    ("organizations:*", "arn:*:organizations::*:*"),
)
# What AWS's own PowerUserAccess leaves out.
_POWER_USER = ("iam:*", "organizations:*", "account:*")
_SHOWN = 3
_SERVICE = "iam:awsservicename"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Allow with `NotAction` that lets something through."""
    for statement in case.document.policy.statements:
        if statement.allows and statement.actions is not None and statement.actions.negated:
            yield from _judged(case, statement)


def _judged(case: Case, statement: Statement) -> Iterator[Finding]:
    if _is_power_user(case, statement) or everything(case.access) is not None:
        return
    granted = _granted(case, statement)
    actions = statement.actions
    assert actions is not None
    if granted or case.access.meets((), statements=(statement.index,)) is not None:
        among = f", among them {_listed(granted)}" if granted else ""
        yield case.finding(
            f"every action that `NotAction` does not list is allowed{among}",
            Place(actions.route, on_key=True),
            severity=_severity(case, statement),
            statement=statement.index,
            subject="NotAction",
            fix=Fix(Safety.MANUAL, "list what is needed under `Action`"),
            aws_codes=_codes(case, statement),
        )


def _is_power_user(case: Case, statement: Statement) -> bool:
    """Whether it leaves out all that AWS's PowerUserAccess does: identities, the organization and the account."""
    values = statement.actions.values if statement.actions is not None else ()
    listed = {value.lower() for value in values if isinstance(value, str)}
    return case.document.kind is not Kind.TRUST and listed.issuperset(_POWER_USER)


def _granted(case: Case, statement: Statement) -> list[str]:
    """Some actions that it grants and that one would rather have read in it."""
    if case.document.kind is Kind.TRUST:
        asked = [(action, "*") for action in TRUST_ACTIONS]
    else:
        asked = list(_TELLING)
    found: list[str] = []
    for action, resource in asked:
        if len(found) < _SHOWN and _allows(case, statement, action, resource):
            found.append(action)
    return found


def _severity(case: Case, statement: Statement) -> Severity | None:
    if case.document.kind is Kind.TRUST:
        return None
    return Severity.HIGH if any(_allows(case, statement, action, resource) for action, resource in _RISING) else None


def _codes(case: Case, statement: Statement) -> tuple[str, ...]:
    """What AWS's validation says where the role of a service that nobody wrote down can be made."""
    free = [key_is(case.access.space, _SERVICE, fresh_values())] if _SERVICE in keys_of(case.document.policy) else []
    question = [action_is("iam:CreateServiceLinkedRole"), *free]
    return service_linked_codes(statement) if case.access.meets(question, statements=(statement.index,)) is not None else ()


def _allows(case: Case, statement: Statement, action: str, resource: str) -> bool:
    return case.access.meets([action_is(action), resource_is(resource)], statements=(statement.index,)) is not None


def _listed(actions: list[str]) -> str:
    quoted = [f"`{action}`" for action in actions]
    return ", ".join(quoted[:-1]) + f" and {quoted[-1]}" if len(quoted) > 1 else quoted[0]
