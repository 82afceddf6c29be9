"""Does a statement have a condition that asks for nothing?

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.codes import without_values
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import Mapping, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.operator import Operator
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each list without values, and for each object without members."""
    without_members = case.document.policy.idle and not case.document.embedded
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.listed and not condition.values:
                yield _without_values(case, statement, condition)
        if without_members:
            yield from _without_members(case, statement)


def _without_values(case: Case, statement: Statement, condition: Condition) -> Finding:
    return case.finding(
        f"the list of values of `{condition.key}` is empty: {_meaning(condition.operator)}",
        Place(condition.route),
        label="no values",
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, "write the values that are meant, or take the condition out"),
        aws_codes=(without_values(condition.operator),),
    )


def _meaning(operator: Operator) -> str:
    if operator.base.negated and not operator.for_any:
        return "it holds for every request"
    if operator.for_all or operator.if_exists:
        return "it holds for requests without the key alone"
    return "it never holds"


def _without_members(case: Case, statement: Statement) -> Iterator[Finding]:
    value = value_at(case.document.tree.root, statement.route)
    at = value.index("Condition") if isinstance(value, Mapping) else None
    block = value_at(value, (at,)) if at is not None else None
    if not isinstance(block, Mapping) or at is None:
        return
    from iamlint.text.edit import Remove

    route = (*statement.route, at)
    empty = [(*route, n) for n, (_, keys) in enumerate(block.members) if isinstance(keys, Mapping) and not keys.members]
    for place in [route] if not block.members else empty:
        name = "Condition" if place == route else block.members[place[-1]][0]
        yield case.finding(
            f"`{name}` is empty and asks for nothing",
            Place(place),
            statement=statement.index,
            subject=name,
            # Without the last of its operators the Condition itself would be empty.
            fix=Fix(Safety.SAFE, f"take `{name}` out", (Remove(Place(route if len(block.members) == 1 else place)),)),
            aws_codes=("EMPTY_OBJECT_CONDITION",) if place == route else (),
        )
