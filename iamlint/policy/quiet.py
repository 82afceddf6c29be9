"""Which conditions of a policy does a rule have to look at?

The same conditions stand in policy after policy: of most of them it is known already that there is nothing to say.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from iamlint.policy.condition import Condition, Test
    from iamlint.policy.statement import Policy, Statement

    Placed: TypeAlias = "tuple[Statement, Condition]"

# How many conditions a rule remembers.
_MOST = 1 << 12


class Quiet:
    """The conditions that are quiet by themselves, whatever policy they stand in: those for which `is_quiet` was true are remembered."""

    __slots__ = ("_is_quiet", "_known")

    def __init__(self, is_quiet: Callable[[Condition], bool]) -> None:
        self._is_quiet = is_quiet
        self._known: set[Test] = set()

    def others(self, policy: Policy) -> Sequence[Placed]:
        """The conditions of a policy that are not quiet, each with its statement."""
        if self._known.issuperset(policy.tests):
            return ()
        return [(statement, condition) for statement in policy.statements for condition in statement.conditions if self._speaks(condition)]

    def _speaks(self, condition: Condition) -> bool:
        test = condition.test
        if test in self._known:
            return False
        if not self._is_quiet(condition):
            return True
        if len(self._known) < _MOST:
            self._known.add(test)
        return False
