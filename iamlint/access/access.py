"""What does a document allow?

An `Access` is made once for a document and answers questions about it. A question is a list of clauses (see `question`); an answer is a `Witness`, a
request that evaluation has confirmed, or None after a completed search. What cannot be decided within its bound raises `Undecided`.
"""

from __future__ import annotations

from iamlint.access.cube import Cube, not_clause, not_cube
from iamlint.access.evaluate import Outcome, Reading, evaluate, statement_applies
from iamlint.access.facts import fact_clauses
from iamlint.access.glob import EVERYTHING, Undecided
from iamlint.access.solve import Effort, propagated, regions
from iamlint.access.space import Space
from iamlint.access.statements import action_glob, statement_cube
from iamlint.access.witness import requests
from iamlint.policy.pattern import has_hole
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from iamlint.access.cube import Clause
    from iamlint.access.evaluate import Decision
    from iamlint.access.glob import Glob
    from iamlint.access.request import Request
    from iamlint.access.solve import Region
    from iamlint.policy.condition import Condition
    from iamlint.policy.document import Document, Kind
    from iamlint.policy.statement import Policy, Statement

# How many regions may turn out not to hold the request they promised before a question is given up.
TRIES = 64


class Witness:
    """A request that proves an answer, and the statements (counted from 0) that let it through or, for a proof of the contrary, stop it."""

    __slots__ = ("request", "statements")

    def __init__(self, request: Request, statements: tuple[int, ...]) -> None:
        self.request = request
        self.statements = statements


class Access:
    """The requests that one policy of a kind allows.

    Questions are about what the policy allows by itself. `certain` (the usual reading) asks what is allowed whatever the unknown values in
    the policy are; without it, what is allowed for some of them.
    """

    __slots__ = ("_begun", "_cubes", "_granted", "_known_keys", "_space", "_spelling", "kind", "policy")

    def __init__(self, policy: Policy, kind: Kind) -> None:
        self.policy = policy
        self.kind = kind
        self._space: Space | None = None
        self._cubes: dict[tuple[int, bool], Cube] = {}
        self._known_keys = -1
        self._begun: tuple[Region, list[Clause]] | None = None
        self._spelling: dict[str, str] | None = None
        self._granted: tuple[Glob, ...] | None = None

    @property
    def space(self) -> Space:
        """What the policy tells apart, made when the first search needs it: of most policies nothing has to be searched."""
        if self._space is None:
            self._space = Space((self.policy,))
        return self._space

    def meets(self, question: Sequence[Clause], *, certain: bool = True, statements: Collection[int] | None = None) -> Witness | None:
        """A request of `question` that the policy allows, or None when it allows none; `statements` limits the Allows that count."""
        allows = tuple(
            self.cube(statement, certain)
            for statement in self.policy.statements
            if statement.effect is Effect.ALLOW and (statements is None or statement.index in statements)
        )
        if not allows:
            return None
        denies = [not_cube(self.cube(statement, certain)) for statement in self._denies()]
        return self._search([*question, allows, *denies], lambda request: self._allowed(request, certain))

    def covers(self, question: Sequence[Clause], *, certain: bool = True) -> Witness | None:
        """A request of `question` that the policy does *not* allow, or None when it allows every one."""
        allows = tuple(self.cube(statement, certain) for statement in self.policy.statements if statement.effect is Effect.ALLOW)
        denies = tuple(self.cube(statement, certain) for statement in self._denies())
        return self._search([*question, (not_clause(allows), *denies)], lambda request: self._refused(request, certain))

    def matches(
        self, statement: Statement, question: Sequence[Clause] = (), *, certain: bool = True, without: Iterable[Condition] = ()
    ) -> Witness | None:
        """A request of `question` that `statement` matches (with the conditions `without` left aside), whatever other statements say."""
        left_out = tuple(without)
        cube = statement_cube(self.space, self.policy, statement, certain=certain, without=left_out) if left_out else self.cube(statement, certain)
        return self._search([*question, (cube,)], lambda request: self._applies(statement, request, certain, left_out))

    def reaches(self, actions: Sequence[str]) -> bool:
        """Whether some Allow could match one of `actions` by its pattern alone; without `actions`, whether there is an Allow.

        A look that spares searches: False is sure, True is not.
        """
        if self._granted is None:
            self._granted = _granted(self.policy)
        if not actions:
            return bool(self._granted)
        return any("*" in action or any(glob.matches(action.lower()) for glob in self._granted) for action in actions)

    def cube(self, statement: Statement, certain: bool) -> Cube:
        """The requests that `statement` matches."""
        key = (statement.index, certain)
        if key not in self._cubes:
            self._cubes[key] = statement_cube(self.space, self.policy, statement, certain=certain)
        return self._cubes[key]

    def _denies(self) -> Iterable[Statement]:
        return (statement for statement in self.policy.statements if statement.effect is Effect.DENY)

    def _start(self) -> tuple[Region, list[Clause]] | None:
        """All requests that the world holds: the region they lie in, and the facts that leave several ways."""
        if self._known_keys != len(self.space.keys):
            self._known_keys = len(self.space.keys)
            facts = fact_clauses(self.space, (self.policy,), self.kind)
            # Asking for facts can bring new keys into the space.
            self._known_keys = len(self.space.keys)
            self._begun = propagated(self.space.region, facts, Effort())
        if self._begun is None or len(self._begun[0]) == len(self.space.region):
            return self._begun
        return {**self.space.region, **self._begun[0]}, self._begun[1]

    def _search(self, clauses: list[Clause], confirm: Callable[[Request], tuple[int, ...] | None]) -> Witness | None:
        begun = self._start()
        if begun is None:
            return None
        try:
            tries = 0
            for region in regions(begun[0], [*clauses, *begun[1]], Effort()):
                for request in requests(self.space, region, self.spelling()):
                    statements = confirm(request)
                    if statements is not None:
                        return Witness(request, statements)
                tries += 1
                if tries >= TRIES:
                    break
        except RecursionError:
            raise Undecided("the policy combines too many statements") from None
        if tries:
            raise Undecided("no concrete request could be made of what the search found")
        return None

    def _allowed(self, request: Request, certain: bool) -> tuple[int, ...] | None:
        decision = self._decision(request, certain)
        return _indexes(decision) if decision.outcome is Outcome.ALLOWED else None

    def _refused(self, request: Request, certain: bool) -> tuple[int, ...] | None:
        decision = self._decision(request, certain)
        return None if decision.outcome is Outcome.ALLOWED else _indexes(decision)

    def _decision(self, request: Request, certain: bool) -> Decision:
        return evaluate(self.policy, request, reading=Reading.CERTAIN if certain else Reading.POSSIBLE)

    def _applies(
        self, statement: Statement, request: Request, certain: bool, without: tuple[Condition, ...]
    ) -> tuple[int, ...] | None:
        reading = Reading.CERTAIN if certain else Reading.POSSIBLE
        target = _less(statement, without) if without else statement
        return (statement.index,) if statement_applies(target, request, self.policy.variables, reading) else None

    def spelling(self) -> dict[str, str]:
        """How names that are compared ignoring case are written: by AWS where it is known, else by the policy."""
        if self._spelling is None:
            self._spelling = _spelling(self.policy)
        return self._spelling


def _indexes(decision: Decision) -> tuple[int, ...]:
    return tuple(statement.index for statement in decision.statements)


def _granted(policy: Policy) -> tuple[Glob, ...]:
    found: set[Glob] = set()
    for statement in policy.statements:
        if statement.effect is not Effect.ALLOW or statement.actions is None:
            continue
        if statement.actions.negated:
            return (EVERYTHING,)
        found.update(action_glob(value) if isinstance(value, str) and not has_hole(value) else EVERYTHING for value in statement.actions.values)
    return tuple(found)


def _less(statement: Statement, without: tuple[Condition, ...]) -> Statement:
    from iamlint.policy.statement import Statement as Made

    return Made(
        statement.index,
        statement.effect,
        sid=statement.sid,
        principals=statement.principals,
        actions=statement.actions,
        resources=statement.resources,
        conditions=tuple(condition for condition in statement.conditions if condition not in without),
        route=statement.route,
    )


def _spelling(policy: Policy) -> dict[str, str]:
    from iamlint.knowledge.keys import canonical_key
    from iamlint.knowledge.sts import TRUST_ACTIONS

    found = {action.lower(): action for action in TRUST_ACTIONS}
    for statement in policy.statements:
        for condition in statement.conditions:
            found.setdefault(condition.key.lower(), canonical_key(condition.key))
        for value in statement.actions.values if statement.actions is not None else ():
            if isinstance(value, str) and "*" not in value and "?" not in value:
                found.setdefault(value.lower(), value)
    return found
