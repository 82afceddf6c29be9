"""Which keys do requests carry, by who makes them and what they ask for?

Only facts that AWS documents are here (see `knowledge`), and only those about keys that a policy or a question mentions.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.evaluation.request import DERIVED_KEYS
from iamlint.access.search.carried import presence_clause
from iamlint.access.search.cube import Cube
from iamlint.access.search.facts import action_in, matrix_of
from iamlint.access.search.literal import Value
from iamlint.access.search.space import PROVIDER, kinds_test
from iamlint.access.sets.glob import exact, wildcard
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import Presence, excludes, is_global, key_type, presence, split_claim, values_for
from iamlint.policy.document import Kind
from iamlint.policy.fixed import conditions_on
from iamlint.policy.operator import Family

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.access.search.cube import Clause
    from iamlint.access.search.literal import Test
    from iamlint.access.search.space import KeyPlan, Space
    from iamlint.access.sets.glob import Glob
    from iamlint.policy.statement import Policy


def key_facts(space: Space, policies: tuple[Policy, ...], kind: Kind, providers: dict[str, list[Glob]]) -> Iterator[Clause]:
    """The facts about keys; `providers` are the services, and the providers by issuer, that the policies name."""
    for plan in tuple(space.keys.values()):
        if plan.key not in DERIVED_KEYS:
            yield from _key_facts(space, plan, providers, kind)
            if plan.text and len(plan.dimensions) > 1 and not plan.several:
                yield from _agreeing(plan, policies)


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
    for caller, possible in matrix_of(kind).items():
        actions = tuple(action for action in possible if presence(key, caller, action) is wanted)
        if actions:
            groups.setdefault(None if actions == possible else actions, set()).add(caller)
    return tuple((frozenset(callers), actions) for actions, callers in groups.items())


def _unless(callers: Iterable[CallerKind], actions: tuple[str, ...] | None, provider: Value | None) -> tuple[Cube, ...]:
    found: list[Test] = [kinds_test(callers).negated()]
    if actions is not None:
        found.append(action_in(actions).negated())
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
    for caller in matrix_of(kind):
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


def _agreeing(plan: KeyPlan, policies: tuple[Policy, ...]) -> Iterator[Clause]:
    """A key that is tested both as text and as a number, a date or an address has one value: each text means what it says."""
    from iamlint.access.sets.points import meaning

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


def _provider_test(issuer: str, providers: dict[str, list[Glob]]) -> Value:
    globs = [exact(issuer), wildcard(f"arn:*:iam::*:oidc-provider/{issuer}"), *providers.get(issuer, ())]
    return Value(PROVIDER, TextSet(globs), absent=False)


def _services_without_external_id(providers: dict[str, list[Glob]], lacking: Clause) -> Iterator[Clause]:
    from iamlint.knowledge.services import sends_external_id

    for name, globs in providers.items():
        if sends_external_id(name) is False:
            test = Value(PROVIDER, TextSet(globs), absent=False)
            yield (*_unless((CallerKind.SERVICE,), None, test), *lacking)
