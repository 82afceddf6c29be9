"""Whose is the resource that a policy is attached to, where its conditions compare the caller with the owner?

`${aws:ResourceAccount}` is the account of the role or the bucket itself, so a caller who has the same is no stranger:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount.
"""

from __future__ import annotations

from iamlint.access.search.question import account_not_in, key_is
from iamlint.access.sets.glob import exact, format_glob
from iamlint.access.sets.value_sets import TextSet
from iamlint.policy.fixed import conditions_on, is_fixed, named_accounts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from iamlint.access.access import Access
    from iamlint.access.search.cube import Clause
    from iamlint.access.search.space import Space
    from iamlint.access.sets.glob import Glob
    from iamlint.policy.statement import Policy

_ACCOUNT, _ORGANIZATION = "aws:resourceaccount", "aws:resourceorgid"
# The owner where nobody said who that is: of no account, and of no organization, that is anybody's.
_SOMEBODY = "000000000000"
_SOME_ORGANIZATION = "o-0000000000"


def strangers(space: Space, policy: Policy, inside: Collection[str]) -> Iterator[Clause]:
    """The caller is of an account that is not `inside`, that the policy does not name, and that does not own the resource."""
    owners = _owners(policy, _ACCOUNT, inside, _SOMEBODY)
    yield account_not_in({*named_accounts(policy), *inside, *owners})
    if owners:
        yield key_is(space, _ACCOUNT, _exactly(owners), absent=True)


def owned_by(access: Access, inside: Collection[str]) -> Iterator[Clause]:
    """The resource is of one of the accounts `inside`, or of somebody unknown."""
    owners = _owners(access.policy, _ACCOUNT, inside, _SOMEBODY)
    if owners:
        yield key_is(access.space, _ACCOUNT, _exactly(owners), absent=True)


def of_other_organization(space: Space, policy: Policy, inside: Iterable[str]) -> Iterator[Clause]:
    """The caller's organization is not the owner's; `inside` are our own."""
    owners = _owners(policy, _ORGANIZATION, inside, _SOME_ORGANIZATION)
    if owners:
        yield key_is(space, _ORGANIZATION, _exactly(owners), absent=True)
        yield key_is(space, "aws:principalorgid", _exactly(owners).complement(), absent=True)


def not_for_owner(space: Space, policy: Policy) -> Iterator[Clause]:
    """A service does not act for the owner of the resource itself."""
    accounts = _owners(policy, _ACCOUNT, (), _SOMEBODY)
    if accounts:
        yield key_is(space, _ACCOUNT, _exactly(accounts), absent=True)
        yield key_is(space, "aws:sourceaccount", _exactly(accounts).complement(), absent=True)
        of_owner = TextSet([_arn_of(account) for account in accounts])
        yield key_is(space, "aws:sourcearn", of_owner.complement(), absent=True)
    organizations = _owners(policy, _ORGANIZATION, (), _SOME_ORGANIZATION)
    if organizations:
        yield key_is(space, _ORGANIZATION, _exactly(organizations), absent=True)
        yield key_is(space, "aws:sourceorgid", _exactly(organizations).complement(), absent=True)


def _owners(policy: Policy, key: str, inside: Iterable[str], somebody: str) -> tuple[str, ...]:
    """Who may own the resource as far as the policy asks; empty where it does not."""
    tests = [condition for _, condition in conditions_on(policy, key)]
    variable = f"${{{key}"
    values = [value for statement in policy.statements for condition in statement.conditions for value in condition.values]
    if not tests and not any(isinstance(value, str) and variable in value.lower() for value in values):
        return ()
    named = [value for condition in tests for value in condition.values if isinstance(value, str) and is_fixed(key, value, likes=True)]
    return tuple(sorted({*named, *inside, somebody}))


def _exactly(values: Iterable[str]) -> TextSet:
    return TextSet(map(exact, values))


def _arn_of(account: str) -> Glob:
    return format_glob(f"arn:[^:]*:[^:]*:[^:]*:{account}:.*")
