"""Which actions does a caller need of a role that the policy does not give it?"""

from __future__ import annotations

from iamlint.access.acting import services_of
from iamlint.access.evaluation.evaluate import action_applies, principal_applies
from iamlint.access.evaluation.request import Caller, Request
from iamlint.access.evaluation.scope import Scope
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.sts import callers_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.access import Access
    from iamlint.access.search.cube import Clause
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement


def naming(access: Access, service: str) -> Iterator[tuple[Statement, Principal]]:
    """The Allows that name the service, each with its entry."""
    for statement in access.policy.statements:
        for entry in services_of(statement):
            if entry.name.lower() == service:
                yield statement, entry


def lacking(access: Access, entry: Principal, actions: Sequence[str]) -> tuple[str, ...]:
    """Those of `actions` that no Allow gives the service, conditions aside; none where the policy is not all known."""
    if not access.policy.complete:
        return ()
    from iamlint.access.search.question import caller_is, provider_is

    who = (caller_is(CallerKind.SERVICE), provider_is(entry.text))
    return tuple([action for action in actions if not (_is_plainly_given(access, entry, action) or is_given(access, who, action))])


def _is_plainly_given(access: Access, entry: Principal, action: str) -> bool:
    """Whether an Allow names both the service and the action, which needs no search."""
    scope = Scope(Request(action, Caller(CallerKind.SERVICE, entry.text)), access.policy.variables, may=True)
    for statement in access.policy.statements:
        if statement.allows and action_applies(statement, scope) and principal_applies(statement, scope):
            return statement.resources is None and CallerKind.SERVICE in callers_of(action)
    return False


def is_given(access: Access, who: Sequence[Clause], action: str) -> bool:
    """Whether some Allow gives such callers the action, conditions aside."""
    from iamlint.access.search.question import action_is

    return any(
        access.matches(statement, (action_is(action), *who), certain=False, without=statement.conditions) is not None
        for statement in access.policy.statements
        if statement.allows
    )
