"""Does an operator compare another type of value than its key has, or than its values are?

Types: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.together import is_typed
from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.keys import key_type
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.policy.quiet import others
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.operator import Base
    from iamlint.policy.statement import Statement

_NUMBERS = {Family.NUMERIC: "Numeric", Family.DATE: "Date", Family.BOOL: "Bool", Family.IP: "IPAddress", Family.ARN: "ARN"}
_NOUNS = {
    "Numeric": ("a number", "Numeric…"),
    "Date": ("a date", "Date…"),
    "Bool": ("`true` or `false`", "Bool"),
    "IPAddress": ("an IP address", "IpAddress"),
    "ARN": ("an ARN", "ArnLike"),
    "String": ("text", "String…"),
}
# AWS compares these as numbers, though it documents them as text: https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock-policy.html
_NUMBERS_TOO = frozenset({"glacier:archiveageindays"})
_VALUES = {
    Family.NUMERIC: ("number", "TYPE_MISMATCH_NUMBER"),
    Family.DATE: ("date", "TYPE_MISMATCH_DATE"),
    Family.IP: ("IP address or range of them", "TYPE_MISMATCH_IP_RANGE"),
    Family.BINARY: ("base64", "TYPE_MISMATCH_STRING"),
}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition whose operator is not of the type of its key, or of some of its values."""
    for statement, condition in others(case.document.policy, is_quiet):
        family = condition.operator.base.family
        kind = _other_type(condition)
        if kind:
            yield _of_key(case, statement, condition, kind)
        elif family is Family.BOOL:
            yield _several(case, statement, condition)
        else:
            yield from _of_values(case, statement, condition)


def is_quiet(condition: Condition) -> bool:
    """Whether operator, key and values are of one type."""
    base = condition.operator.base
    if not _is_of_type(base, condition.key) and _other_type(condition):
        return False
    if base.family is Family.STRING or base.family is Family.ARN:
        return True
    if base.family is Family.BOOL:
        return len(condition.values) < 2
    return base.family not in _VALUES or all(is_typed(condition, value) for value in condition.values)


def _other_type(condition: Condition) -> str:
    """The type of the key where operators of the family are for other ones; nothing where they fit, or it is not known."""
    if _is_of_type(condition.operator.base, condition.key) or _compares_keys(condition):
        return ""
    return key_type(condition.key) or ""


@lru_cache(maxsize=1024)
def _is_of_type(base: Base, key: str) -> bool:
    """Whether the operator is for such a key, as far as is known."""
    kind = key_type(key)
    return kind is None or base.family is Family.NULL or _fits(base.family, kind, key.lower())


def _fits(family: Family, kind: str, key: str) -> bool:
    if family is Family.STRING:
        return kind in ("String", "ARN", "Bool")
    # Of text can be made what the operator wants: tags hold numbers and dates, plain keys hold ARNs.
    if kind == "String":
        if key in _NUMBERS_TOO:
            return family is Family.NUMERIC
        return family in (Family.ARN, Family.BINARY) or "/" in key
    if key == "aws:epochtime":
        return family in (Family.NUMERIC, Family.DATE)
    return family is Family.BINARY or _NUMBERS[family] == kind


def _compares_keys(condition: Condition) -> bool:
    """Whether the values are those of other keys; then text is compared with text of the same form."""
    if condition.operator.base.family is not Family.STRING:
        return False
    return all(not isinstance(value, str) or has_variable(value) or has_hole(value) for value in condition.values)


def _of_key(case: Case, statement: Statement, condition: Condition, kind: str) -> Finding:
    noun, operator = _NOUNS.get(kind, (kind, kind))
    texts = kind == "String" or condition.operator.base.family is Family.STRING
    return case.finding(
        f"`{condition.operator.text}` does not fit `{condition.key}`, which is {noun}",
        Place(condition.operator_route, on_key=True),
        label=f"`{condition.key}` is {noun}",
        severity=None if texts else Severity.MEDIUM,
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, f"use an operator for it, such as `{operator}`"),
        aws_codes=("TYPE_MISMATCH",),
    )


def _several(case: Case, statement: Statement, condition: Condition) -> Finding:
    return case.finding(
        f"`{condition.operator.text}` has {len(condition.values)} values for `{condition.key}`, which is `true` or `false`",
        Place(condition.route),
        label="AWS wants one",
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, "write the one value that was meant"),
        aws_codes=("INVALID_CONDITION_MULTIPLE_BOOLEAN",),
    )


def _of_values(case: Case, statement: Statement, condition: Condition) -> Iterator[Finding]:
    """The values that are none of the operator's, where others are: `condition-unsatisfiable` tells of those that none is.

    Of bytes it does not, since the engine takes them for text.
    """
    family = condition.operator.base.family
    noun, code = _VALUES[family]
    wrong = [n for n, value in enumerate(condition.values) if not is_typed(condition, value)]
    alone = len(wrong) == len(condition.values)
    for n in wrong if not alone or family is Family.BINARY else ():
        value = str(condition.values[n])
        yield case.finding(
            f"`{value}` is no {noun}, so it matches nothing",
            Place(condition.value_route(n)),
            label="matches nothing" if alone else "does nothing beside the others",
            statement=statement.index,
            subject=value,
            fix=Fix(Safety.MANUAL, "write the value in the form that the operator wants, or take it out"),
            aws_codes=("INVALID_VARIABLE_FOR_OPERATOR" if has_variable(value) else code,),
        )
