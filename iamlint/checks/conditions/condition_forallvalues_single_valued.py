"""Is a set operator for lists used on a key with one value, so that a request without the key passes?"""

from __future__ import annotations

from iamlint.access.search.question import key_absent
from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.keys import is_audience, is_multivalued
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


def check(case: Case) -> Iterator[Finding]:
    """A finding for each `ForAllValues` on a key that is known to have one value."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.operator.for_all and _is_misused(statement, condition):
                yield _finding(case, statement, condition)


def _is_misused(statement: Statement, condition: Condition) -> bool:
    if condition.operator.is_null or is_multivalued(condition.key) is not False:
        return False
    return not any(requires_key(other, condition.key) for other in statement.conditions if other is not condition)


def _finding(case: Case, statement: Statement, condition: Condition) -> Finding:
    message, severity = _judged(case, statement, condition)
    return case.finding(
        message,
        Place(condition.operator_route, on_key=True),
        label=f"`{condition.key}` has one value",
        severity=severity,
        statement=statement.index,
        subject=condition.key,
        fix=_fix(case, statement, condition),
        aws_codes=("FORALLVALUES_WITH_SINGLE_VALUED_KEY", *(["CONFIRM_AUDIENCE_CLAIM_TYPE"] if is_audience(condition.key) else [])),
    )


def _judged(case: Case, statement: Statement, condition: Condition) -> tuple[str, Severity]:
    key, text = condition.key, condition.operator.text
    if condition.operator.base.negated:
        return f"`ForAllValues` adds nothing to a test of `{key}`, which has one value", Severity.LOW
    if statement.denies:
        return f"`{text}` is true without `{key}`, so the Deny hits such requests too", Severity.LOW
    lacking = key_absent(case.access.space, key)
    if case.access.meets((lacking,), statements=(statement.index,)) is None:
        return f"`ForAllValues` adds nothing to a test of `{key}`, which has one value and cannot be absent here", Severity.LOW
    return f"`{text}` is true without `{key}`, so a request without it is allowed", Severity.HIGH


def _fix(case: Case, statement: Statement, condition: Condition) -> Fix:
    base, if_exists = condition.operator.base, condition.operator.if_exists
    # In a Deny the absent key keeps counting; this says the same for a single value.
    kept = statement.denies and not base.negated
    wanted = f"{base.name}IfExists" if kept else base.name
    changes = under_operator(case.document, condition, wanted)
    # Who wrote both words may have meant that the key is optional.
    safety = Safety.MANUAL if not changes else Safety.UNSAFE if if_exists and not kept else Safety.SAFE
    return Fix(safety, f"write `{wanted}`", changes)
