"""What does one policy allow that another does not?"""

from __future__ import annotations

from iamlint.access.evaluation.evaluate import Outcome, Reading, evaluate
from iamlint.access.search.cube import not_clause, not_cube
from iamlint.access.search.search import Search
from iamlint.access.search.statements import statement_cube
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from iamlint.access.evaluation.request import Request, Witness
    from iamlint.access.search.cube import Clause, Cube
    from iamlint.access.search.space import Space
    from iamlint.policy.document import Kind
    from iamlint.policy.statement import Policy


class Comparison:
    """The requests that `new` allows and `old` does not; made once for two policies, asked often.

    `reading` is how the unknown values of `new` are taken, and those of `old` the other way: CERTAIN finds what is new whatever they are,
    POSSIBLE what is new for some of them. Texts that are the same in both and hold unknowns are told apart: see `settled`.
    """

    __slots__ = ("_after", "_before", "_search", "new", "old", "reading")

    def __init__(self, old: Policy, new: Policy, kind: Kind | None, reading: Reading = Reading.CERTAIN) -> None:
        self.old = old
        self.new = new
        self.reading = reading
        self._search = Search((old, new), kind)
        self._after = _sides(self.space, new, certain=reading is Reading.CERTAIN)
        self._before = _sides(self.space, old, certain=reading is Reading.POSSIBLE)

    @property
    def space(self) -> Space:
        """What the two policies tell apart."""
        return self._search.space

    def gained(self, question: Sequence[Clause] = (), statements: Collection[int] | None = None) -> Witness | None:
        """A request of `question` that only `new` allows; `statements` limits the Allows of `new` that count. Raises Undecided."""
        allows = tuple([cube for index, cube in self._after[0] if statements is None or index in statements])
        if not allows:
            return None
        granted, denied = self._before
        refused = (not_clause(tuple([cube for _, cube in granted])), *[cube for _, cube in denied])
        clauses = [*question, allows, *[not_cube(cube) for _, cube in self._after[1]], refused]
        return self._search.find(clauses, self._is_new)

    def allowed_before(self, question: Sequence[Clause]) -> Witness | None:
        """A request of `question` that `old` allows. Raises Undecided."""
        granted, denied = self._before
        if not granted:
            return None
        clauses = [*question, tuple([cube for _, cube in granted]), *[not_cube(cube) for _, cube in denied]]
        return self._search.find(clauses, self._was_allowed)

    def _is_new(self, request: Request) -> tuple[int, ...] | None:
        return None if self._was_allowed(request) is not None else _letting_in(self.new, request, self.reading)

    def _was_allowed(self, request: Request) -> tuple[int, ...] | None:
        return _letting_in(self.old, request, self.reading.opposite)


def widened(old: Policy, new: Policy, kind: Kind | None, question: Sequence[Clause] = ()) -> Witness | None:
    """A request (of `question`) that `new` allows and `old` does not, or None when there is none; the statements are those of `new`.

    Unknown values are read so that nothing is overlooked, so a policy with unknowns can seem wider than itself. Raises Undecided.
    """
    return Comparison(old, new, kind, Reading.POSSIBLE).gained(question)


def equivalent(one: Policy, other: Policy, kind: Kind | None) -> bool:
    """Whether the policies allow the same requests. Raises Undecided."""
    return widened(one, other, kind) is None and widened(other, one, kind) is None


def _letting_in(policy: Policy, request: Request, reading: Reading) -> tuple[int, ...] | None:
    decision = evaluate(policy, request, reading=reading)
    return tuple([statement.index for statement in decision.statements]) if decision.outcome is Outcome.ALLOWED else None


def _sides(space: Space, policy: Policy, *, certain: bool) -> tuple[list[tuple[int, Cube]], list[tuple[int, Cube]]]:
    """What the policy's Allows and its Denies match, each with its statement's index."""
    cubes: dict[Effect, list[tuple[int, Cube]]] = {Effect.ALLOW: [], Effect.DENY: []}
    for statement in policy.statements:
        cubes[statement.effect].append((statement.index, statement_cube(space, policy, statement, certain=certain)))
    return cubes[Effect.ALLOW], cubes[Effect.DENY]
