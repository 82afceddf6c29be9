"""Whose is the resource that a stranger asks for? Not the stranger's.

Policies compare who calls with whose the resource is: `"aws:PrincipalOrgID": "${aws:ResourceOrgID}"`.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid
"""

from __future__ import annotations

from iamlint.access.glob import exact
from iamlint.access.question import account_not_in, key_is
from iamlint.access.sets import TextSet
from iamlint.policy.pattern import Variable, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.cube import Clause
    from iamlint.access.space import Space
    from iamlint.policy.statement import Policy

_ACCOUNT, _ORGANIZATION = "aws:resourceaccount", "aws:resourceorgid"
# What stands for the owner; whichever it is, a stranger is somebody else.
_OWNER = {_ACCOUNT: "111122223333", _ORGANIZATION: "o-theowner0"}
_STRANGERS = {_ACCOUNT: ("aws:sourceaccount",), _ORGANIZATION: ("aws:principalorgid", "aws:sourceorgid")}


def of_another_owner(space: Space, policy: Policy) -> Iterator[Clause]:
    """The resource is of an account and an organization that the request is not from, as far as the policy compares the two."""
    compared, fixed = _tested(policy)
    for key, name in _OWNER.items():
        if key not in compared or key in fixed:
            continue
        owner = TextSet([exact(name)])
        yield key_is(space, key, owner)
        if key == _ACCOUNT:
            yield account_not_in([name])
        for other in _STRANGERS[key]:
            if other in compared:
                yield key_is(space, other, owner.complement(), absent=True)


def _tested(policy: Policy) -> tuple[set[str], set[str]]:
    """The keys that conditions compare with other keys, and those that they compare with what the policy says."""
    compared: set[str] = set()
    fixed: set[str] = set()
    for statement in policy.statements:
        for condition in statement.conditions:
            parts = [part for value in condition.values if isinstance(value, str) and "${" in value for part in split(value)]
            variables = {part.key.lower() for part in parts if isinstance(part, Variable)}
            compared |= variables
            (compared if variables else fixed).add(condition.key.lower())
    return compared, fixed
