"""Does a condition keep anyone out?"""

from __future__ import annotations

from iamlint.access.search.conditions import condition_clause
from iamlint.access.search.cube import not_clause
from iamlint.access.sets.effort import Undecided

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.access import Access
    from iamlint.access.evaluation.request import Witness
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement


def excludes(access: Access, statement: Statement, condition: Condition) -> Witness | None:
    """A request that the rest of `statement` matches and its `condition` keeps out; None when it keeps out none, whatever unknowns are.

    Raises Undecided.
    """
    # Both are read so that an unknown value may exclude: the statement as matching all that it may, the condition as holding for sure.
    kept_out = not_clause(condition_clause(access.space, condition, variables=access.policy.variables, certain=True))
    return access.matches(statement, ((kept_out,),), certain=statement.denies, without=(condition,))


def can_match(access: Access, statement: Statement) -> bool:
    """Whether `statement` matches some request for some values of what is unknown; also when that cannot be decided."""
    try:
        # In the reading in which it matches all that it may.
        return access.matches(statement, certain=statement.denies) is not None
    except Undecided:
        return True
