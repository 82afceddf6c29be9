"""Why does each statement of a policy apply, or not apply, to one request?"""

from __future__ import annotations

from iamlint.access.evaluation.evaluate import Reading, action_applies, holds, principal_applies, resource_applies
from iamlint.access.evaluation.scope import Scope, is_open_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.evaluation.request import Request
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Policy, Statement


def explain(policy: Policy, request: Request, *, reading: Reading = Reading.CERTAIN) -> tuple[str, ...]:
    """One line per statement that says what decided: it allows, it denies, or why it does not apply."""
    scope = Scope(request, policy.variables, reading is Reading.POSSIBLE)
    return tuple(f"statement {statement.index} {_verdict(statement, scope)}" for statement in policy.statements)


def _verdict(statement: Statement, scope: Scope) -> str:
    denies = statement.denies
    obstacle = _obstacle(statement, scope.opposite if denies else scope)
    if obstacle is not None:
        return f"does not apply: {obstacle}"
    return "denies" if denies else "allows"


def _obstacle(statement: Statement, scope: Scope) -> str | None:
    """The first thing that keeps `statement` from applying."""
    if not action_applies(statement, scope):
        return _action_obstacle(statement, scope.request)
    if not principal_applies(statement, scope):
        excepted = statement.principals is not None and statement.principals.negated
        return "its NotPrincipal excepts the caller" if excepted else "its principals do not include the caller"
    if not resource_applies(statement, scope):
        return _resource_obstacle(statement, scope.request)
    return next((_refusal(condition, scope) for condition in statement.conditions if not holds(condition, scope)), None)


def _action_obstacle(statement: Statement, request: Request) -> str:
    if statement.actions is None:
        return "it has no actions"
    return f"`{request.action}` is {'in its NotAction' if statement.actions.negated else 'not among its actions'}"


def _resource_obstacle(statement: Statement, request: Request) -> str:
    negated = statement.resources is not None and statement.resources.negated
    if request.resource is None:
        return "its NotResource covers everything" if negated else "the request has no resource, and only `*` matches that"
    return f"`{request.resource}` is {'in its NotResource' if negated else 'not among its resources'}"


def _refusal(condition: Condition, scope: Scope) -> str:
    """Why `condition` does not hold."""
    operator, key = condition.operator, condition.key
    if is_open_key(key):
        return f"the source leaves the key `{key}` open"
    value = scope.request.value(key.lower())
    if operator.is_null:
        return f"{key} is {'absent' if value is None else 'present'}, which {operator.text} refuses"
    if value is None:
        return f"{key} is absent and {operator.text} needs it"
    if isinstance(value, str):
        return f"{key} is `{value}`, which {operator.text} refuses"
    if not operator.quantified:
        return f"{key} has a list of values and {operator.text} has no set operator"
    return f"{key} is {', '.join(f'`{one}`' for one in value)}, which {operator.text} refuses"
