"""Which requests does the world not hold?

A fact is a clause that every real request satisfies: which callers can ask for which STS action, and which keys their requests carry.
Only facts that AWS documents are here (see `knowledge`), and only those about keys that a policy or a question mentions.
"""

from __future__ import annotations

from functools import cache, lru_cache

from iamlint.access.conditions import presence_clause
from iamlint.access.cube import Cube
from iamlint.access.fixed import conditions_on
from iamlint.access.glob import exact, wildcard
from iamlint.access.literal import Value
from iamlint.access.request import DERIVED_KEYS
from iamlint.access.sets import TextSet
from iamlint.access.space import ACTION, KINDS, PARTITION, PROVIDER, kinds_test
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.knowledge.keys import Presence, excludes, is_global, key_type, presence, split_claim, values_for
from iamlint.policy.document import Kind
from iamlint.policy.operator import Family
from iamlint.policy.principal import Form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.access.cube import Clause
    from iamlint.access.glob import Glob
    from iamlint.access.literal import Test
    from iamlint.access.space import KeyPlan, Space
    from iamlint.policy.statement import Policy

# Who can stand behind a request that a policy of this kind is asked about. Tokens and assertions are only shown to STS.
_CALLERS = {
    Kind.IDENTITY: frozenset({CallerKind.USER, CallerKind.ROLE}),
    Kind.BOUNDARY: frozenset({CallerKind.USER, CallerKind.ROLE}),
    Kind.SESSION: frozenset({CallerKind.ROLE, CallerKind.FEDERATED_USER}),
    Kind.SCP: IAM_CALLERS,
}
_TOKENS = frozenset({CallerKind.WEB_IDENTITY, CallerKind.SAML})
_ANYBODY = frozenset(KINDS) - _TOKENS
_ACTION_LIMIT = "any:action"


def fact_clauses(space: Space, policies: tuple[Policy, ...], kind: Kind) -> tuple[Clause, ...]:
    """The facts about requests that policies of this kind are asked about."""
    matrix = _matrix(kind)
    found: list[Clause] = [(Cube((kinds_test(matrix),)),)]
    if kind is Kind.TRUST:
        found += _trust_actions()
    found += _partitions(policies)
    providers = _providers(policies)
    found += _provider_forms(policies, matrix)
    for plan in tuple(space.keys.values()):
        if plan.key not in DERIVED_KEYS:
            found += _key_facts(space, plan, providers, kind)
            if plan.text and len(plan.dimensions) > 1 and not plan.several:
                found += _agreeing(space, plan, policies)
    return tuple(found)


@cache
def _matrix(kind: Kind) -> dict[CallerKind, tuple[str, ...]]:
    """The actions that each kind of caller can ask for; for other policies than trust one stand-in for any action."""
    if kind is not Kind.TRUST:
        return dict.fromkeys(_CALLERS.get(kind, _ANYBODY), (_ACTION_LIMIT,))
    from iamlint.knowledge.sts import TRUST_ACTIONS, callers_of

    found: dict[CallerKind, tuple[str, ...]] = {}
    for caller in KINDS:
        actions = tuple(action.lower() for action in TRUST_ACTIONS if caller in callers_of(action))
        if actions:
            found[caller] = actions
    return found


@cache
def _trust_actions() -> tuple[Clause, ...]:
    matrix = _matrix(Kind.TRUST)
    actions = sorted({action for possible in matrix.values() for action in possible})
    found: list[Clause] = [(Cube((_action_in(actions),)),)]
    for action in actions:
        callers = [caller for caller, possible in matrix.items() if action in possible]
        if len(callers) < len(matrix):
            found.append((Cube((_action_in([action]).negated(),)), Cube((kinds_test(callers),))))
    return tuple(found)


def _action_in(actions: Iterable[str]) -> Value:
    return Value(ACTION, TextSet(map(exact, actions)), absent=False)


def _key_facts(space: Space, plan: KeyPlan, providers: dict[str, list[Glob]], kind: Kind) -> Iterator[Clause]:
    yield from _tied(space, plan)
    for other in excludes(plan.key):
        if other in space.keys:
            yield (*presence_clause(space, plan.key, present=False), *presence_clause(space, other, present=False))
    if kind is not Kind.TRUST and not is_global(plan.key):
        return
    lacking, carrying = presence_clause(space, plan.key, present=False), presence_clause(space, plan.key, present=True)
    claim = split_claim(plan.key)
    provider = _provider_test(claim[0], providers) if claim is not None else None
    for wanted, outcome in ((Presence.NEVER, lacking), (Presence.ALWAYS, carrying)):
        for callers, actions in _where(plan.key, kind, wanted):
            yield (*_unless(callers, actions, provider if wanted is Presence.ALWAYS else None), *outcome)
    if provider is not None:
        yield (*_unless(frozenset({CallerKind.WEB_IDENTITY}), None, provider.negated()), *lacking)
    yield from _values(plan, kind)
    if plan.key == "sts:externalid":
        yield from _services_without_external_id(providers, lacking)


@lru_cache(maxsize=512)
def _where(key: str, kind: Kind, wanted: Presence) -> tuple[tuple[frozenset[CallerKind], tuple[str, ...] | None], ...]:
    """The callers, and of their actions those (None: all), for which the key's presence is `wanted`."""
    groups: dict[tuple[str, ...] | None, set[CallerKind]] = {}
    for caller, possible in _matrix(kind).items():
        actions = tuple(action for action in possible if presence(key, caller, action) is wanted)
        if actions:
            groups.setdefault(None if actions == possible else actions, set()).add(caller)
    return tuple((frozenset(callers), actions) for actions, callers in groups.items())


def _unless(callers: Iterable[CallerKind], actions: tuple[str, ...] | None, provider: Value | None) -> tuple[Cube, ...]:
    found: list[Test] = [kinds_test(callers).negated()]
    if actions is not None:
        found.append(_action_in(actions).negated())
    if provider is not None:
        found.append(provider.negated())
    return tuple(Cube((test,)) for test in found)


def _values(plan: KeyPlan, kind: Kind) -> Iterator[Clause]:
    if not plan.text or plan.several:
        return
    for values, callers in _only_values(plan.key, kind):
        yield (Cube((kinds_test(callers).negated(),)), Cube((Value(plan.text, TextSet(map(exact, values)), absent=True),)))


@lru_cache(maxsize=512)
def _only_values(key: str, kind: Kind) -> tuple[tuple[tuple[str, ...], tuple[CallerKind, ...]], ...]:
    groups: dict[tuple[str, ...], list[CallerKind]] = {}
    for caller in _matrix(kind):
        values = values_for(key, caller)
        if values is not None:
            groups.setdefault(values, []).append(caller)
    return tuple((values, tuple(callers)) for values, callers in groups.items())


def _tied(space: Space, plan: KeyPlan) -> Iterator[Clause]:
    """The dimensions of one key that is tested as several types are present together or not at all."""
    for name in plan.dimensions:
        for other in plan.dimensions:
            if name != other:
                yield (_lacks(space, plan, name), *_has(plan, other, space))


def _agreeing(space: Space, plan: KeyPlan, policies: tuple[Policy, ...]) -> Iterator[Clause]:
    """A key that is tested both as text and as a number, a date or an address has one value: each text means what it says."""
    from iamlint.access.points import meaning

    texts = {
        value
        for policy in policies
        for _, condition in conditions_on(policy, plan.key)
        if condition.operator.base.family not in (Family.NUMERIC, Family.DATE, Family.IP, Family.NULL)
        for value in condition.values
        if isinstance(value, str)
    }
    for text in sorted(texts):
        other = Cube((Value(plan.text, TextSet((exact(text),), complemented=True), absent=True),))
        for name in plan.dimensions[1:]:
            means = meaning(plan.key, text, address=name == plan.address)
            if means:
                yield (other, Cube((Value(name, means, absent=False),)))
            elif key_type(plan.key) in ("Numeric", "Date", "IPAddress"):
                yield (other,)


def _lacks(space: Space, plan: KeyPlan, name: str) -> Cube:
    return Cube([test for cube in presence_clause(space, plan.key, present=False) for test in cube.tests if test.dimension == name])


def _has(plan: KeyPlan, name: str, space: Space) -> Clause:
    return (Cube([test for cube in presence_clause(space, plan.key, present=True) for test in cube.tests if test.dimension == name]),)


def _partitions(policies: tuple[Policy, ...]) -> Iterator[Clause]:
    """Callers are in a partition that the policies name: no account trusts across partitions.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    named = {
        entry.partition
        for policy in policies
        for statement in policy.statements
        if statement.principals is not None
        for entry in statement.principals.entries
        if entry.partition
    }
    if named:
        yield (Cube((Value(PARTITION, TextSet(map(exact, named)), absent=False),)),)


def _providers(policies: tuple[Policy, ...]) -> dict[str, list[Glob]]:
    """The services, and the providers by issuer (in lower case), that the policies name."""
    found: dict[str, list[Glob]] = {}
    for policy in policies:
        for statement in policy.statements:
            for entry in statement.principals.entries if statement.principals is not None else ():
                if entry.form in (Form.OIDC, Form.SERVICE):
                    found.setdefault(entry.name.lower() if entry.form is Form.OIDC else entry.text, []).append(exact(entry.text))
    return found


def _provider_test(issuer: str, providers: dict[str, list[Glob]]) -> Value:
    globs = [exact(issuer), wildcard(f"arn:*:iam::*:oidc-provider/{issuer}"), *providers.get(issuer, ())]
    return Value(PROVIDER, TextSet(globs), absent=False)


def _services_without_external_id(providers: dict[str, list[Glob]], lacking: Clause) -> Iterator[Clause]:
    from iamlint.knowledge.services import sends_external_id

    for name, globs in providers.items():
        if sends_external_id(name) is False:
            test = Value(PROVIDER, TextSet(globs), absent=False)
            yield (*_unless((CallerKind.SERVICE,), None, test), *lacking)


def _provider_forms(policies: tuple[Policy, ...], matrix: dict[CallerKind, tuple[str, ...]]) -> Iterator[Clause]:
    """What the names of providers look like; only needed where a policy does not name them."""
    entries = [
        entry for policy in policies for statement in policy.statements if statement.principals for entry in statement.principals.entries
    ]
    negated = any(statement.principals.negated for policy in policies for statement in policy.statements if statement.principals)
    if not negated and all(entry.form not in (Form.EVERYONE, Form.UNKNOWN) for entry in entries):
        return
    forms = {
        CallerKind.SERVICE: ("*.amazonaws.com", "*.amazonaws.com.cn"),
        CallerKind.SAML: ("arn:*:iam::*:saml-provider/*",),
        CallerKind.WEB_IDENTITY: (
            "arn:*:iam::*:oidc-provider/*",
            "cognito-identity*.amazonaws.com",
            "cognito-identity*.amazonaws.com.cn",
            "accounts.google.com",
            "graph.facebook.com",
            "www.amazon.com",
        ),
    }
    for caller, texts in forms.items():
        if caller in matrix:
            test = Value(PROVIDER, TextSet(map(wildcard, texts)), absent=False)
            yield (Cube((kinds_test((caller,)).negated(),)), Cube((test,)))
