"""Which requests does the world not hold?

A fact is a clause that every real request satisfies: which callers can ask for which STS action; which keys their requests carry is told by
`key_facts`. Only facts that AWS documents are here (see `knowledge`).
"""

from __future__ import annotations

from functools import cache

from iamlint.access.search.cube import Cube
from iamlint.access.search.literal import Value
from iamlint.access.search.space import ACTION, KINDS, PARTITION, PROVIDER, kinds_test
from iamlint.access.sets.glob import exact, wildcard
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.policy.document import Kind
from iamlint.policy.principal import Form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.access.search.cube import Clause
    from iamlint.access.search.space import Space
    from iamlint.access.sets.glob import Glob
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
    matrix = matrix_of(kind)
    found: list[Clause] = [(Cube((kinds_test(matrix),)),)]
    if kind is Kind.TRUST:
        found += _trust_actions()
    found += _partitions(policies)
    found += _provider_forms(policies, matrix)
    if space.keys:
        from iamlint.access.search.key_facts import key_facts

        found += key_facts(space, policies, kind, _providers(policies))
    return tuple(found)


@cache
def matrix_of(kind: Kind) -> dict[CallerKind, tuple[str, ...]]:
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
    matrix = matrix_of(Kind.TRUST)
    actions = sorted({action for possible in matrix.values() for action in possible})
    found: list[Clause] = [(Cube((action_in(actions),)),)]
    for action in actions:
        callers = [caller for caller, possible in matrix.items() if action in possible]
        if len(callers) < len(matrix):
            found.append((Cube((action_in([action]).negated(),)), Cube((kinds_test(callers),))))
    return tuple(found)


def action_in(actions: Iterable[str]) -> Value:
    """The test that the action is one of `actions`."""
    return Value(ACTION, TextSet(map(exact, actions)), absent=False)


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
