"""Which requests does a statement of a trust policy spell out by itself, and can those whom it names really send them?

What is given here is sent by somebody, as `facts` has it, and needs no search; where nothing is given, a search has to say.
"""

from __future__ import annotations

from iamlint.access.evaluation.request import DERIVED_KEYS, Caller, Request
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import (
    Presence,
    excludes,
    has_value_format,
    is_multivalued,
    key_type,
    presence,
    split_claim,
    value_format,
    values_for,
)
from iamlint.knowledge.sts import ASSUME_ROLE, assume_action_for, callers_of
from iamlint.policy.operator import Family
from iamlint.policy.principal import Form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.access.evaluation.request import ContextValue
    from iamlint.policy.condition import Condition
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement

_TEXTS = (Family.STRING, Family.ARN, Family.BOOL)
_BOOLEANS = ("true", "false")
_NO_TEXT = ("Numeric", "Date", "IPAddress")
_SERVICES = (".amazonaws.com", ".amazonaws.com.cn")
_ANYBODY = "Outsider"
_EXTERNAL_ID = "sts:externalid"


def plain_requests(statement: Statement, tested: Iterable[str]) -> Iterator[Request]:
    """Requests with the first value of each condition, by those whom the statement names; `tested` are the keys that its policy tests."""
    told = told_by(statement.conditions)
    if told is None or statement.principals is None or statement.principals.negated:
        return
    for entry in statement.principals.entries:
        for caller in _callers(entry):
            request = Request(_asked(statement, caller.kind), caller, context=told)
            if _is_sent(request, entry, tested):
                yield request


def told_by(conditions: Iterable[Condition]) -> dict[str, ContextValue] | None:
    """What a request says to meet the conditions that ask for a text; None where others ask for what is no text."""
    told: dict[str, ContextValue] = {}
    for condition in conditions:
        operator = condition.operator
        if operator.base.family not in _TEXTS:
            return None
        if operator.base.negated or operator.if_exists or operator.for_all or condition.key.lower() in DERIVED_KEYS:
            continue
        value = condition.values[0] if condition.values else None
        if not isinstance(value, str):
            return None
        # What a wildcard stands for hardly matters: evaluation says whether it will do.
        text = value.replace("*", "x").replace("?", "x") if operator.base.positive != "StringEquals" else value
        told.setdefault(condition.key.lower(), (text,) if _is_list(condition) else text)
    return told


def _is_list(condition: Condition) -> bool:
    several = is_multivalued(condition.key)
    return condition.operator.for_any if several is None else several


def _callers(entry: Principal) -> tuple[Caller, ...]:
    """Those whom a value names who can assume roles with nothing but their own credentials, or the token of their provider."""
    account, partition = entry.account, entry.partition or "aws"
    match entry.form:
        case Form.SERVICE if entry.text.endswith(_SERVICES):
            return (Caller(CallerKind.SERVICE, entry.text),)
        case Form.OIDC:
            return (Caller(CallerKind.WEB_IDENTITY, entry.text),)
        case Form.SAML:
            return (Caller(CallerKind.SAML, entry.text),)
        case Form.USER:
            return (Caller(CallerKind.USER, entry.name, account=account, partition=partition),)
        case Form.ROLE:
            return (Caller(CallerKind.ROLE, entry.name, account=account, partition=partition, session="session"),)
        case Form.ACCOUNT:
            role = Caller(CallerKind.ROLE, _ANYBODY, account=account, partition=partition, session="session")
            return (role, Caller(CallerKind.USER, _ANYBODY, account=account, partition=partition))
        case _:
            return ()


def _asked(statement: Statement, kind: CallerKind) -> str:
    """What such a caller asks for: to assume the role, where the statement does not name only what is asked beside it."""
    assume = assume_action_for(kind) or ASSUME_ROLE
    names = [value for value in statement.actions.values if isinstance(value, str)] if statement.actions is not None else []
    if assume in names:
        return assume
    return next((name for name in names if kind in callers_of(name)), assume)


def _is_sent(request: Request, entry: Principal, tested: Iterable[str]) -> bool:
    """Whether no fact speaks against the request: it has what such callers always send, and nothing that they never send."""
    kind, context = request.caller.kind, request.context
    for key in tested:
        if key in DERIVED_KEYS:
            continue
        claim = split_claim(key)
        own = claim is None or (entry.form is Form.OIDC and entry.name.lower() == claim[0])
        value, usual = context.get(key), presence(key, kind, request.action)
        if value is None:
            if usual is Presence.ALWAYS and own:
                return False
        elif usual is Presence.NEVER or not own or not can_say(request.caller, key, value) or not excludes(key).isdisjoint(context):
            return False
    return True


def can_say(caller: Caller, key: str, value: ContextValue) -> bool:
    """Whether the key can have the value in a request of the caller."""
    type = key_type(key)
    if type in _NO_TEXT or (key == _EXTERNAL_ID and not _says_external_id(caller)):
        return False
    only = values_for(key, caller.kind) or (_BOOLEANS if type == "Bool" else None)
    for text in (value,) if isinstance(value, str) else value:
        if (only is not None and text not in only) or (value_format(key) and not has_value_format(key, text)):
            return False
    return True


def _says_external_id(caller: Caller) -> bool:
    if caller.kind is not CallerKind.SERVICE:
        return True
    from iamlint.knowledge.services import sends_external_id

    return bool(sends_external_id(caller.name))
