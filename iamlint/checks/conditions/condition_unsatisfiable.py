"""Can no request pass the conditions of a statement on one key?"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.liveness import can_apply
from iamlint.access.sets.fits import fits
from iamlint.access.together import clashes, is_typed, surely_holds
from iamlint.finding import Confidence, Fix, Label, Safety, Severity
from iamlint.knowledge.closed import values_of
from iamlint.knowledge.keys import is_always_sent, value_format
from iamlint.policy.codes import without_values
from iamlint.policy.document import Kind
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_hole, has_variable, split
from iamlint.policy.requires import requires_key
from iamlint.policy.wildcards import literal_wildcards
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Statement

_TYPES = {
    Family.NUMERIC: ("number", "TYPE_MISMATCH_NUMBER"),
    Family.DATE: ("date", "TYPE_MISMATCH_DATE"),
    Family.IP: ("IP address or range of them", "TYPE_MISMATCH_IP_RANGE"),
    Family.BOOL: ("`true` or `false`", "TYPE_MISMATCH_BOOLEAN"),
    Family.BINARY: ("base64", ""),
    Family.ARN: ("ARN, which has six fields", ""),
}
# How many an ARN has at least.
_COLONS = 5
_FORMS = {
    "[0-9]{12}": "12 digits",
    "o-[a-z0-9]+": "`o-` and lower-case letters and digits",
    "vpc-[0-9a-f]+": "`vpc-` and hexadecimal digits",
    "vpce-[0-9a-f]+": "`vpce-` and hexadecimal digits",
}
_NEVER_WITH_WILDCARD = "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION"
_CODES = {"aws:sourcevpc": "INVALID_VPC_FORMAT", "aws:sourcevpce": "INVALID_VPCE_FORMAT"}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each key on which the conditions of a statement cannot hold together."""
    for statement in case.document.policy.statements:
        if statement.conditions:
            yield from _findings(case, statement)


def is_quiet(condition: Condition) -> bool:
    """Whether the condition can surely hold, were there no other on its key."""
    if condition.operator.base.family is Family.STRING and condition.values and _takes_any_text(condition.key):
        return not _takes_none(condition)
    return surely_holds(condition) and not _is_none_of_few(condition) and not _takes_none(condition)


@lru_cache(maxsize=1024)
def _takes_any_text(key: str) -> bool:
    """Whether nothing is known of the values that the key can have."""
    return value_format(key) is None and not values_of(key)


def _findings(case: Case, statement: Statement) -> Iterator[Finding]:
    variables = case.document.policy.variables
    for clash in clashes(statement, variables=variables):
        if not any(_is_explained(condition, variables=variables) for condition in clash):
            yield _alone(case, statement, clash[0]) if len(clash) == 1 else _together(case, statement, clash)
    for condition in statement.conditions:
        if _is_none_of_few(condition):
            yield _of_few(case, statement, condition)
    shut = _shut_out(case, statement)
    if shut is not None:
        yield _of_wildcard(case, statement, shut)


def _is_explained(condition: Condition, *, variables: bool) -> bool:
    """Whether another rule says why the condition cannot hold, or nobody knows whether it can."""
    unread = not variables and any(isinstance(value, str) and has_variable(value) for value in condition.values)
    return unread or bool(literal_wildcards(condition)) or _is_filled(condition)


def _is_filled(condition: Condition) -> bool:
    """Whether variables stand for several fields of an ARN: what IAM makes of these is not documented."""
    if condition.operator.base.family is not Family.ARN:
        return False
    texts = [value for value in condition.values if isinstance(value, str) and has_variable(value)]
    return any("".join([part for part in split(text) if isinstance(part, str)]).count(":") < _COLONS for text in texts)


def _together(case: Case, statement: Statement, clash: tuple[Condition, ...]) -> Finding:
    *others, last = clash
    tests = " and ".join(_test(condition) for condition in clash)
    message = f"`{last.key}` cannot pass both {tests}" if len(clash) == 2 else f"`{last.key}` cannot pass its {len(clash)} tests together"
    return case.finding(
        message,
        Place(last.route),
        label="keeps out what is left",
        secondary=tuple([Label(Place(other.route), "lets this pass, and") for other in others]),
        severity=_severity(statement),
        statement=statement.index,
        subject=last.key,
        fix=Fix(Safety.MANUAL, _advice(statement, "drop the test that was not meant")),
        aws_codes=(_NEVER_WITH_WILDCARD,) if any(map(_takes_none, clash)) else (),
    )


def _takes_none(condition: Condition) -> bool:
    """Whether no value of the key passes; a request without the key may."""
    return condition.operator.base.name == "StringNotLike" and "*" in condition.values


def _is_none_of_few(condition: Condition) -> bool:
    """Whether the key has only a few values, all known, and the condition takes none of them, nor its absence."""
    legal = values_of(condition.key)
    if not legal or condition.operator.base.family is not Family.STRING or not requires_key(condition, condition.key):
        return False
    if not condition.values or bool(literal_wildcards(condition)):
        return False
    return not any(_takes_one(condition, value, legal) for value in condition.values)


def _takes_one(condition: Condition, value: str | Unknown, legal: tuple[str, ...]) -> bool:
    if not isinstance(value, str) or has_hole(value) or has_variable(value):
        return True
    match condition.operator.base.name:
        case "StringLike":
            return any(fits(value, one) for one in legal)
        case "StringEqualsIgnoreCase":
            return value.lower() in [one.lower() for one in legal]
        case _:
            return value in legal


def _of_few(case: Case, statement: Statement, condition: Condition) -> Finding:
    legal, first = values_of(condition.key), str(condition.values[0])
    meant = next((one for one in legal if _letters(one) == _letters(first)), None)
    return case.finding(
        f"`{condition.operator.text}` on `{condition.key}` never holds: its values are {_listed(legal)}, not `{first}`",
        Place(condition.value_route(0) if len(condition.values) == 1 else condition.route),
        label="matches nothing",
        severity=_severity(statement),
        # To a list of a service AWS may add.
        confidence=Confidence.HIGH if condition.key.lower().startswith("aws:") else Confidence.MEDIUM,
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, _advice(statement, f"write `{meant}`" if meant else "write a value that the key can have")),
    )


def _letters(text: str) -> str:
    return "".join([letter for letter in text.lower() if letter.isalnum()])


def _listed(values: tuple[str, ...]) -> str:
    *others, last = [f"`{value}`" for value in values]
    return f"{', '.join(others)} and {last}"


def _shut_out(case: Case, statement: Statement) -> Condition | None:
    """The condition that takes no value of a key which every request has; `trust-dead-statement` tells of those who assume roles."""
    if case.document.kind is Kind.TRUST:
        return None
    wild = [one for one in statement.conditions if _takes_none(one) and not one.operator.if_exists and is_always_sent(one.key)]
    if not wild or can_apply(case.access, statement):
        return None
    return next((one for one in wild if can_apply(case.access, statement, without=(one,))), None)


def _of_wildcard(case: Case, statement: Statement, condition: Condition) -> Finding:
    return case.finding(
        f"`{condition.operator.text}` `*` on `{condition.key}` never holds: every request has the key, with some value",
        Place(condition.route),
        label="takes no value",
        severity=_severity(statement),
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, _advice(statement, "write the values that were meant")),
        aws_codes=(_NEVER_WITH_WILDCARD,),
    )


def _alone(case: Case, statement: Statement, condition: Condition) -> Finding:
    why, advice, code = _reason(condition)
    # What IAM makes of a lone `*` where an ARN should be is not documented.
    unsure = condition.operator.base.family is Family.ARN and "*" in condition.values
    return case.finding(
        f"`{condition.operator.text}` on `{condition.key}` never holds: {why}",
        Place(condition.value_route(0) if len(condition.values) == 1 else condition.route),
        label="matches nothing",
        severity=_severity(statement),
        confidence=Confidence.MEDIUM if unsure else Confidence.HIGH,
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, _advice(statement, advice)),
        aws_codes=(code,) if code else (),
    )


def _reason(condition: Condition) -> tuple[str, str, str]:
    """Why a condition alone never holds, what to do, and AWS's code for it."""
    family = condition.operator.base.family
    if not condition.values:
        return "its list of values is empty", "write the values that were meant", without_values(condition.operator)
    first = str(condition.values[0])
    if condition.operator.is_null:
        if condition.operator.quantified:
            return "`Null` takes no set operator", "write `Null`", "NULL_WITH_QUALIFIER"
        return f"`{first}` is neither `true` nor `false`", "write `true` for absent, `false` for present", ""
    if not any(is_typed(condition, value) for value in condition.values):
        kind, code = _TYPES[family]
        if family is not Family.ARN and has_variable(first):
            code = "INVALID_VARIABLE_FOR_OPERATOR"
        return f"`{first}` is no {kind}" if kind[0] != "`" else f"`{first}` is not {kind}", "write a value of the operator's type", code
    legal = value_format(condition.key)
    form = _FORMS.get(legal or "")
    said = f"its values are {form}" if form else f"its values have the form `{legal}`" if legal else "no caller has such a value"
    code = _CODES.get(condition.key.lower(), "")
    return f"{said}, not `{first}`" if legal else said, "write a value that the key can have", code


def _test(condition: Condition) -> str:
    values = [value if isinstance(value, str) else value.label for value in condition.values]
    more = f" (and {len(values) - 1} more)" if len(values) > 1 else ""
    return f"`{condition.operator.text}` `{values[0]}`{more}" if values else f"`{condition.operator.text}`"


def _severity(statement: Statement) -> Severity | None:
    return Severity.HIGH if statement.denies else None


def _advice(statement: Statement, advice: str) -> str:
    effect = "denies nothing" if statement.denies else "allows nothing"
    return f"{advice}; as it is, the statement {effect}"
