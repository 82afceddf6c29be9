"""Is an ARN compared as text, where the operators for ARNs say the same?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.knowledge.keys import key_type
from iamlint.policy.pattern import split
from iamlint.policy.rewrite import under_operator
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Statement

_COLONS = 5


def check(case: Case) -> Iterator[Finding]:
    """A finding for each `StringLike` and `StringNotLike` on a key that holds an ARN, with ARNs of six fields as its values."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            as_text = condition.operator.base.positive == "StringLike" and key_type(condition.key) == "ARN"
            if as_text and condition.values and all(map(_is_arn, condition.values)):
                yield _finding(case, statement, condition)


def _is_arn(value: str | Unknown) -> bool:
    """Whether it has the six fields that the operators for ARNs ask for, whatever stands in them."""
    text = "".join([part if isinstance(part, str) else "x" for part in split(value)]) if isinstance(value, str) else ""
    return text.startswith("arn:") and text.count(":") >= _COLONS


def _finding(case: Case, statement: Statement, condition: Condition) -> Finding:
    base = condition.operator.base.name.replace("String", "Arn")
    prefix = f"{condition.operator.quantifier.value}:" if condition.operator.quantifier.value else ""
    wanted = f"{prefix}{base}{'IfExists' if condition.operator.if_exists else ''}"
    changes = under_operator(case.document, condition, wanted)
    return case.finding(
        f"`{condition.key}` is an ARN, and `{condition.operator.text}` compares it as text",
        Place(condition.operator_route, on_key=True),
        statement=statement.index,
        subject=condition.key,
        # Where a wildcard was meant to stand for colons, less matches then.
        fix=Fix(Safety.UNSAFE if changes else Safety.MANUAL, f"write `{wanted}`", changes),
        aws_codes=("STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",),
    )
