"""Which requests get past a Deny that is about them but for a condition?"""

from __future__ import annotations

from iamlint.access.access import Access
from iamlint.access.alter import with_statements
from iamlint.access.statements import statement_cube
from iamlint.policy.statement import Effect, Patterns, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from iamlint.access.cube import Clause
    from iamlint.access.search import Witness
    from iamlint.access.space import Space
    from iamlint.policy.condition import Condition

    Question: TypeAlias = Callable[[Space], list[Clause]]


def evades(access: Access, deny: Statement, condition: Condition, actions: Sequence[str], question: Question) -> Witness | None:
    """A request of `question` that `deny` would stop without `condition`, and that nothing stops; raises Undecided.

    Where no Allow of the policy reaches `actions`, others may, so everything else counts as allowed.
    """
    if not access.reaches(actions):
        access = Access(with_statements(access.policy, [*access.policy.statements, _everything(deny)]), access.kind)
    about = statement_cube(access.space, access.policy, deny, certain=True, without=(condition,))
    return access.meets([*question(access.space), (about,)])


def _everything(deny: Statement) -> Statement:
    """An Allow of whatever the Deny's principals do."""
    every = [Patterns(name, ("*",), negated=False, route=deny.route, listed=False) for name in ("Action", "Resource")]
    return Statement(
        -1,
        Effect.ALLOW,
        sid=None,
        principals=deny.principals,
        actions=every[0],
        resources=every[1],
        conditions=(),
        route=deny.route,
    )
