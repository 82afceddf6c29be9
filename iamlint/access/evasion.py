"""Which requests get past a Deny that is about them but for a condition?"""

from __future__ import annotations

from iamlint.access.access import Access
from iamlint.access.alter import with_statements
from iamlint.access.evaluation.evaluate import evaluate
from iamlint.access.evaluation.request import Request
from iamlint.access.everything import HOLDER
from iamlint.access.search.statements import statement_cube
from iamlint.policy.document import Kind
from iamlint.policy.statement import Effect, Patterns, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from iamlint.access.evaluation.request import Witness
    from iamlint.access.search.cube import Clause
    from iamlint.access.search.space import Space
    from iamlint.policy.condition import Condition

    Question: TypeAlias = Callable[[Space], list[Clause]]

_HELD = frozenset({Kind.IDENTITY, Kind.BOUNDARY, Kind.SESSION, Kind.SCP})


def evades(access: Access, deny: Statement, condition: Condition, actions: Sequence[str], question: Question) -> Witness | None:
    """A request of `question` that `deny` would stop without `condition`, and that nothing stops; raises Undecided.

    Where no Allow of the policy reaches `actions`, others may, so everything else counts as allowed.
    """
    if not access.reaches(actions):
        access = Access(with_statements(access.policy, [*access.policy.statements, _everything(deny)]), access.kind)
    about = statement_cube(access.space, access.policy, deny, certain=True, without=(condition,))
    return access.meets([*question(access.space), (about,)])


def by_holder(access: Access, request: Request) -> Request:
    """The request as the holder of the policy makes it, where it has one and the policy does not care who asks."""
    written = request.as_written()
    if access.kind not in _HELD:
        return written
    told = Request(written.action, HOLDER, written.resource, {written.names[key]: value for key, value in written.context.items()})
    same = evaluate(access.policy, told).outcome is evaluate(access.policy, request).outcome
    return told if same else written


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
