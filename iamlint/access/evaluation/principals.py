"""Which callers does a Principal or NotPrincipal element name, and how closely?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html and, for the links of a chain,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html.
"""

from __future__ import annotations

from iamlint.access.evaluation.match import arn_fields, equals
from iamlint.access.evaluation.scope import Scope, is_open
from iamlint.enumeration import Enumeration
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.policy.condition import Unknown
from iamlint.policy.principal import Form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamlint.access.evaluation.request import Caller
    from iamlint.policy.principal import Principal, Principals


class Level(Enumeration):
    """How closely a policy names the caller, which decides what else must allow the request."""

    DIRECT = "direct"
    ROLE = "role"
    ACCOUNT = "account"
    WILDCARD = "wildcard"


NOBODY: frozenset[Level] = frozenset()
_TYPES = {
    CallerKind.SERVICE: "Service",
    CallerKind.WEB_IDENTITY: "Federated",
    CallerKind.SAML: "Federated",
    CallerKind.CANONICAL: "CanonicalUser",
}
_KINDS = {
    Form.USER: CallerKind.USER,
    Form.ROLE: CallerKind.ROLE,
    Form.FEDERATED_USER: CallerKind.FEDERATED_USER,
    Form.SERVICE: CallerKind.SERVICE,
    Form.OIDC: CallerKind.WEB_IDENTITY,
    Form.SAML: CallerKind.SAML,
    Form.CANONICAL: CallerKind.CANONICAL,
}


def named_levels(principals: Principals, scope: Scope) -> frozenset[Level]:
    """The levels at which the element covers the request's caller; none when it does not."""
    caller = scope.request.caller
    entries = principals.concerning(caller.account)
    if principals.negated:
        return NOBODY if _excepted(entries, caller, scope) else frozenset({Level.WILDCARD})
    levels = [level for entry in entries for level in _levels(entry, caller, scope)]
    return frozenset(levels) if levels else NOBODY


def _levels(entry: Principal, caller: Caller, scope: Scope) -> tuple[Level, ...]:
    level = _level(entry, caller)
    if level is not None:
        return (level,)
    if scope.may and (entry.form is Form.UNKNOWN or is_open(entry.text)):
        return _possible_levels(entry, caller, scope)
    return ()


def _level(entry: Principal, caller: Caller) -> Level | None:
    match entry.form:
        case Form.EVERYONE:
            # "*" and {"AWS": "*"} are equal: both cover unsigned requests and services.
            everyone = entry.type in ("*", "AWS") or entry.type == _TYPES.get(caller.kind)
            return Level.WILDCARD if everyone else None
        case Form.ACCOUNT:
            return Level.ACCOUNT if caller.kind in IAM_CALLERS and _in_account(entry, caller) else None
        case Form.USER | Form.FEDERATED_USER:
            return Level.DIRECT if _is_identity(entry, caller) else None
        case Form.ROLE:
            return Level.ROLE if _is_identity(entry, caller) else None
        case Form.SESSION:
            return Level.DIRECT if _is_session(entry, caller) else None
        case Form.SERVICE | Form.CANONICAL:
            return Level.DIRECT if caller.kind is _KINDS[entry.form] and caller.name in (entry.name, entry.text) else None
        case Form.OIDC | Form.SAML:
            return Level.DIRECT if caller.kind is _KINDS[entry.form] and _is_provider(entry, caller.name) else None
        case Form.UNKNOWN | Form.DELETED | Form.INVALID:
            return None


def _in_account(entry: Principal, caller: Caller) -> bool:
    return caller.account == entry.account and entry.partition in ("", caller.partition)


def _is_identity(entry: Principal, caller: Caller) -> bool:
    return caller.kind is _KINDS[entry.form] and caller.name == entry.name and _in_account(entry, caller)


def _is_session(entry: Principal, caller: Caller) -> bool:
    """Whether the caller is the session; its ARN lacks the path of the role, whose name is unique in an account."""
    if caller.kind is not CallerKind.ROLE or caller.session != entry.session:
        return False
    return caller.name.rpartition("/")[2] == entry.name and _in_account(entry, caller)


def _is_provider(entry: Principal, name: str) -> bool:
    """Whether `name` is the provider's; a partition that the source leaves open can only be that of the account."""
    fields = arn_fields(name)
    if name == entry.text or fields is None:
        return name == entry.text or (name == entry.name and not entry.text.startswith("arn:"))
    if not entry.account or entry.partition not in ("", fields[1]):
        return False
    return fields[4] == entry.account and fields[5].partition("/")[2] == entry.name


def _possible_levels(entry: Principal, caller: Caller, scope: Scope) -> tuple[Level, ...]:
    """The levels at which an entry that the source leaves open names `caller` for some value of the unknown."""
    # What a template's function gives is unknown as a whole, whatever the function's own text says.
    text = entry.text if is_open(entry.text) and not entry.text.startswith("!") else Unknown(entry.text)
    plain = Scope(scope.request, False, True)
    names = (*_names(caller), ("AWS", "*", Level.WILDCARD))
    return tuple(level for type, name, level in names if entry.type in (type, "*") and equals(text, name, plain))


def _names(caller: Caller) -> tuple[tuple[str, str, Level], ...]:
    """Every principal that names `caller` (but `*`): its type, text and level."""
    if caller.kind in _TYPES:
        return ((_TYPES[caller.kind], caller.name, Level.DIRECT),)
    if caller.kind is CallerKind.ANONYMOUS:
        return ()
    own = Level.ROLE if caller.kind is CallerKind.ROLE else Level.DIRECT
    texts = (
        (caller.account, Level.ACCOUNT),
        (f"arn:{caller.partition}:iam::{caller.account}:root", Level.ACCOUNT),
        (caller.arn if caller.kind is not CallerKind.ROOT else None, own),
        (caller.session_arn, Level.DIRECT),
    )
    return tuple(("AWS", text, level) for text, level in texts if text is not None)


def _excepted(entries: Sequence[Principal], caller: Caller, scope: Scope) -> bool:
    """Whether a NotPrincipal with these entries leaves `caller` alone: every link of its chain is listed.

    One that denies always applies to a principal with a permissions boundary, whatever it lists.
    """
    if scope.bounded:
        return False
    opposite = scope.opposite
    listed = {level for entry in entries for level in _levels(entry, caller, opposite)}
    return Level.WILDCARD in listed or _links(caller) <= listed


def _links(caller: Caller) -> frozenset[Level]:
    if caller.kind is CallerKind.ROOT:
        return frozenset({Level.ACCOUNT})
    if caller.kind is CallerKind.ROLE and caller.session:
        return frozenset({Level.ACCOUNT, Level.ROLE, Level.DIRECT})
    if caller.kind is CallerKind.ROLE:
        return frozenset({Level.ACCOUNT, Level.ROLE})
    return frozenset({Level.ACCOUNT, Level.DIRECT}) if caller.kind in IAM_CALLERS else frozenset({Level.DIRECT})
