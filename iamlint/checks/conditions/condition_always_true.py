"""Does a condition keep nobody out?"""

from __future__ import annotations

from iamlint.access.exclusion import can_match, excludes
from iamlint.access.presence import never_sent
from iamlint.access.vacuous import looks_vacuous, may_look_vacuous, whole_families
from iamlint.access.window import after, time_conditions, times
from iamlint.finding import Fix, Safety, Severity
from iamlint.policy.codes import without_values
from iamlint.policy.operator import Family
from iamlint.policy.quiet import others
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_ORDERED = (Family.DATE, Family.NUMERIC)


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition that every request passes which reaches it."""
    for statement, condition in others(case.document.policy, is_quiet):
        outcome, label = _verdict(case, statement, condition)
        if outcome:
            yield _finding(case, statement, condition, f"the condition on `{condition.key}` {outcome}", label)


def is_quiet(condition: Condition) -> bool:
    """Whether the condition keeps somebody out wherever it stands."""
    base = condition.operator.base
    if base.family is Family.IP and not base.negated:
        return not whole_families(condition)
    return base.family not in _ORDERED and not may_look_vacuous(condition)


def _verdict(case: Case, statement: Statement, condition: Condition) -> tuple[str, str]:
    """What is wrong with the condition and what to say at it; nothing when it may keep somebody out."""
    base = condition.operator.base
    if base.family is Family.IP and not base.negated:
        return _addresses(condition)
    if base.family in _ORDERED and _has_begun(case, statement, condition):
        return "holds from now on: its time has passed", "in the past"
    if not looks_vacuous(condition, statement, case.document.kind) or excludes(case.access, statement, condition) is not None:
        return "", ""
    # Where the rest of the statement matches nothing, there is nobody to keep out.
    return ("never excludes anything", _reason(case, statement, condition)) if can_match(case.access, statement) else ("", "")


def _addresses(condition: Condition) -> tuple[str, str]:
    families = whole_families(condition)
    if not families:
        return "", ""
    return f"holds for every {'' if len(families) > 1 else families[0] + ' '}address", "keeps no address out"


def _reason(case: Case, statement: Statement, condition: Condition) -> str:
    operator = condition.operator
    if operator.is_null:
        return "true whether the key is there or not"
    if never_sent(condition.key, statement, case.document.kind):
        return f"no request here has it, and `{operator.text}` holds without"
    return "the key never has such a value" if operator.base.negated else "every request passes"


def _has_begun(case: Case, statement: Statement, condition: Condition) -> bool:
    """Whether an Allow asks for nothing but a time that has come, as when a bound was turned round; a Deny from then on is meant."""
    if statement.denies or time_conditions(statement) != (condition,):
        return False
    future = after(case.now)
    return times(condition).meet(future) == future


def _finding(case: Case, statement: Statement, condition: Condition, message: str, label: str) -> Finding:
    only = statement.allows and len(statement.conditions) == 1
    return case.finding(
        message,
        Place(condition.route),
        label=label,
        severity=None if only else Severity.LOW,
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, "write what was meant to be kept out, or remove the condition"),
        aws_codes=_codes(condition),
    )


def _codes(condition: Condition) -> tuple[str, ...]:
    """What AWS's validation says of a condition that every request passes."""
    operator = condition.operator
    if operator.is_null:
        return ("NULL_WITH_QUALIFIER",) if operator.quantified else ()
    if not condition.values:
        return (without_values(operator),)
    if operator.base.family is Family.BOOL and len(condition.values) > 1:
        return ("INVALID_CONDITION_MULTIPLE_BOOLEAN",)
    return ("REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION",) if "*" in condition.values else ()
