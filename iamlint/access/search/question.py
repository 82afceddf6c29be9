"""What is asked of a policy: which action, by whom, on what, in which context?

These make the clauses of a question. Values can be tested for themselves, for absence, and for being *elsewhere*: outside everything
that the policy fixes for the key, which is how "anyone who is not on the list" is asked.
"""

from __future__ import annotations

from iamlint.access.search.callers import text_is
from iamlint.access.search.cube import ALWAYS, NEVER, Cube
from iamlint.access.search.literal import Each, Value
from iamlint.access.search.space import ACCOUNT, ACTION, NAME, PROVIDER, RESOURCE_PARTS, kinds_test
from iamlint.access.sets.glob import Chars, Glob, Item, action_glob, exact, wildcard
from iamlint.access.sets.value_sets import NO_POINTS, TextSet
from iamlint.policy.operator import Quantifier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.access.search.cube import Clause
    from iamlint.access.search.domains import Values
    from iamlint.access.search.literal import Test
    from iamlint.access.search.space import Space
    from iamlint.knowledge.callers import CallerKind
    from iamlint.policy.statement import Policy


def action_is(*patterns: str) -> Clause:
    """The action matches one of `patterns`."""
    return (Cube((Value(ACTION, TextSet(map(action_glob, patterns)), absent=False),)),)


def caller_is(*kinds: CallerKind) -> Clause:
    """The caller is of one of `kinds`."""
    return (Cube((kinds_test(kinds),)),)


def account_in(accounts: Iterable[str]) -> Clause:
    """The caller's account is one of `accounts`."""
    return (Cube((text_is(ACCOUNT, map(exact, accounts)),)),)


def account_not_in(accounts: Iterable[str]) -> Clause:
    """The caller's account is none of `accounts`."""
    return (Cube((text_is(ACCOUNT, map(exact, accounts)).negated(),)),)


def name_is(name: str) -> Clause:
    """The caller's path and name are `name`."""
    return (Cube((text_is(NAME, (exact(name),)),)),)


def is_stranger_of(account: str, *kinds: CallerKind) -> list[Clause]:
    """The caller is of one of `kinds`, of `account`, and has a name that nobody wrote down."""
    return [caller_is(*kinds), account_in([account]), name_is("zzzz")]


def name_not_like(*patterns: str) -> Clause:
    """The caller's path and name match none of `patterns`."""
    return (Cube((text_is(NAME, map(wildcard, patterns)).negated(),)),)


def provider_not_like(*patterns: str) -> Clause:
    """The service, or the identity provider, matches none of `patterns`."""
    return (Cube((text_is(PROVIDER, map(wildcard, patterns)).negated(),)),)


def provider_is(*texts: str) -> Clause:
    """The service, or the identity provider, is one of `texts`."""
    return (Cube((text_is(PROVIDER, map(exact, texts)),)),)


def key_absent(space: Space, key: str) -> Clause:
    """The request lacks `key`."""
    from iamlint.access.search.carried import presence_clause

    return presence_clause(space, key, present=False)


def key_present(space: Space, key: str) -> Clause:
    """The request carries `key`."""
    from iamlint.access.search.carried import presence_clause

    return presence_clause(space, key, present=True)


def key_is(space: Space, key: str, values: TextSet, *, absent: bool = False) -> Clause:
    """The key has one of `values` (a list: all its values are), or with `absent` is not there."""
    plan = space.plan(key)
    if not plan.text:
        # Tested as a number, a date or an address only: no text can be asked for.
        return key_absent(space, key) if absent else NEVER
    from iamlint.access.search.carried import value_clause

    found = value_clause(plan, values, Quantifier.ALL, absent)
    return found if absent or not plan.several else (Cube((), (found, key_present(space, key))),)


def key_above(space: Space, key: str, number: int) -> Clause:
    """The request carries `key`, a number that is greater than `number`; NEVER where the policy does not test it as a number."""
    from iamlint.access.sets.value_sets import above

    name = space.plan(key).points
    return (Cube((Value(name, above(number, inclusive=False), absent=False),)),) if name else NEVER


def fresh_values(least: int = 2) -> TextSet:
    """Values that nobody wrote down: runs of one letter, so that a pattern takes one only when all it asks for are wildcards."""
    letter = Item(Chars("z"))
    return TextSet((Glob([letter] * least + [Item(Chars("z"), loop=True)]),))


def key_elsewhere(space: Space, policy: Policy, key: str) -> Clause:
    """The request lacks `key`, or has a value for it that the policy does not fix."""
    from iamlint.access.sets.fixed_sets import fixed_addresses, fixed_texts

    plan = space.plan(key)
    tests: list[Test] = []
    for name in plan.dimensions:
        if name == plan.text:
            values: Values = fixed_texts(policy, plan.key).complement()
        elif name == plan.address:
            values = fixed_addresses(policy, plan.key).complement()
        else:
            continue
        tests.append(Each(name, values) if plan.several else Value(name, values, absent=True))
    return (Cube(tests),)


def key_public(space: Space, key: str) -> Clause:
    """The request lacks `key`, or it is an address that the internet has."""
    from iamlint.access.sets.points import addresses
    from iamlint.knowledge.addresses import RANGES

    name = space.plan(key).address
    found = NO_POINTS
    for version, first, last, _ in RANGES:
        found = found.join(addresses(version, first, last))
    return (Cube((Value(name, found.complement(), absent=True),)),) if name else ALWAYS


def resource_is(*patterns: str) -> Clause:
    """The resource matches one of `patterns`, read as a Resource element reads them (`*`: any, or none)."""
    if "*" in patterns:
        return ALWAYS
    found = []
    for pattern in patterns:
        parts = pattern.split(":", 5)[1:]
        tests = [Value(name, TextSet((wildcard(part),)), absent=False) for name, part in zip(RESOURCE_PARTS, parts, strict=True)]
        found.append(Cube(tests))
    return tuple(found)
