"""Does an Allow let a request in because it lacks a key that was meant to protect?"""

from __future__ import annotations

from iamlint.access.exclusion import can_match
from iamlint.access.owner import strangers
from iamlint.access.presence import never_sent
from iamlint.access.search.question import caller_is, key_absent, key_elsewhere
from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.knowledge.keys import KeyClass, excludes, key_class
from iamlint.policy.document import Kind
from iamlint.policy.requires import requires_key
from iamlint.policy.rewrite import under_operator
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_PROTECTING = frozenset({KeyClass.IDENTITY, KeyClass.OWNER_CONTROLLED, KeyClass.NETWORK, KeyClass.ASSURANCE})
_SAFE = frozenset({"sts:externalid", "aws:multifactorauthpresent", "aws:multifactorauthage", "aws:sourceaccount"})


def check(case: Case) -> Iterator[Finding]:
    """A finding for each `IfExists` in an Allow that lets in a request without the key, or that does nothing."""
    for statement in case.document.policy.statements:
        if statement.denies:
            continue
        for condition in statement.conditions:
            if condition.operator.if_exists and _protects(case, statement, condition):
                yield from _judged(case, statement, condition)


def _protects(case: Case, statement: Statement, condition: Condition) -> bool:
    key, operator = condition.key.lower(), condition.operator
    if operator.base.negated or operator.quantified:
        return False
    if key != "sts:externalid" and key_class(key) not in _PROTECTING:
        return False
    if operator.base.name == "Bool" and "true" not in {str(value).lower() for value in condition.values}:
        return False
    if any(requires_key(other, key) or other.key.lower() in excludes(key) for other in statement.conditions if other is not condition):
        return False
    return not never_sent(key, statement, case.document.kind)


def _judged(case: Case, statement: Statement, condition: Condition) -> Iterator[Finding]:
    lacking = key_absent(case.access.space, condition.key)
    if case.access.meets((lacking,), statements=(statement.index,)) is not None:
        yield _open(case, statement, condition)
    elif case.access.matches(statement, (lacking,), certain=False) is None and can_match(case.access, statement):
        message = f"`IfExists` does nothing: every request here has `{condition.key}`"
        yield _finding(case, statement, condition, message, Severity.INFO)


def _open(case: Case, statement: Statement, condition: Condition) -> Finding:
    message = f"a request without `{condition.key}` is allowed: `{condition.operator.text}` makes it optional"
    return _finding(case, statement, condition, message, Severity.HIGH if _lets_strangers_in(case, statement, condition) else None)


def _lets_strangers_in(case: Case, statement: Statement, condition: Condition) -> bool:
    """Whether the key can be absent for somebody whose account and organization nobody named."""
    if statement.principals is None:
        return False
    policy, space = case.document.policy, case.access.space
    question = (
        caller_is(*IAM_CALLERS, CallerKind.ANONYMOUS, CallerKind.WEB_IDENTITY),
        *strangers(space, policy, case.zone.inside),
        key_elsewhere(space, policy, "aws:PrincipalOrgID"),
        key_absent(space, condition.key),
    )
    return case.access.meets(question, statements=(statement.index,)) is not None


def _finding(case: Case, statement: Statement, condition: Condition, message: str, severity: Severity | None) -> Finding:
    base = condition.operator.base.name
    changes = under_operator(case.document, condition, base)
    protects = case.document.kind is Kind.TRUST and condition.key.lower() in _SAFE
    safe = protects or severity is Severity.INFO
    safety = Safety.MANUAL if not changes else Safety.SAFE if safe else Safety.UNSAFE
    return case.finding(
        message,
        Place(condition.operator_route, on_key=True),
        label="" if severity is Severity.INFO else f"true when `{condition.key}` is absent",
        severity=severity,
        statement=statement.index,
        subject=condition.key,
        fix=Fix(safety, f"write `{base}`", changes),
    )
