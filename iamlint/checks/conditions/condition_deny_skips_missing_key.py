"""Does a Deny let a request pass because it lacks the key that is tested?

A test of a key that is absent is false, so the Deny does not apply:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists.
"""

from __future__ import annotations

from iamlint.access.owner import strangers
from iamlint.access.presence import may_lack
from iamlint.access.search.question import caller_is, key_absent
from iamlint.finding import Fix, Safety
from iamlint.knowledge.callers import IAM_CALLERS
from iamlint.knowledge.keys import KeyClass, key_class, key_type
from iamlint.policy.document import Kind
from iamlint.policy.operator import Family
from iamlint.policy.requires import holds_without_key, requires_key
from iamlint.policy.rewrite import under_operator
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_MFA = frozenset({"aws:multifactorauthpresent", "aws:multifactorauthage"})
_ORGANIZATION = frozenset({"aws:principalorgid", "aws:principalorgpaths", "aws:principalorgmasteraccountid"})
_GUARDING = frozenset({KeyClass.IDENTITY, KeyClass.OWNER_CONTROLLED, KeyClass.NETWORK, KeyClass.ASSURANCE})


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition of a Deny that asks for the lack of something and misses those who lack it altogether."""
    for statement in case.document.policy.statements:
        if statement.allows:
            continue
        for condition in statement.conditions:
            if _is_gate(case, statement, condition) and not _is_meant(case, statement, condition):
                yield _finding(case, statement, condition)


def _is_gate(case: Case, statement: Statement, condition: Condition) -> bool:
    """Whether the condition describes whom the Deny should stop by what they are *not*, and some of them lack the key."""
    key, operator = condition.key.lower(), condition.operator
    # Of a trust policy `trust-mfa-bypassable` says who gets in.
    if operator.if_exists or operator.for_all or (case.document.kind is Kind.TRUST and key in _MFA):
        return False
    if key_class(key) not in _GUARDING or not _describes_lack(key, condition):
        return False
    return may_lack(key, statement, case.document.kind) and (key in _MFA or _matters(case, condition))


def _describes_lack(key: str, condition: Condition) -> bool:
    base = condition.operator.base
    if base.negated:
        return condition.operator.for_any
    if base.family is Family.BOOL:
        return key_type(key) == "Bool" and [str(value).lower() for value in condition.values] == ["false"]
    if key == "aws:multifactorauthage":
        return base.name.startswith("NumericGreaterThan")
    return key in _ORGANIZATION and base.family is Family.STRING


def _matters(case: Case, condition: Condition) -> bool:
    """Whether somebody without the key is let in otherwise; an organization, only whom the policy does not name."""
    policy, kind = case.document.policy, case.document.kind
    organization = condition.key.lower() in _ORGANIZATION
    if kind not in (Kind.TRUST, Kind.RESOURCE):
        return not organization if condition.operator.base.negated else kind is Kind.RCP
    question = [key_absent(case.access.space, condition.key)]
    if organization:
        question += [caller_is(*IAM_CALLERS), *strangers(case.access.space, policy, case.zone.inside)]
    return case.access.meets(question) is not None


def _is_meant(case: Case, statement: Statement, condition: Condition) -> bool:
    """Whether those without the key are dealt with: by a test of its presence beside it, or by another Deny."""
    if any(other is not condition and requires_key(other, condition.key) for other in statement.conditions):
        return True
    return any(
        holds_without_key(other)
        for sibling in case.document.policy.statements
        if sibling.denies and sibling is not statement
        for other in sibling.conditions
        if other.key.lower() == condition.key.lower()
    )


def _finding(case: Case, statement: Statement, condition: Condition) -> Finding:
    return case.finding(
        f"the Deny does not apply to a request without `{condition.key}`: `{condition.operator.text}` is false then",
        Place(condition.operator_route, on_key=True),
        label=f"false when `{condition.key}` is absent",
        statement=statement.index,
        subject=condition.key,
        fix=_fix(case, condition),
    )


def _fix(case: Case, condition: Condition) -> Fix:
    base, key = condition.operator.base, condition.key.lower()
    if key in _ORGANIZATION and not base.negated:
        wanted = {"StringEquals": "StringNotEquals", "StringLike": "StringNotLike"}.get(base.name, "StringNotEquals")
        return Fix(Safety.MANUAL, f"name whom the Deny should spare: `{wanted}` with your own organization also stops who has none")
    # Of no value at all, every one is another than those listed.
    wanted = f"ForAllValues:{base.name}" if base.negated else f"{base.name}IfExists"
    changes = under_operator(case.document, condition, wanted)
    return Fix(Safety.MANUAL if not changes else Safety.SAFE if key in _MFA else Safety.UNSAFE, f"write `{wanted}`", changes)
