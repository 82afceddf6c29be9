"""Can a statement ever apply, and if not, which of its conditions keep it from it?

What the source leaves open is read so that it applies where it can.
"""

from __future__ import annotations

from iamlint.access.evaluation.evaluate import Reading, statement_applies
from iamlint.access.evaluation.request import Witness
from iamlint.access.plain import plain_requests
from iamlint.policy.document import Kind
from iamlint.policy.fixed import keys_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from iamlint.access.access import Access
    from iamlint.access.search.cube import Clause
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement


def applying(access: Access, statement: Statement) -> Witness | None:
    """A request that `statement` matches, whatever other statements say, looked for once a policy; raises Undecided."""
    known = f"applies {statement.index}"
    if known not in access.answers:
        access.answers[known] = _plainly(access, statement) or access.matches(statement, certain=statement.denies)
    return access.answers[known]


def _plainly(access: Access, statement: Statement) -> Witness | None:
    """A request that a statement of a role's trust spells out by itself, as evaluation confirms."""
    if access.kind is not Kind.TRUST:
        return None
    for request in plain_requests(statement, keys_of(access.policy)):
        if statement_applies(statement, request, access.policy.variables, Reading.CERTAIN):
            return Witness(request, (statement.index,))
    return None


def can_apply(access: Access, statement: Statement, question: Sequence[Clause] = (), without: Collection[Condition] = ()) -> bool:
    """Whether `statement`, the conditions `without` left aside, matches some request of `question`; raises Undecided."""
    if not question and not without:
        return applying(access, statement) is not None
    return access.matches(statement, question, certain=statement.denies, without=without) is not None


def hindrances(access: Access, statement: Statement, question: Sequence[Clause] = ()) -> tuple[Condition, ...]:
    """The fewest conditions without which `statement` could match a request of `question`; none when that would not help.

    One condition where one is enough, else those on one key, else all.
    """
    conditions = statement.conditions
    if not conditions or not can_apply(access, statement, question, conditions):
        return ()
    keys = dict.fromkeys([condition.key.lower() for condition in conditions])
    groups = [tuple(condition for condition in conditions if condition.key.lower() == key) for key in keys]
    for group in (*((condition,) for condition in conditions), *groups):
        if can_apply(access, statement, question, group):
            return group
    return conditions
