"""Is the audience of a token tested with an operator for lists?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.knowledge.keys import is_audience
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
    """A finding for each test of an issuer's `aud` with `ForAnyValue` or `ForAllValues`."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            operator = condition.operator
            if operator.quantified and not operator.is_null and is_audience(condition.key):
                yield _finding(case, statement, condition)


def _finding(case: Case, statement: Statement, condition: Condition) -> Finding:
    operator = condition.operator
    plain = operator.base.name + ("IfExists" if operator.if_exists else "")
    changes = under_operator(case.document, condition, plain)
    anyone = ("FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE",) if operator.for_any else ()
    return case.finding(
        f"`{operator.text}` is for lists, and IAM compares one audience as `{condition.key}`",
        Place(condition.operator_route, on_key=True),
        statement=statement.index,
        subject=condition.key,
        # Whether an issuer writes several, only its tokens tell.
        fix=Fix(
            Safety.UNSAFE if changes else Safety.MANUAL, f"write `{plain}`, unless the issuer's tokens have several audiences", changes
        ),
        aws_codes=(*anyone, "CONFIRM_AUDIENCE_CLAIM_TYPE"),
    )
