"""Do the requests that a statement matches carry a key?"""

from __future__ import annotations

from functools import lru_cache

from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.knowledge.keys import Presence, find_key, is_global, is_of_some_actions, presence, split_claim
from iamlint.policy.document import Kind
from iamlint.policy.principal import Form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.policy.statement import Statement

_EVERYONE = frozenset(CallerKind)
_OWN = frozenset({CallerKind.USER, CallerKind.ROLE})
_OF_HOLDERS = (Kind.IDENTITY, Kind.BOUNDARY, Kind.SESSION)
_CALLERS: dict[Form, frozenset[CallerKind]] = {
    Form.ACCOUNT: IAM_CALLERS,
    Form.USER: frozenset({CallerKind.USER}),
    Form.ROLE: frozenset({CallerKind.ROLE}),
    Form.SESSION: frozenset({CallerKind.ROLE}),
    Form.FEDERATED_USER: frozenset({CallerKind.FEDERATED_USER}),
    Form.SERVICE: frozenset({CallerKind.SERVICE}),
    Form.OIDC: frozenset({CallerKind.WEB_IDENTITY}),
    Form.SAML: frozenset({CallerKind.SAML}),
    Form.CANONICAL: frozenset({CallerKind.CANONICAL}),
}


def never_sent(key: str, statement: Statement, kind: Kind) -> bool:
    """Whether no request that `statement` can match carries `key`; False where that is not documented."""
    if find_key(key) is None and split_claim(key) is None:
        return False
    if kind is not Kind.TRUST and not is_global(key):
        return False
    if kind in _OF_HOLDERS:
        return _never_by_holders(key)
    callers = _callers(statement, kind)
    return all(presence(key, caller, action) is Presence.NEVER for action in _actions(statement, kind) for caller in callers)


def may_never_be_sent(key: str) -> bool:
    """Whether some requests never carry `key`, going by who sends them and for which action; a look that spares a closer one."""
    found = find_key(key)
    return split_claim(key) is not None if found is None else "-" in found.senders or is_of_some_actions(key)


@lru_cache(maxsize=1024)
def _never_by_holders(key: str) -> bool:
    return all(presence(key, caller, "*") is Presence.NEVER for caller in _OWN)


def may_lack(key: str, statement: Statement, kind: Kind) -> bool:
    """Whether some request that `statement` can match may come without `key`."""
    callers = _callers(statement, kind)
    return any(presence(key, caller, action) is not Presence.ALWAYS for action in _actions(statement, kind) for caller in callers)


def may_always_be_sent(key: str) -> bool:
    """Whether some kind of caller always sends `key`; a look that spares a search."""
    found = find_key(key)
    return "A" in found.senders if found is not None else split_claim(key) is not None


def _callers(statement: Statement, kind: Kind) -> Iterable[CallerKind]:
    if kind in _OF_HOLDERS:
        return _OWN
    if kind is Kind.SCP:
        return IAM_CALLERS
    if statement.principals is None or statement.principals.negated:
        return _EVERYONE
    found: set[CallerKind] = set()
    for entry in statement.principals.entries:
        found |= _CALLERS.get(entry.form, _EVERYONE)
    return found


def _actions(statement: Statement, kind: Kind) -> Iterator[str]:
    if kind is not Kind.TRUST or statement.actions is None:
        yield "*"
        return
    from iamlint.knowledge.sts import TRUST_ACTIONS

    named = [value for value in statement.actions.values if isinstance(value, str)]
    if statement.actions.negated or len(named) < len(statement.actions.values) or any("*" in value or "?" in value for value in named):
        yield from TRUST_ACTIONS
    else:
        yield from named
