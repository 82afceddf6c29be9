"""Is there a request that the world holds, that lies in every clause of a question, and that evaluation confirms?"""

from __future__ import annotations

from iamlint.access.evaluation.request import Witness
from iamlint.access.search.facts import fact_clauses
from iamlint.access.search.solve import propagated, regions
from iamlint.access.search.space import Space
from iamlint.access.search.witness import requests
from iamlint.access.sets.effort import Undecided

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from iamlint.access.evaluation.request import Request
    from iamlint.access.search.cube import Clause
    from iamlint.access.search.solve import Region
    from iamlint.policy.document import Kind
    from iamlint.policy.statement import Policy

# How many regions may turn out not to hold the request they promised before a question is given up.
TRIES = 64


class Search:
    """The requests that questions about some policies of a kind are about; made once, asked often.

    Without `kind` no fact about the world is assumed: every request that can be written down counts.
    """

    __slots__ = ("_begun", "_known_keys", "_spelling", "kind", "policies", "space")

    def __init__(self, policies: tuple[Policy, ...], kind: Kind | None) -> None:
        self.policies = policies
        self.kind = kind
        self.space = Space(policies)
        self._known_keys = -1
        self._begun: tuple[Region, list[Clause]] | Undecided | None = None
        self._spelling: dict[str, str] | None = None

    def find(self, clauses: Sequence[Clause], confirm: Callable[[Request], tuple[int, ...] | None]) -> Witness | None:
        """A request in every one of `clauses` that `confirm` gives statements for; None when there is none.

        Raises Undecided when the search exceeds its bound, or finds regions of which no request is confirmed.
        """
        effort = self.space.effort.renew()
        if self._known_keys != len(self.space.keys) and self._contradict(clauses):
            return None
        begun = self._start()
        if begun is None:
            return None
        tries = 0
        try:
            for region in regions(begun[0], [*clauses, *begun[1]], effort):
                if self.space.relations and _refuted(self.space, region):
                    continue
                for request in requests(self.space, region, self._spelled()):
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

    def _contradict(self, clauses: Sequence[Clause]) -> bool:
        """Whether no request at all is in every clause: a look that spares the facts about the world where they make no difference."""
        try:
            return propagated(self.space.region, clauses, self.space.effort.renew()) is None
        except Undecided:
            return False

    def _start(self) -> tuple[Region, list[Clause]] | None:
        """All requests that the world holds: the region they lie in, and the facts that leave several ways."""
        if self._known_keys != len(self.space.keys):
            facts = fact_clauses(self.space, self.policies, self.kind) if self.kind is not None else ()
            # Asking for facts can bring new keys into the space.
            self._known_keys = len(self.space.keys)
            try:
                self._begun = propagated(self.space.region, facts, self.space.effort.renew())
            except Undecided as reason:
                self._begun = reason
        if isinstance(self._begun, Undecided):
            raise self._begun
        if self._begun is None or len(self._begun[0]) == len(self.space.region):
            return self._begun
        return {**self.space.region, **self._begun[0]}, self._begun[1]

    def _spelled(self) -> dict[str, str]:
        if self._spelling is None:
            self._spelling = _spelling(self.policies)
        return self._spelling


def _refuted(space: Space, region: Region) -> bool:
    from iamlint.access.search.refute import refuted

    return refuted(space, region)


def _spelling(policies: tuple[Policy, ...]) -> dict[str, str]:
    """How names that are compared ignoring case are written: by AWS where that is known, else by the policy."""
    from iamlint.knowledge.keys import canonical_key
    from iamlint.knowledge.sts import TRUST_ACTIONS

    found = {action.lower(): action for action in TRUST_ACTIONS}
    for statement in [statement for policy in policies for statement in policy.statements]:
        for condition in statement.conditions:
            found.setdefault(condition.key.lower(), canonical_key(condition.key))
        for value in statement.actions.values if statement.actions is not None else ():
            if isinstance(value, str) and "*" not in value and "?" not in value:
                found.setdefault(value.lower(), value)
    return found
