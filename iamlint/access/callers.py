"""Which callers does a Principal element, or a key that the caller determines, let in?

Principals: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html; an account stands for every
identity in it, a role for all its sessions. Keys that AWS derives from the caller (`aws:PrincipalArn`, …) are tests of the caller's
parts, not keys of their own.
"""

from __future__ import annotations

from iamlint.access.arns import after_prefix, fields, matches
from iamlint.access.cube import ALWAYS, NEVER, Cube, not_clause
from iamlint.access.glob import STAR, Glob, Item, concatenation, exact, literal_item
from iamlint.access.literal import Value
from iamlint.access.request import PRINCIPAL_TYPES
from iamlint.access.sets import ALL_TEXT, TextSet
from iamlint.access.space import ACCOUNT, NAME, PARTITION, PROVIDER, SESSION, kinds_test
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.policy.pattern import Hole, has_hole, split
from iamlint.policy.principal import Form, Principals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.access.cube import Clause
    from iamlint.access.literal import Test
    from iamlint.policy.principal import Principal, Principals

_IAM = kinds_test(IAM_CALLERS)
_NOT_IAM = _IAM.negated()
_SLASH = literal_item("/")
_FEDERATED = (CallerKind.WEB_IDENTITY, CallerKind.SAML)
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
            return (Cube((kinds_test(_FEDERATED),)),) if entry.type == "Federated" else ALWAYS
        case Form.ACCOUNT:
            return (Cube((_IAM, *_where(entry))),)
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
    """Whom an entry that the source leaves open may name: its holes read as any text, a template's function as anything."""
    open_text = has_hole(entry.text) and not entry.text.startswith("!")
    glob = Glob(_open_items(entry.text)) if open_text else Glob((STAR,))
    match entry.type:
        case "Service":
            return (Cube((kinds_test((CallerKind.SERVICE,)), text_is(PROVIDER, (glob,)))),)
        case "Federated":
            return (Cube((kinds_test(_FEDERATED), text_is(PROVIDER, (glob,)))),)
        case "CanonicalUser":
            return (Cube((kinds_test((CallerKind.CANONICAL,)), text_is(PROVIDER, (glob,)))),)
        case _:
            return ALWAYS if glob.matches("*") else (*_open_accounts(glob), *_open_sessions(glob), *arn_cubes(glob))


def _open_items(text: str) -> tuple[Item, ...]:
    return tuple([item for part in split(text) for item in ((STAR,) if isinstance(part, Hole) else map(literal_item, str(part)))])


def _open_accounts(glob: Glob) -> Clause:
    """The identities of the accounts that `glob`, read as an account's id or root ARN, matches."""
    found = [Cube((_IAM, text_is(ACCOUNT, (glob,))))]
    for _, partition, service, _, account, rest in fields(glob.items, 6):
        if matches(service, "iam") and matches(rest, "root"):
            found.append(Cube((_IAM, text_is(PARTITION, (Glob(partition),)), text_is(ACCOUNT, (Glob(account),)))))
    return tuple(found)


def _open_sessions(glob: Glob) -> Clause:
    """The sessions that `glob`, read as the ARN of one, matches."""
    found: list[Cube] = []
    for _, partition, service, _, account, rest in fields(glob.items, 6):
        if not matches(service, "sts"):
            continue
        where = (kinds_test((CallerKind.ROLE,)), text_is(PARTITION, (Glob(partition),)), text_is(ACCOUNT, (Glob(account),)))
        for items in after_prefix(rest, "assumed-role/"):
            for name, session in _at_slash(items):
                found.append(Cube((*where, _last_segment(Glob(name)), text_is(SESSION, (Glob(session),)))))
    return tuple(found)


def _at_slash(items: tuple[Item, ...]) -> list[tuple[tuple[Item, ...], tuple[Item, ...]]]:
    """The ways to read `items` as a role's name, a slash and a session's name."""
    ways = [(items[:at], items[at + 1 :]) for at, item in enumerate(items) if item == _SLASH]
    return ways + [(items[: at + 1], items[at:]) for at, item in enumerate(items) if item.loop and item.chars.has("/")]


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
    return Cube((role, *_where(entry), _last_segment(exact(entry.name)), text_is(SESSION, (exact(entry.session),))))


def _provider_names(entry: Principal) -> tuple[str, ...]:
    """The provider as it is written and, where only the partition is open, in the usual one."""
    if not (entry.account and entry.name and has_hole(entry.text)):
        return (entry.text,)
    kind = "saml-provider" if entry.form is Form.SAML else "oidc-provider"
    return (entry.text, f"arn:{entry.partition or 'aws'}:iam::{entry.account}:{kind}/{entry.name}")


def _last_segment(glob: Glob) -> Value:
    return text_is(NAME, (glob, concatenation((STAR, _SLASH), glob.items)))


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


def derived_clause(key: str, values: TextSet, absent: bool) -> Clause:
    """The callers for whom a derived key has one of `values`, or with `absent` lacks it."""
    match key:
        case "aws:principalaccount":
            return _account_clause(values, absent)
        case "aws:principalarn":
            return _arn_clause(values, absent)
        case "aws:principaltype":
            return _by_kind(PRINCIPAL_TYPES, values, absent)
        case "aws:principalisawsservice":
            words = dict.fromkeys(IAM_CALLERS, "false") | {CallerKind.SERVICE: "true"}
            return _by_kind(words, values, absent)
        case "aws:username":
            return _owned(Cube((kinds_test((CallerKind.USER,)), _user_name(values))), (CallerKind.USER,), absent)
        case _:
            test = Value(PROVIDER, values, absent=False)
            return _owned(Cube((kinds_test((CallerKind.SERVICE,)), test)), (CallerKind.SERVICE,), absent)


def _owned(present: Cube, kinds: tuple[CallerKind, ...], absent: bool) -> Clause:
    return (present, Cube((kinds_test(kinds).negated(),))) if absent else (present,)


def _by_kind(words: dict[CallerKind, str], values: TextSet, absent: bool) -> Clause:
    kinds = [kind for kind in CallerKind if (values.has(words[kind]) if kind in words else absent)]
    return (Cube((kinds_test(kinds),)),) if kinds else NEVER


def _user_name(values: TextSet) -> Value:
    # The user's name is what follows the last slash of its path.
    globs: list[Glob] = []
    for glob in values.globs:
        plain = Glob([Item(item.chars.without("/"), item.loop) if item.chars.has("/") else item for item in glob.items])
        globs += [plain, concatenation((STAR, _SLASH), plain.items)]
    return Value(NAME, TextSet(globs, values.complemented), absent=False)


def _account_clause(values: TextSet, absent: bool) -> Clause:
    found = [Cube((_IAM, Value(ACCOUNT, values, absent=False)))]
    if values.has("anonymous"):
        found.append(Cube((kinds_test((CallerKind.ANONYMOUS,)),)))
    if absent:
        found.append(Cube((kinds_test((*IAM_CALLERS, CallerKind.ANONYMOUS)).negated(),)))
    return tuple(found)


def _arn_clause(values: TextSet, absent: bool) -> Clause:
    if values == ALL_TEXT:
        return ALWAYS if absent else (Cube((_IAM,)),)
    inside: list[Cube] = []
    for glob in sorted(values.globs, key=lambda glob: glob.text):
        inside += arn_cubes(glob)
    if values.complemented:
        outside = not_clause(tuple(inside))
        return (Cube((_IAM, *outside.tests), outside.clauses), *((Cube((_NOT_IAM,)),) if absent else ()))
    return (*inside, *((Cube((_NOT_IAM,)),) if absent else ()))


def arn_cubes(glob: Glob) -> Clause:
    """The callers whose ARN `glob` matches, part by part."""
    found: list[Cube] = []
    for arn, partition, service, region, account, rest in fields(glob.items, 6):
        if not (matches(arn, "arn") and matches(region, "")):
            continue
        where = (text_is(PARTITION, (Glob(partition),)), text_is(ACCOUNT, (Glob(account),)))
        for owner, kinds in (("iam", (CallerKind.ROOT, CallerKind.USER, CallerKind.ROLE)), ("sts", (CallerKind.FEDERATED_USER,))):
            if matches(service, owner):
                found += [Cube((*where, *tests)) for kind in kinds for tests in _rest_tests(kind, rest)]
    return tuple(found)


def _rest_tests(kind: CallerKind, rest: tuple[Item, ...]) -> list[tuple[Test, ...]]:
    test = kinds_test((kind,))
    if kind is CallerKind.ROOT:
        return [(test,)] if matches(rest, "root") else []
    names = [Glob(items) for items in after_prefix(rest, f"{kind.value}/")]
    return [(test, text_is(NAME, names))] if names else []
