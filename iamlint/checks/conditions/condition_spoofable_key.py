"""Does a statement rely on what the caller's own client says?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-referer,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-useragent.
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety, Severity
from iamlint.policy.document import Kind
from iamlint.policy.principal import Form
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_SPOOFABLE = frozenset({"aws:useragent", "aws:referer"})


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition on `aws:UserAgent` or `aws:Referer` that lets somebody in or keeps somebody out."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.key.lower() in _SPOOFABLE and not condition.operator.is_null and not _is_service(statement):
                yield _finding(case, statement, condition)


def _is_service(statement: Statement) -> bool:
    """Whether only services call: what they send is not written by a client. (SES sends the account in `aws:Referer`.)"""
    principals = statement.principals
    return (
        principals is not None
        and not principals.negated
        and bool(principals.entries)
        and all(entry.form is Form.SERVICE for entry in principals.entries)
    )


def _finding(case: Case, statement: Statement, condition: Condition) -> Finding:
    denies = statement.denies
    outcome = "whoever writes another one passes the Deny" if denies else "whoever writes the same is let in"
    return case.finding(
        f"`{condition.key}` is what the client says it is: {outcome}",
        Place(condition.route, on_key=True),
        label="set by the client",
        severity=Severity.LOW if _is_minor(case, statement) else None,
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, "test who calls or from where instead, as with `aws:PrincipalOrgID` or `aws:SourceVpc`"),
        aws_codes=("UNTRUSTWORTHY_CONDITION_KEY",),
    )


def _is_minor(case: Case, statement: Statement) -> bool:
    """Whether something else restricts the Allow too, or it lets the pictures of a public site be read."""
    if statement.denies:
        return False
    if any(condition.key.lower() not in _SPOOFABLE for condition in statement.conditions):
        return True
    actions = statement.actions
    reads = actions is not None and not actions.negated and all(str(value).lower().startswith("s3:getobject") for value in actions.values)
    return case.document.kind is Kind.RESOURCE and reads
