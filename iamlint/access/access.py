"""What does a document allow?

An `Access` is made once for a document and answers questions about it. A question is a list of clauses (see `question`); an answer is a
`Witness`, a request that evaluation has confirmed, or None after a completed search. What cannot be decided within its bound raises
`Undecided`. Of most policies nothing has to be searched, so what searches is loaded when it is needed.
"""

from __future__ import annotations

from functools import cache

from iamlint.access.search.cube import Cube, not_clause, not_cube
from iamlint.access.sets.fits import fits
from iamlint.policy.pattern import has_hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from iamlint.access.evaluation.evaluate import Decision
    from iamlint.access.evaluation.request import Request, Witness
    from iamlint.access.everything import Everything
    from iamlint.access.grants import Grants
    from iamlint.access.search.cube import Clause
    from iamlint.access.search.search import Search
    from iamlint.access.search.space import Space
    from iamlint.access.whole import Whole
    from iamlint.policy.condition import Condition
    from iamlint.policy.document import Kind
    from iamlint.policy.statement import Policy, Statement


class Access:
    """The requests that one policy of a kind allows.

    Questions are about what the policy allows by itself. `certain` (the usual reading) asks what is allowed whatever the unknown values in
    the policy are; without it, what is allowed for some of them. Without `kind` no fact about the world is assumed.
    `answers`, `services` and `wide` are for those who ask the same question more than once.
    """

    __slots__ = ("_cubes", "_denies", "_granted", "_grants", "_search", "answers", "kind", "policy", "services", "wide")

    def __init__(self, policy: Policy, kind: Kind | None) -> None:
        self.policy = policy
        self.kind = kind
        self.answers: dict[str, Witness | None] = {}
        self.services: dict[str, Sequence[Whole]] | None = None
        self.wide: tuple[Everything | None] | None = None
        self._search: Search | None = None
        self._denies: Sequence[Statement] | None = None
        self._cubes: dict[tuple[int, bool], Cube] = {}
        self._granted: tuple[frozenset[str], tuple[str, ...]] | None = None
        self._grants: Grants | None = None

    @property
    def space(self) -> Space:
        """What the policy tells apart, made when the first search needs it: of most policies nothing has to be searched."""
        return self._searching().space

    def _searching(self) -> Search:
        if self._search is None:
            from iamlint.access.search.search import Search

            self._search = Search((self.policy,), self.kind)
        return self._search

    def meets(self, question: Sequence[Clause], *, certain: bool = True, statements: Collection[int] | None = None) -> Witness | None:
        """A request of `question` that the policy allows, or None when it allows none; `statements` limits the Allows that count."""
        allowing = [
            self.cube(statement, certain)
            for statement in self.policy.statements
            if statement.allows and (statements is None or statement.index in statements)
        ]
        # One with a clause that nothing fulfils lets nothing in.
        allows = tuple([cube for cube in allowing if all(cube.clauses)])
        if not allows:
            return None
        denies = [not_cube(self.cube(statement, certain)) for statement in self.denies]
        return self._searching().find([*question, allows, *denies], lambda request: self._allowed(request, certain))

    def covers(self, question: Sequence[Clause], *, certain: bool = True) -> Witness | None:
        """A request of `question` that the policy does *not* allow, or None when it allows every one."""
        allows = tuple(self.cube(statement, certain) for statement in self.policy.statements if statement.allows)
        denies = tuple(self.cube(statement, certain) for statement in self.denies)
        return self._searching().find([*question, (not_clause(allows), *denies)], lambda request: self._refused(request, certain))

    def matches(
        self, statement: Statement, question: Sequence[Clause] = (), *, certain: bool = True, without: Iterable[Condition] = ()
    ) -> Witness | None:
        """A request of `question` that `statement` matches (with the conditions `without` left aside), whatever other statements say."""
        left_out = tuple(without)
        cube = self.cube(statement, certain)
        if left_out:
            from iamlint.access.search.statements import statement_cube

            cube = statement_cube(self.space, self.policy, statement, certain=certain, without=left_out)
        return self._searching().find([*question, (cube,)], lambda request: self._applies(statement, request, certain, left_out))

    def confirmed(self, request: Request) -> Witness | None:
        """`request` as a proof that the policy allows it; None when it does not."""
        from iamlint.access.evaluation.request import Witness

        statements = self._allowed(request, certain=True)
        return Witness(request, statements) if statements is not None else None

    def reaches(self, actions: Sequence[str]) -> bool:
        """Whether some Allow could match one of `actions` by its pattern alone; without `actions`, whether there is an Allow.

        A look that spares searches: False is sure, True is not.
        """
        if self._granted is None:
            self._granted = _granted(self.policy)
        names, patterns = self._granted
        if not actions:
            return bool(names or patterns)
        for action in actions:
            name = action.lower()
            if "*" in name or name in names:
                return True
            for pattern in patterns:
                if fits(pattern, name):
                    return True
        return False

    @property
    def grants(self) -> Grants:
        """The patterns of Allows by service."""
        if self._grants is None:
            self._grants = _grants_class()(self.policy)
        return self._grants

    @property
    def denies(self) -> Sequence[Statement]:
        """The Denies."""
        if self._denies is None:
            self._denies = [statement for statement in self.policy.statements if statement.denies]
        return self._denies

    def cube(self, statement: Statement, certain: bool) -> Cube:
        """The requests that `statement` matches."""
        key = (statement.index, certain)
        if key not in self._cubes:
            from iamlint.access.search.statements import statement_cube

            self._cubes[key] = statement_cube(self.space, self.policy, statement, certain=certain)
        return self._cubes[key]

    def _allowed(self, request: Request, certain: bool) -> tuple[int, ...] | None:
        decision = self._decision(request, certain)
        return _indexes(decision) if decision.allowed else None

    def _refused(self, request: Request, certain: bool) -> tuple[int, ...] | None:
        decision = self._decision(request, certain)
        return None if decision.allowed else _indexes(decision)

    def _decision(self, request: Request, certain: bool) -> Decision:
        from iamlint.access.evaluation.evaluate import Reading, evaluate

        return evaluate(self.policy, request, reading=Reading.CERTAIN if certain else Reading.POSSIBLE)

    def _applies(self, statement: Statement, request: Request, certain: bool, without: tuple[Condition, ...]) -> tuple[int, ...] | None:
        from iamlint.access.evaluation.evaluate import Reading, statement_applies

        # As in the statement's cube: what is certain of a Deny is that it may match.
        reading = Reading.CERTAIN if certain is statement.allows else Reading.POSSIBLE
        target = _less(statement, without) if without else statement
        return (statement.index,) if statement_applies(target, request, self.policy.variables, reading) else None


@cache
def _grants_class() -> type[Grants]:
    """Loaded for the first policy that needs it: an import that is met for each costs more than to remember."""
    from iamlint.access.grants import Grants

    return Grants


def _indexes(decision: Decision) -> tuple[int, ...]:
    return tuple(statement.index for statement in decision.statements)


def _granted(policy: Policy) -> tuple[frozenset[str], tuple[str, ...]]:
    """The actions that Allows name, in lower case, and the patterns of those that have wildcards or that the source leaves open."""
    found: set[str] = set()
    for statement in policy.statements:
        if statement.denies or statement.actions is None:
            continue
        if statement.actions.negated:
            return frozenset(), ("*",)
        found.update([value.lower() if isinstance(value, str) and not has_hole(value) else "*" for value in statement.actions.values])
    patterns = tuple([text for text in found if "*" in text or "?" in text])
    return frozenset(found.difference(patterns)), patterns


def _less(statement: Statement, without: tuple[Condition, ...]) -> Statement:
    from iamlint.access.alter import with_conditions

    return with_conditions(statement, [condition for condition in statement.conditions if condition not in without])
