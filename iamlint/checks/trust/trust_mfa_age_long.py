"""May the MFA that a role asks for have been long ago?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthage
"""

from __future__ import annotations

from iamlint.access.search.question import action_is, caller_is, key_above
from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.operator import Family
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.evaluation.request import Witness
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_KEY = "aws:multifactorauthage"
# In seconds, the longest first.
_LIMITS = ((7 * 24 * 3600, "7 days", Severity.LOW), (12 * 3600, "12 hours", None))


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Allow that lets in a user whose MFA was longer ago, whatever else is asked."""
    for statement in case.document.policy.statements:
        told = next((one for one in statement.conditions if one.key.lower() == _KEY and one.operator.base.family is Family.NUMERIC), None)
        if statement.denies or told is None:
            continue
        for seconds, words, severity in _LIMITS:
            question = [action_is("sts:AssumeRole"), caller_is(CallerKind.USER), key_above(case.access.space, _KEY, seconds)]
            witness = case.access.meets(question, statements={statement.index})
            if witness is not None:
                yield _finding(case, statement, told, witness, words, severity)
                break


def _finding(case: Case, statement: Statement, told: Condition, witness: Witness, words: str, severity: Severity | None) -> Finding:
    return case.finding(
        f"MFA may have been more than {words} ago",
        Place(told.route),
        label="seconds",
        severity=severity,
        statement=statement.index,
        subject=told.key,
        witness=witness.request,
        fix=Fix(Safety.MANUAL, "write `3600`, or as many seconds as a task takes"),
    )
