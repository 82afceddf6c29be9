"""Is there a policy variable that never has a value?

A text with such a variable matches nothing:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value.
"""

from __future__ import annotations

from iamlint.access.presence import never_sent
from iamlint.finding import Confidence, Fix, Safety, Severity
from iamlint.knowledge.keys import find_key, key_type, split_claim, suggest_key
from iamlint.policy.operator import Family
from iamlint.policy.pattern import Variable, split
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement
    from iamlint.text.tree import Route


# Operators in whose values IAM reads variables.
_READ = (Family.STRING, Family.ARN)
_UNLISTED = "no service documents such a key"
# Transfer fills in its own before IAM reads a policy, and policies of devices are for IoT alone:
# https://docs.aws.amazon.com/transfer/latest/userguide/users-policies-session.html,
# https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-variables.html
_FILLED_IN = ("transfer:", "iot:")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each variable whose key no request carries that the statement can match."""
    if not case.document.policy.variables:
        return
    for statement in case.document.policy.statements:
        for route, text, negated in _texts(statement):
            for part in split(text):
                if isinstance(part, Variable) and part.default is None:
                    why = _why(case, statement, part.key)
                    if why:
                        yield _finding(case, statement, route, part, why, negated=negated)


def _texts(statement: Statement) -> Iterator[tuple[Route, str, bool]]:
    """The texts with a variable, where they stand, and whether they are of a negated element or operator."""
    if statement.resources is not None and "${" in statement.resources.text:
        for n, value in enumerate(statement.resources.values):
            if isinstance(value, str) and "${" in value:
                yield statement.resources.value_route(n), value, statement.resources.negated
    for condition in statement.conditions:
        base = condition.operator.base
        for n, value in enumerate(condition.values if base.family in _READ else ()):
            if isinstance(value, str) and "${" in value:
                yield condition.value_route(n), value, base.negated


def _why(case: Case, statement: Statement, key: str) -> str:
    if key[:4].lower() == "aws:" and find_key(key) is None:
        return "AWS has no such key"
    if _is_of_no_list(key):
        return _UNLISTED
    if split_claim(key) is None and never_sent(key, statement, case.document.kind):
        return "no request that the statement is about carries it"
    return ""


def _is_of_no_list(key: str) -> bool:
    """Whether no service documents the key; services get new keys before the data knows them."""
    known = key.lower().startswith(("aws:", *_FILLED_IN)) or ":" not in key
    return not known and split_claim(key) is None and key_type(key) is None


def _finding(case: Case, statement: Statement, route: Route, variable: Variable, why: str, *, negated: bool) -> Finding:
    guess = suggest_key(variable.key)
    advice = f"write `${{{guess}}}`" if guess else "use a key that these callers have, or give the variable a default: `${KEY, 'DEFAULT'}`"
    severity = Severity.HIGH if negated or statement.denies else None
    return case.finding(
        f"`${{{variable.key}}}` never has a value: {why}",
        Place(route),
        label=f"matches {'everything' if negated else 'nothing'}",
        severity=Severity.LOW if why == _UNLISTED else severity,
        confidence=Confidence.MEDIUM if why == _UNLISTED else Confidence.HIGH,
        statement=statement.index,
        subject=variable.key,
        fix=Fix(Safety.MANUAL, advice),
        aws_codes=("UNSUPPORTED_SPACE_IN_VARIABLE",) if " " in variable.key.partition("/")[0] else (),
    )
