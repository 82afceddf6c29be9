"""Are the values of one condition of several JSON types?

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import Number, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement
    from iamlint.text.tree import Value

_NOUNS = {str: "text", Number: "a number", bool: "a truth value"}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each list that has values of two types."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if len(condition.values) > 1:
                written = value_at(case.document.tree.root, condition.route)
                nouns = _nouns(written) if isinstance(written, tuple) else []
                if len(nouns) > 1:
                    yield _finding(case, statement, condition, nouns, written)


def _nouns(values: tuple[Value, ...]) -> list[str]:
    """What the values are, each type once; what a template fills in is of no type yet."""
    return list(dict.fromkeys([_NOUNS[type(value)] for value in values if type(value) in _NOUNS]))


def _finding(case: Case, statement: Statement, condition: Condition, nouns: list[str], written: Value) -> Finding:
    from iamlint.text.edit import SetValue

    others = [n for n, value in enumerate(written) if isinstance(value, (Number, bool))] if isinstance(written, tuple) else []
    texts = [] if case.document.embedded else [SetValue(Place(condition.value_route(n)), str(condition.values[n])) for n in others]
    return case.finding(
        f"of the values of `{condition.key}` one is {' and another '.join(nouns)}",
        Place(condition.value_route(others[0])),
        label="of another type than those beside it",
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.SAFE if texts else Safety.MANUAL, "write them all as text, as IAM compares them", tuple(texts)),
        aws_codes=("INVALID_CONDITION_DATA_TYPE",),
    )
