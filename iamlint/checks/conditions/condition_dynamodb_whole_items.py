"""Can whole items be read although a condition names the attributes that may be?

A request that asks for no attributes gets all of them, and has no `dynamodb:Attributes`:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
"""

from __future__ import annotations

from iamlint.access.evasion import by_holder, evades
from iamlint.access.search.question import action_is, key_absent, key_is
from iamlint.access.sets.glob import exact
from iamlint.access.sets.value_sets import TextSet
from iamlint.finding import Fix, Safety
from iamlint.policy.fixed import keys_of
from iamlint.policy.requires import requires_key
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.evaluation.request import Witness
    from iamlint.access.search.cube import Clause
    from iamlint.access.search.space import Space
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Policy, Statement

_ATTRIBUTES, _SELECT = "dynamodb:attributes", "dynamodb:select"
_READING = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan")
_WHOLE = "ALL_ATTRIBUTES"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition on attributes that a request for whole items passes."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.key.lower() == _ATTRIBUTES and not condition.operator.is_null:
                witness = _whole_item(case, statement, condition)
                if witness is not None:
                    yield _finding(case, statement, condition, witness)


def _whole_item(case: Case, statement: Statement, condition: Condition) -> Witness | None:
    policy = case.document.policy
    if statement.denies:
        if not requires_key(condition, _ATTRIBUTES):
            return None
        return evades(case.access, statement, condition, _READING, lambda space: _question(space, policy))
    if not case.access.reaches(_READING):
        return None
    return case.access.meets(_question(case.access.space, policy), statements=(statement.index,))


def _question(space: Space, policy: Policy) -> list[Clause]:
    selected = [key_is(space, _SELECT, TextSet([exact(_WHOLE)]))] if _SELECT in keys_of(policy) else []
    return [action_is(*_READING), key_absent(space, _ATTRIBUTES), *selected]


def _finding(case: Case, statement: Statement, condition: Condition, witness: Witness) -> Finding:
    return case.finding(
        f"`{witness.request.action}` for whole items has no `{condition.key}`, and {_outcome(statement)}",
        Place(condition.operator_route, on_key=True),
        label="asks nothing of such a request",
        statement=statement.index,
        subject=condition.key,
        witness=by_holder(case.access, witness.request),
        fix=Fix(Safety.MANUAL, f"require `dynamodb:Select` to be `SPECIFIC_ATTRIBUTES`{_where(statement)}"),
        aws_codes=("DYNAMODB_ATTRIBUTES_WITHOUT_SELECT",),
    )


def _outcome(statement: Statement) -> str:
    return "this Deny does not stop it" if statement.denies else "gets every attribute"


def _where(statement: Statement) -> str:
    return ", or deny what asks for more" if statement.denies else " in the same statement"
