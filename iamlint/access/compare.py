"""What does one policy allow that another does not?"""

from __future__ import annotations

from iamlint.access.cube import not_clause, not_cube
from iamlint.access.evaluate import Outcome, Reading, evaluate
from iamlint.access.search import Search
from iamlint.access.statements import statement_cube
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamlint.access.cube import Clause, Cube
    from iamlint.access.request import Request
    from iamlint.access.search import Witness
    from iamlint.access.space import Space
    from iamlint.policy.document import Kind
    from iamlint.policy.statement import Policy


def widened(old: Policy, new: Policy, kind: Kind | None, question: Sequence[Clause] = ()) -> Witness | None:
    """A request (of `question`) that `new` allows and `old` does not, or None when there is none; the statements are those of `new`.

    Unknown values are read so that nothing is overlooked: `new` allows what it allows for some of them, `old` what it allows for all. Texts
    that are the same in both and hold unknowns are told apart, so a policy with unknowns can seem wider than itself.
    Raises Undecided.
    """
    search = Search((old, new), kind)
    allows, denies = _sides(search.space, new, certain=False)
    before, stopped = _sides(search.space, old, certain=True)
    if not allows:
        return None
    clauses = [*question, allows, *(not_cube(cube) for cube in denies), (not_clause(before), *stopped)]

    def confirm(request: Request) -> tuple[int, ...] | None:
        now = evaluate(new, request, reading=Reading.POSSIBLE)
        if now.outcome is not Outcome.ALLOWED or evaluate(old, request).outcome is Outcome.ALLOWED:
            return None
        return tuple(statement.index for statement in now.statements)

    return search.find(clauses, confirm)


def equivalent(one: Policy, other: Policy, kind: Kind | None) -> bool:
    """Whether the policies allow the same requests. Raises Undecided."""
    return widened(one, other, kind) is None and widened(other, one, kind) is None


def _sides(space: Space, policy: Policy, *, certain: bool) -> tuple[tuple[Cube, ...], tuple[Cube, ...]]:
    """What the policy's Allows and its Denies match."""
    cubes: dict[Effect, list[Cube]] = {Effect.ALLOW: [], Effect.DENY: []}
    for statement in policy.statements:
        cubes[statement.effect].append(statement_cube(space, policy, statement, certain=certain))
    return tuple(cubes[Effect.ALLOW]), tuple(cubes[Effect.DENY])
