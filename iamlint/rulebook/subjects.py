"""About whom, or what, is a rule asked: once of the policy, or once for each account, user, service or provider that it lets in?"""

from __future__ import annotations

from functools import cache, lru_cache, partial

from iamlint.knowledge.callers import CallerKind
from iamlint.policy.fixed import entries, let_in, named_organizations, named_users
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.rulebook.errors import CardError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Policy, Statement

    Clauses: TypeAlias = tuple[Clause, ...]
    Entry: TypeAlias = tuple[Statement, Principal]
    Finder: TypeAlias = Callable[[Case], Iterator["Subject"]]


class Subject:
    """One thing that a rule is asked about.

    `text` tells it from the others (and is the finding's subject), `fields` are the words that messages can use, `entries` the principals
    of the policy that name it. `ask` makes its clauses, for which the engine is loaded: of most subjects nothing has to be searched.
    """

    __slots__ = ("_ask", "_clauses", "entries", "fields", "text")

    def __init__(self, text: str, fields: dict[str, str], entries: tuple[Entry, ...] = (), ask: Callable[[], Clauses] = tuple) -> None:
        self.text = text
        self.fields = fields
        self.entries = entries
        self._ask = ask
        self._clauses: Clauses | None = None

    @property
    def clauses(self) -> Clauses:
        """What the requests about it have in common."""
        if self._clauses is None:
            self._clauses = self._ask()
        return self._clauses


def subjects(kind: str, case: Case) -> Iterator[Subject]:
    """The subjects of a `for-each` word; raises CardError for a word that the language lacks."""
    finder = FINDERS.get(kind)
    if finder is None:
        raise CardError(f"`for-each: {kind}` is unknown", f"use one of {', '.join(FINDERS)}", path=case.rule)
    return finder(case)


def _policy(case: Case) -> Iterator[Subject]:
    yield Subject("", {})


_IN_ACCOUNT = (Form.ACCOUNT, Form.USER, Form.ROLE, Form.SESSION, Form.FEDERATED_USER)


def _accounts(case: Case) -> Iterator[Subject]:
    """The accounts outside the zone that a principal, or a condition, names, but for those that AWS runs for its services."""
    from iamlint.knowledge.vendors import vendor_of

    found: dict[str, list[Entry]] = {}
    for statement, entry in let_in(case.document.policy):
        if entry.form in _IN_ACCOUNT and entry.account and entry.account not in case.zone.inside:
            found.setdefault(entry.account, []).append((statement, entry))
    # The same for all of them, and worked out when the first is asked about.
    assuming = cache(partial(_assuming, case))
    for account, named in found.items():
        vendor = vendor_of(account)
        if vendor is None or not vendor.aws:
            owner = f"account {account} ({vendor.name})" if vendor else f"account {account}"
            fields = {"account": account, "owner": owner, "who": owner}
            yield Subject(account, fields, tuple(named), partial(_by_account, assuming, account))


def _by_account(assuming: Callable[[], Clauses], account: str) -> Clauses:
    from iamlint.access.search.question import account_in

    return (*assuming(), account_in([account]))


def _assuming(case: Case) -> Clauses:
    """Those who can assume a role from an account, where the conditions compare them with the owner of the role."""
    from iamlint.access.search.question import caller_is

    # INVARIANT: in an account nobody but its users and roles can assume a role.
    callers = caller_is(CallerKind.USER, CallerKind.ROLE)
    if not case.document.policy.tests:
        return (callers,)
    from iamlint.access.owner import owned_by

    return (callers, *owned_by(case.access, case.zone.inside))


def _users(case: Case) -> Iterator[Subject]:
    """The IAM users that a principal, or a condition, names."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for statement, entry in named_users(case.document.policy):
        found.setdefault((entry.account, entry.name), []).append((statement, entry))
    for (account, name), named in found.items():
        fields = {"user": name, "account": account, "user-owner": f"IAM user `{name}` of account {account}"}
        yield Subject(named[0][1].text, fields, tuple(named), partial(_by_users, account, name))


def _by_users(account: str, *names: str) -> Clauses:
    from iamlint.access.search.question import account_in, caller_is, name_is

    return (caller_is(CallerKind.USER), account_in([account]), *map(name_is, names))


def _user_owners(case: Case) -> Iterator[Subject]:
    """The named users, the accounts that are named as a whole and so let in their users, and everybody else's where everybody is named."""
    policy = case.document.policy
    yield from _users(case)
    found: dict[str, list[Entry]] = {}
    for statement, entry in let_in(policy):
        if entry.form is Form.ACCOUNT:
            found.setdefault(entry.account, []).append((statement, entry))
    for account, named in found.items():
        fields = {"user": "", "account": account, "user-owner": f"any IAM user of account {account}"}
        yield Subject(account, fields, tuple(named), partial(_by_users, account))
    everyone = tuple([(statement, entry) for statement, entry in entries(policy, Effect.ALLOW) if entry.form is Form.EVERYONE])
    if everyone:
        fields = {"user": "", "account": "", "user-owner": "any IAM user of an account that the policy does not name"}
        yield Subject("*", fields, everyone, partial(_by_strange_users, case))


def _by_strange_users(case: Case) -> Clauses:
    from iamlint.access.owner import strangers
    from iamlint.access.search.question import caller_is

    return (caller_is(CallerKind.USER), *strangers(case.access.space, case.document.policy, ()))


def _services(case: Case) -> Iterator[Subject]:
    yield from _named(case.document.policy, Form.SERVICE, CallerKind.SERVICE)


def _oidc_providers(case: Case) -> Iterator[Subject]:
    yield from _named(case.document.policy, Form.OIDC, CallerKind.WEB_IDENTITY)


def _saml_providers(case: Case) -> Iterator[Subject]:
    yield from _named(case.document.policy, Form.SAML, CallerKind.SAML)


# Many rules in a row ask about the providers of one policy.
@lru_cache(maxsize=16)
def _named(policy: Policy, form: Form, kind: CallerKind) -> tuple[Subject, ...]:
    """The services or identity providers that a principal names."""
    found: dict[str, list[Entry]] = {}
    for statement, entry in entries(policy, Effect.ALLOW):
        if entry.form is form:
            found.setdefault(entry.text, []).append((statement, entry))
    subjects: list[Subject] = []
    for text, named in found.items():
        fields = {"provider": text, "service": text, "issuer": named[0][1].name}
        if form is Form.OIDC:
            fields |= _told_of_issuer(named[0][1].name) | _misspelt(named, fields["issuer"])
        subjects.append(Subject(text, fields, tuple(named), partial(_by_provider, kind, text)))
    return tuple(subjects)


def _by_provider(kind: CallerKind, text: str) -> Clauses:
    from iamlint.access.search.question import caller_is, provider_is

    return (caller_is(kind), provider_is(text))


@lru_cache(maxsize=64)
def _told_of_issuer(host: str) -> dict[str, str]:
    """What messages say of an issuer: its words, and by `pins` and `abusable` its keys, as `mentions` and `points-at` take them."""
    from iamlint.knowledge.issuers import find_issuer
    from iamlint.knowledge.nouns import nouns

    issuer, words = find_issuer(host), nouns(find_issuer(host))
    pins = dict.fromkeys((issuer.subject_claim, *issuer.tenant_claims))
    return {
        "platform": issuer.name,
        "who": f"anyone on {issuer.name}",
        "tenant": words.tenant,
        "project": words.project,
        "runs": words.runs,
        "template": issuer.template or "SUBJECT",
        "audience": issuer.audience or "CLIENT-ID",
        "app-key": issuer.key("app_id" if issuer.exposes("app_id") else "aud"),
        "subject-key": issuer.key(issuer.subject_claim).replace(issuer.host, host),
        "pins": "|".join([issuer.key(claim) for claim in pins]),
        "abusable": "|".join([issuer.key(claim) for claim in (*issuer.abusable_claims, issuer.subject_claim)]),
    }


def _misspelt(named: list[Entry], host: str) -> dict[str, str]:
    """The keys in the provider's statements that would be its claims, had they its address: another rule says so."""
    from iamlint.access.federation import stray_claims
    from iamlint.knowledge.issuers import find_issuer

    pins = {find_issuer(host).subject_claim, *find_issuer(host).tenant_claims}
    found = [stray for statement, _ in named for stray in stray_claims(statement)]
    return {
        "misspelt-pins": "|".join([stray.condition.key for stray in found if stray.claim.lower() in pins]),
        "misspelt-audience": "|".join([stray.condition.key for stray in found if stray.claim.lower() == "aud"]),
    }


def _organizations(case: Case) -> Iterator[Subject]:
    """The organizations that conditions on the caller name."""
    for organization in named_organizations(case.document.policy):
        yield Subject(organization, {"organization": organization, "who": f"everybody in organization {organization}"})


def _everyone(case: Case) -> Iterator[Subject]:
    """Everybody, where some statement names everybody or everybody but a few."""
    policy = case.document.policy
    named = tuple((statement, entry) for statement, entry in entries(policy, Effect.ALLOW) if entry.form is Form.EVERYONE)
    excepting = any(
        statement.principals is not None and statement.principals.negated and statement.allows for statement in policy.statements
    )
    if named or excepting or any(statement.principals is None for statement in policy.statements):
        yield Subject("*", {"owner": "any AWS account", "who": "any AWS account"}, named)


FINDERS: dict[str, Finder] = {
    "policy": _policy,
    "everyone": _everyone,
    "account": _accounts,
    "user": _users,
    "user-owner": _user_owners,
    "organization": _organizations,
    "service": _services,
    "oidc-provider": _oidc_providers,
    "saml-provider": _saml_providers,
}
