"""How far does a trust policy open its role: to everyone, to an organization, to accounts and tenants it names, or to nobody but us?

Worlds are about identity alone: network, time, MFA and what a caller chooses never change the world.
"""

from __future__ import annotations

from iamlint.access.search.question import account_in, account_not_in, caller_is, key_elsewhere, key_is
from iamlint.access.sets.glob import exact
from iamlint.access.sets.value_sets import TextSet
from iamlint.enumeration import Enumeration
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.fixed import keys_of, named_accounts, named_organizations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from iamlint.access.access import Access
    from iamlint.access.evaluation.request import Witness
    from iamlint.access.search.cube import Clause


class World(Enumeration):
    """Who gets in, the broadest first."""

    PUBLIC = "any account"
    ORGANIZATION = "any account of an organization"
    EXTERNAL = "an account outside the zone"
    FEDERATED = "a federated identity"
    SERVICE = "an AWS service"
    OWN = "our own accounts"
    NOBODY = "nobody"


_STRANGE_KEYS = ("aws:principalorgid", "aws:principalorgpaths", "aws:userid")


def broadest_world(access: Access, inside: Collection[str]) -> tuple[World, Witness | None]:
    """The broadest world in which the policy lets someone in, and who; `inside` are the accounts of the zone. Raises Undecided."""
    for world, question in _questions(access, inside):
        witness = access.meets(question)
        if witness is not None:
            return world, witness
    return World.NOBODY, None


def _questions(access: Access, inside: Collection[str]) -> Iterator[tuple[World, list[Clause]]]:
    policy = access.policy
    people = caller_is(CallerKind.USER, CallerKind.ROLE, CallerKind.ROOT, CallerKind.FEDERATED_USER)
    strangers = [people, account_not_in(named_accounts(policy) | set(inside))]
    tested = keys_of(policy)
    yield World.PUBLIC, [*strangers, *(key_elsewhere(access.space, policy, key) for key in _STRANGE_KEYS if key in tested)]
    for organization in named_organizations(policy):
        yield World.ORGANIZATION, [*strangers, key_is(access.space, "aws:principalorgid", TextSet((exact(organization),)))]
    yield World.EXTERNAL, [people, account_not_in(inside)]
    yield World.FEDERATED, [caller_is(CallerKind.WEB_IDENTITY, CallerKind.SAML)]
    yield World.SERVICE, [caller_is(CallerKind.SERVICE)]
    if inside:
        yield World.OWN, [people, account_in(inside)]
