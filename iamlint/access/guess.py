"""Which request, made of a statement's own values, is likely to be allowed, so that most questions need no search?

What is given here is sent by somebody, as `facts` has it; whether it is allowed, evaluation has to say.
"""

from __future__ import annotations

from iamlint.access.evaluation.request import DERIVED_KEYS, Request
from iamlint.access.plain import can_say, told_by
from iamlint.access.sets.fixed_sets import fixed_texts
from iamlint.knowledge.keys import Presence, excludes, presence
from iamlint.policy.pattern import Variable, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from iamlint.access.evaluation.request import ContextValue
    from iamlint.policy.statement import Policy, Statement

# What facts about policies other than trust policies are about.
_ACTION = "any:action"


def guessed(policy: Policy, statement: Statement, plain: Request, tested: Collection[str], settled: Collection[str]) -> Request | None:
    """`plain` with the first value of each condition of `statement` on one of the keys `tested` that is not `settled`; None for no guess.

    Keys of the action's own service get no value that the policy fixes.
    """
    told = told_by(statement.conditions)
    if told is None:
        return None
    service = plain.action.partition(":")[0].lower() + ":"
    context = dict(plain.context)
    for key in told.keys() - set(settled):
        value = _filled(told[key], plain)
        if value is None or (key.startswith(service) and "requesttag/" not in key and _is_fixed(policy, key, value)):
            return None
        context[key] = value
    request = Request(plain.action, plain.caller, plain.resource, context)
    return request if all(_is_usual(request, key) for key in tested) else None


def _filled(value: ContextValue, plain: Request) -> ContextValue | None:
    """A value with what stands for its variable, where it is nothing but one; None where it has others."""
    if not isinstance(value, str) or "${" not in value:
        return value
    parts = split(value)
    return plain.value(parts[0].key.lower()) if len(parts) == 1 and isinstance(parts[0], Variable) else None


def _is_fixed(policy: Policy, key: str, value: ContextValue) -> bool:
    fixed = fixed_texts(policy, key)
    return any(map(fixed.has, (value,) if isinstance(value, str) else value))


def _is_usual(request: Request, key: str) -> bool:
    """Whether the request may carry `key`, or lack it, as it does."""
    if key in DERIVED_KEYS:
        return True
    value, usual = request.context.get(key), presence(key, request.caller.kind, _ACTION)
    if value is None:
        return usual is not Presence.ALWAYS
    return usual is not Presence.NEVER and can_say(request.caller, key, value) and excludes(key).isdisjoint(request.context)
