"""How much may a question still cost before it is given up as not decided?"""

from __future__ import annotations

# The states a search for a string may visit before it gives up; a question that needs more is reported as not decided.
BUDGET = 60_000
OVERLAP = "the patterns overlap in too many ways"
# Together these let the worst question run for a few seconds. Most questions about the policies that AWS publishes cost a hundredth
# of them, the hardest more than half.
STEPS = 200_000
STATES = 3 * BUDGET

# A request that is put together costs as much as this many steps.
ATTEMPT = 50


class Undecided(Exception):
    """A question that could not be decided within its bound; the message says which."""


class Effort:
    """What is left of a question's bound: steps of its search, and states that searches for strings may visit."""

    __slots__ = ("states", "steps")

    def __init__(self, steps: int = STEPS, states: int = STATES) -> None:
        self.steps = steps
        self.states = states

    def renew(self) -> Effort:
        """The whole bound again, for the next question."""
        self.steps, self.states = STEPS, STATES
        return self

    def spend(self, cost: int) -> None:
        """Counts `cost` steps; raises Undecided beyond the bound."""
        self.steps -= cost
        if self.steps < 0:
            raise Undecided("the policy combines too many conditions")

    def check(self) -> None:
        """Raises Undecided when the searches for strings have visited too many states."""
        if self.states < 0:
            raise Undecided(OVERLAP)
