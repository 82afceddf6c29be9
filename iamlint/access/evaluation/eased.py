"""Which conditions of a policy kept a request out?"""

from __future__ import annotations

from iamlint.access.evaluation.evaluate import (
    Reading,
    action_applies,
    condition_holds,
    principal_applies,
    resource_applies,
    statement_applies,
)
from iamlint.access.evaluation.scope import Scope

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.evaluation.request import Request
    from iamlint.policy.statement import Policy


def kept_out_by(policy: Policy, request: Request) -> tuple[str, ...]:
    """The keys on which the policy refuses the request, where it lets it in but for them; none where that takes more, as another principal.

    Of several Allows that could let it in, the one with the fewest such keys decides.
    """
    scope = Scope(request, policy.variables, False)
    found: list[tuple[str, ...]] = []
    for statement in policy.statements:
        if statement.denies:
            if statement_applies(statement, request, policy.variables, Reading.POSSIBLE):
                return tuple(dict.fromkeys([condition.key for condition in statement.conditions]))
        elif action_applies(statement, scope) and principal_applies(statement, scope) and resource_applies(statement, scope):
            failing = [one for one in statement.conditions if not condition_holds(one, request, policy.variables, Reading.CERTAIN)]
            found.append(tuple(dict.fromkeys([condition.key for condition in failing])))
    return min(found, key=len, default=())
