"""Who from outside gets in by requests that only the newer of two policies allows?

Everybody, organizations, accounts, tenants of identity providers that are open to strangers, and services for the sake of strangers: each
is told once. Of whom the older policy let in before, only what is more than another value of what callers choose themselves counts: another
external id lets in nobody new, none at all does.
"""

from __future__ import annotations

from iamlint.access.search.cube import Cube
from iamlint.access.search.literal import Value
from iamlint.access.search.question import account_in, account_not_in, action_is, caller_is, key_absent, key_elsewhere, key_is, key_public
from iamlint.access.search.space import ACTION
from iamlint.access.sets.glob import action_glob, exact
from iamlint.access.sets.value_sets import TextSet
from iamlint.access.sources import INSIDE, SAYS_WHOSE
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import KeyClass, key_class
from iamlint.knowledge.sts import ASSUME_ROLE
from iamlint.policy.document import Kind
from iamlint.policy.fixed import STRANGE_KEYS, keys_of, named_accounts, named_organizations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from iamlint.access.compare import Comparison
    from iamlint.access.evaluation.request import Witness
    from iamlint.access.search.cube import Clause
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement

_ORGANIZATION = "aws:principalorgid"
_MOST_ACTIONS = 200
_ADDRESS = "aws:sourceip"
# Public by design: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
_API = "execute-api:*"


class Home:
    """Who is "us": accounts, organizations, and by their issuer's host the names there that are ours.

    `unknown` are names that stand for something unknown, which may be ours.
    """

    __slots__ = ("accounts", "organizations", "tenants", "unknown")

    def __init__(
        self,
        accounts: Collection[str],
        organizations: Collection[str],
        tenants: Mapping[str, Collection[str]],
        unknown: Collection[str] = (),
    ) -> None:
        self.accounts = frozenset(accounts)
        self.organizations = frozenset(organizations)
        self.tenants = tenants
        self.unknown = frozenset(unknown)

    def may_include(self, name: str) -> bool:
        """Whether the name is, or has in it, one that stands for something unknown."""
        return any(made in name for made in self.unknown)


class Newcomer:
    """Somebody from outside who gets in by `witness`.

    `who` says it in words and `name` in one; `everybody` whether it is not limited to anybody. `first` says that the older policy let in
    no request of theirs. `sure` is False where whether it is one of us was not said. `entry` is the principal that names them, if one does.
    """

    __slots__ = ("entry", "everybody", "first", "name", "sure", "who", "witness")

    def __init__(
        self,
        name: str,
        who: str,
        witness: Witness,
        *,
        first: bool,
        everybody: bool = False,
        sure: bool = True,
        entry: Principal | None = None,
    ) -> None:
        self.name = name
        self.who = who
        self.witness = witness
        self.first = first
        self.everybody = everybody
        self.sure = sure
        self.entry = entry


def newcomers(change: Comparison, kind: Kind, home: Home) -> tuple[Newcomer, ...]:
    """The newcomers, the broadest first. Raises Undecided."""
    if change.gained() is None:
        return ()
    arrivals = Arrivals(change, kind, home)
    found = [*_everybody(arrivals), *_organizations(arrivals), *_accounts(arrivals)]
    from iamlint.access.served import served
    from iamlint.access.tenants import tenants

    return (*found, *tenants(arrivals), *served(arrivals))


class Arrivals:
    """A search for newcomers; `told` are the statements of the newer policy by which everybody, or an organization, gets in."""

    __slots__ = ("change", "home", "kind", "tested", "told")

    def __init__(self, change: Comparison, kind: Kind, home: Home) -> None:
        self.change = change
        self.kind = kind
        self.home = home
        self.tested = sorted(keys_of(change.old) | keys_of(change.new))
        self.told: set[int] = set()

    def allows(self) -> set[int]:
        """The Allows of the newer policy that are not told of."""
        return {one.index for one in self.change.new.statements if one.allows} - self.told

    def elsewhere(self, key: str) -> Iterator[Clause]:
        """The request lacks the key, or has a value that neither policy fixes."""
        for policy in (self.change.old, self.change.new):
            yield key_elsewhere(self.change.space, policy, key)

    def elsewhere_in(self, *classes: KeyClass) -> Iterator[Clause]:
        """The same of all tested keys of some classes."""
        for key in self.tested:
            if key_class(key) in classes:
                yield from self.elsewhere(key)

    def identities(self) -> Iterator[Clause]:
        """Users and roles (and for resources others with keys of an account) who do what the policy is about."""
        people = [CallerKind.USER, CallerKind.ROLE]
        if self.kind is Kind.TRUST:
            yield action_is(ASSUME_ROLE)
        else:
            people += [CallerKind.ROOT, CallerKind.FEDERATED_USER]
        yield caller_is(*people)

    def not_ours(self) -> Iterator[Clause]:
        """They do not come from an organization of ours."""
        if self.home.organizations and _ORGANIZATION in self.tested:
            ours = TextSet(map(exact, self.home.organizations), complemented=True)
            yield key_is(self.change.space, _ORGANIZATION, ours, absent=True)

    def gained(self, question: Sequence[Clause], statements: Collection[int], known: Sequence[Clause] = ()) -> tuple[Witness, bool] | None:
        """A request that is new, and whether the older policy let in none of the question (or of the wider one by which they are known)."""
        witness = self.change.gained(question, statements) if statements else None
        if witness is None:
            return None
        if self.change.allowed_before(known or question) is None:
            return self._real(question, statements) or witness, True
        asked = [*question, *self.elsewhere_in(KeyClass.CALLER_CONTROLLED)]
        witness = self.change.gained(asked, statements)
        return None if witness is None else (self._real(asked, statements) or witness, False)

    def _real(self, question: Sequence[Clause], statements: Collection[int]) -> Witness | None:
        """A request with an action that AWS has, where a pattern lets in others too."""
        from iamlint.knowledge.names import expand

        policy = self.change.new
        patterns = [one.actions for one in policy.statements if one.index in statements and one.actions is not None]
        texts = [text for one in patterns if not one.negated for text in one.values if isinstance(text, str)]
        if self.kind is Kind.TRUST or not any("*" in text or "?" in text for text in texts):
            return None
        real = [action for text in texts for action in expand(text)[:_MOST_ACTIONS]]
        return self.change.gained([*question, action_is(*real)], statements) if real else None


def _everybody(arrivals: Arrivals) -> Iterator[Newcomer]:
    """Identities of an account, and of an organization, that neither policy names; without credentials at all, for resources."""
    change = arrivals.change
    named = named_accounts(change.old) | named_accounts(change.new)
    asked = [*arrivals.identities(), account_not_in(named | arrivals.home.accounts)]
    for key in STRANGE_KEYS:
        asked += arrivals.elsewhere(key) if key in arrivals.tested else ()
    wide = [*asked, *_by_themselves(arrivals)]
    found = arrivals.gained(wide, arrivals.allows())
    if found is not None:
        arrivals.told.update(found[0].statements)
        yield Newcomer("*", "any AWS account", found[0], first=found[1], everybody=True)
        return
    if arrivals.kind is not Kind.TRUST:
        unsigned = [caller_is(CallerKind.ANONYMOUS), *wide[2:]]
        found = arrivals.gained(unsigned, arrivals.allows())
        if found is not None:
            yield Newcomer("*", "anybody on the internet", found[0], first=found[1], everybody=True)
        return
    found = arrivals.gained(asked, arrivals.allows())
    if found is not None:
        arrivals.told.update(found[0].statements)
        yield Newcomer("*", "any AWS account", found[0], first=found[1])


def _by_themselves(arrivals: Arrivals) -> Iterator[Clause]:
    """Nothing tells them from anybody else: not their network, nor a service that says whose its call is."""
    space = arrivals.change.space
    yield from arrivals.elsewhere_in(KeyClass.IDENTITY, KeyClass.NETWORK)
    for key in arrivals.tested:
        if key in SAYS_WHOSE:
            yield from arrivals.elsewhere(key)
    if _ADDRESS in arrivals.tested:
        yield key_public(space, _ADDRESS)
    if INSIDE in arrivals.tested:
        yield key_absent(space, INSIDE)
    yield (Cube((Value(ACTION, TextSet((action_glob(_API),), complemented=True), absent=False),)),)


def _organizations(arrivals: Arrivals) -> Iterator[Newcomer]:
    change = arrivals.change
    named = named_accounts(change.old) | named_accounts(change.new) | arrivals.home.accounts
    for organization in named_organizations(change.new):
        if organization in arrivals.home.organizations:
            continue
        member = key_is(change.space, _ORGANIZATION, TextSet((exact(organization),)))
        found = arrivals.gained([*arrivals.identities(), account_not_in(named), member], arrivals.allows())
        if found is not None:
            arrivals.told.update(found[0].statements)
            yield Newcomer(organization, f"everybody in organization {organization}", found[0], first=found[1])


def _accounts(arrivals: Arrivals) -> Iterator[Newcomer]:
    from iamlint.knowledge.vendors import vendor_of

    policy = arrivals.change.new
    for account in sorted(named_accounts(policy) - arrivals.home.accounts):
        vendor = vendor_of(account)
        if vendor is not None and vendor.aws:
            continue
        asked = [*arrivals.identities(), account_in([account])]
        naming = {statement.index for statement in policy.statements if _names(statement, account)}
        found = arrivals.gained([*asked, *arrivals.not_ours()], naming & arrivals.allows(), asked)
        if found is not None:
            who = f"account {account} ({vendor.name})" if vendor is not None else f"account {account}"
            entry = _entry(policy.statements, found[0].statements, account)
            yield Newcomer(account, who, found[0], first=found[1], entry=entry)


def _names(statement: Statement, account: str) -> bool:
    """Whether a statement is about the account, by its principals or by its conditions on them."""
    named = statement.principals.entries if statement.principals is not None else ()
    if any(entry.account == account for entry in named):
        return True
    values = [
        value for condition in statement.conditions if condition.key.lower().startswith("aws:principal") for value in condition.values
    ]
    return any(isinstance(value, str) and account in value for value in values)


def _entry(statements: Sequence[Statement], letting_in: Sequence[int], account: str) -> Principal | None:
    for statement in statements:
        if statement.index in letting_in and statement.principals is not None:
            for entry in statement.principals.entries:
                if entry.account == account:
                    return entry
    return None
