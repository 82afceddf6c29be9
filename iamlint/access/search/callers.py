"""Which callers does a Principal element let in?

An account stands for every identity in it, a role for all its sessions:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html.
"""

from __future__ import annotations

from iamlint.access.search.cube import ALWAYS, NEVER, Cube, not_clause
from iamlint.access.search.literal import Value
from iamlint.access.search.space import ACCOUNT, NAME, PARTITION, PROVIDER, SESSION, kinds_test
from iamlint.access.sets.glob import STAR, Glob, concatenation, exact, literal_item
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import Form, Principals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.access.search.cube import Clause
    from iamlint.policy.principal import Principal

IAM = kinds_test(IAM_CALLERS)
SLASH = literal_item("/")
FEDERATED = (CallerKind.WEB_IDENTITY, CallerKind.SAML)
_IDENTITIES = {Form.USER: CallerKind.USER, Form.ROLE: CallerKind.ROLE, Form.FEDERATED_USER: CallerKind.FEDERATED_USER}


def text_is(dimension: str, globs: Iterable[Glob]) -> Value:
    """The test that a part of the caller is one of the strings of `globs`."""
    return Value(dimension, TextSet(globs), absent=False)


def principals_clause(principals: Principals, certain: bool) -> Clause:
    """The callers that the element names, or with NotPrincipal does not except."""
    if principals.negated:
        return _everyone_but(principals, certain)
    found: list[Cube] = []
    for entry in principals.entries:
        found += _named(entry, certain)
        if found and found[-1] is ALWAYS[0]:
            return ALWAYS
    return tuple(found)


def named_by(entry: Principal) -> Clause:
    """The callers that one value of a Principal element names, or may name."""
    return principals_clause(Principals((entry,), False, entry.route), certain=False)


def _named(entry: Principal, certain: bool) -> Clause:
    match entry.form:
        case Form.EVERYONE:
            return (Cube((kinds_test(FEDERATED),)),) if entry.type == "Federated" else ALWAYS
        case Form.ACCOUNT:
            return (Cube((IAM, *_where(entry))),)
        case Form.USER | Form.ROLE | Form.FEDERATED_USER:
            return (_identity(_IDENTITIES[entry.form], entry),)
        case Form.SESSION:
            return (_session(entry),)
        case Form.SERVICE:
            return (provider_cube((CallerKind.SERVICE,), entry.text, entry.name),)
        case Form.OIDC:
            return (provider_cube((CallerKind.WEB_IDENTITY,), *_provider_names(entry)),)
        case Form.SAML:
            return (provider_cube((CallerKind.SAML,), *_provider_names(entry)),)
        case Form.CANONICAL:
            return (provider_cube((CallerKind.CANONICAL,), entry.text, entry.name),)
        case Form.UNKNOWN:
            return NEVER if certain else _unknown(entry)
        case Form.DELETED | Form.INVALID:
            return NEVER


def _unknown(entry: Principal) -> Clause:
    from iamlint.access.search.open_callers import open_clause

    return open_clause(entry)


def _where(entry: Principal) -> tuple[Value, ...]:
    """The account that an entry names and, where it is an ARN, the partition."""
    account = text_is(ACCOUNT, (exact(entry.account),))
    return (account, text_is(PARTITION, (exact(entry.partition),))) if entry.partition else (account,)


def provider_cube(kinds: Iterable[CallerKind], *names: str) -> Cube:
    """A service, an identity provider or a canonical user by its name, which can be written in several ways."""
    return Cube((kinds_test(kinds), text_is(PROVIDER, map(exact, names))))


def _identity(kind: CallerKind, entry: Principal) -> Cube:
    return Cube((kinds_test((kind,)), *_where(entry), text_is(NAME, (exact(entry.name),))))


def _session(entry: Principal) -> Cube:
    # The ARN of a session lacks the role's path, so a role of that name under any path is meant; names are unique in an account.
    role = kinds_test((CallerKind.ROLE,))
    return Cube((role, *_where(entry), last_segment(exact(entry.name)), text_is(SESSION, (exact(entry.session),))))


def _provider_names(entry: Principal) -> tuple[str, ...]:
    """The provider as it is written and, where only the partition is open, in the usual one."""
    if not (entry.account and entry.name and has_hole(entry.text)):
        return (entry.text,)
    kind = "saml-provider" if entry.form is Form.SAML else "oidc-provider"
    return (entry.text, f"arn:{entry.partition or 'aws'}:iam::{entry.account}:{kind}/{entry.name}")


def last_segment(glob: Glob) -> Value:
    """The test that a name, whatever its path, is one of the strings of `glob`."""
    return text_is(NAME, (glob, concatenation((STAR, SLASH), glob.items)))


def _everyone_but(principals: Principals, certain: bool) -> Clause:
    """NotPrincipal: an identity is excepted only when every link of its chain is listed: account, user or role, and session."""
    entries = principals.entries
    accounts = {entry.account for entry in entries if entry.form is Form.ACCOUNT}
    excepted: list[Cube] = []
    for entry in entries:
        if entry.form is Form.ACCOUNT:
            root = kinds_test((CallerKind.ROOT,))
            excepted.append(Cube((root, *_where(entry))))
        elif entry.form in (Form.USER, Form.FEDERATED_USER) and entry.account not in accounts:
            continue
        elif entry.form is Form.ROLE:
            excepted += _listed_sessions(entry, entries) if entry.account in accounts else []
        elif entry.form is not Form.SESSION:
            excepted += _named(entry, not certain)
    return (not_clause(tuple(excepted)),)


def _listed_sessions(role: Principal, entries: tuple[Principal, ...]) -> list[Cube]:
    base = role.name.rpartition("/")[2]
    sessions = [
        exact(entry.session) for entry in entries if entry.form is Form.SESSION and (entry.account, entry.name) == (role.account, base)
    ]
    return [Cube((*_identity(CallerKind.ROLE, role).tests, text_is(SESSION, sessions)))] if sessions else []
