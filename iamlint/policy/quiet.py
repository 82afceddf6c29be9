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

# Beyond so many a rule remembers no more conditions.
_MOST = 1 << 12


class Quiet:
    """The conditions that are quiet by themselves, whatever policy they stand in: what `is_quiet` says of each is remembered."""

    __slots__ = ("_is_quiet", "_others", "_quiet")

    def __init__(self, is_quiet: Callable[[Condition], bool]) -> None:
        self._is_quiet = is_quiet
        self._quiet: set[Test] = set()
        self._others: set[Test] = set()

    def others(self, policy: Policy) -> Sequence[Placed]:
        """The conditions of a policy that are not quiet, each with its statement."""
        tests = policy.tests
        if self._quiet.issuperset(tests):
            return ()
        others = tests - self._quiet
        unseen = others - self._others
        if unseen:
            examples = policy.examples
            quiet = {test for test in unseen if self._is_quiet(examples[test])}
            others -= quiet
            if len(self._quiet) + len(self._others) < _MOST:
                self._quiet |= quiet
                self._others |= unseen - quiet
        if not others:
            return ()
        return [(statement, one) for statement in policy.statements for one in statement.conditions if one.test in others]
