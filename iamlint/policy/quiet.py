"""Which conditions of a policy does a rule have to look at?

The same conditions stand in policy after policy, and most of them give nothing to say, whatever policy they stand in.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Policy, Statement

    IsQuiet: TypeAlias = Callable[[Condition], bool]


def others(policy: Policy, is_quiet: IsQuiet) -> Sequence[tuple[Statement, Condition]]:
    """The conditions of a policy that are not quiet, each with its statement."""
    return [(statement, one) for statement in policy.statements for one in statement.conditions if not is_quiet(one)]
