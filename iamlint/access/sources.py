"""For whose resources may a service use a role, or another resource?

A service that acts for a resource says for which one: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html.
"""

from __future__ import annotations

from iamlint.access.acting import ACCOUNT, ARN
from iamlint.access.owner import not_for_owner
from iamlint.access.search.question import action_is, caller_is, key_elsewhere, key_is, provider_is
from iamlint.access.sets.fixed_sets import fixed_texts
from iamlint.access.sets.glob import format_glob
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.fixed import keys_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.access.search.cube import Clause
    from iamlint.access.search.space import Space
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Policy

SAYS_WHOSE = frozenset(
    "aws:sourceowner aws:userid kms:calleraccount s3:dataaccesspointaccount s3:dataaccesspointarn s3:accesspointnetworkorigin".split()
)
"""Keys of services that say whose call it is, or from which network."""
INSIDE = "elasticfilesystem:accessedviamounttarget"
"""What only a request from within the VPC carries: https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html"""

# A bucket's ARN says no account: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html
_NO_ACCOUNT = format_glob("arn:[^:]*:[^:]*:[^:]*::[^*?]*")
_SOME_ACCOUNT = format_glob("arn:[^:]*:[^:]*:[^:]*:[0-9]{12}:[^*?]*")
_ANY_NAME = format_glob("arn:[^:]*:[^:]*:[^:]*::zz[z]*")
# What looks like the ARN of a bucket with an account, which no bucket has.
_BUCKET_OF_ACCOUNT = TextSet((format_glob("arn:[^:]*:s3:[^:]*:[0-9]{12}:[^:]*"),))
_OTHER_KEYS = ("aws:sourceorgid", "aws:sourceorgpaths", "sts:externalid")


def assumed_by(services: Iterable[Principal]) -> tuple[Clause, ...]:
    """One of the services assumes the role."""
    return used_by(services, ["sts:AssumeRole"])


def used_by(services: Iterable[Principal], actions: Iterable[str]) -> tuple[Clause, ...]:
    """One of the services calls one of the actions."""
    return (action_is(*actions), caller_is(CallerKind.SERVICE), provider_is(*[entry.text for entry in services]))


def for_strangers(space: Space, policy: Policy) -> Iterator[Clause]:
    """It does so for a resource of an account that the policy does not fix, and says whose the resource is."""
    tested = keys_of(policy)
    if ARN in tested:
        yield key_is(space, ARN, TextSet((_SOME_ACCOUNT, _ANY_NAME)))
        yield (*key_is(space, ARN, fixed_texts(policy, ARN).complement()), *key_is(space, ARN, TextSet((_ANY_NAME,))))
    yield from other_accounts(space, policy)


def accounts_of_strangers(space: Space, policy: Policy) -> Iterator[Clause]:
    """It acts for an account that the policy does not fix, and not for a bucket that the policy names."""
    if ARN in keys_of(policy):
        yield key_is(space, ARN, _BUCKET_OF_ACCOUNT.complement())
    yield from for_strangers(space, policy)


def for_nameless(space: Space, policy: Policy) -> Iterator[Clause]:
    """It does so for a resource whose ARN says no account, and which is not known to be ours by other keys."""
    yield key_is(space, ARN, TextSet((_NO_ACCOUNT,)))
    yield from other_accounts(space, policy)


def other_accounts(space: Space, policy: Policy) -> Iterator[Clause]:
    """What else such a request says of its account is not what the policy fixes."""
    tested = keys_of(policy)
    if ACCOUNT in tested:
        yield key_is(space, ACCOUNT, fixed_texts(policy, ACCOUNT).complement())
    for key in _OTHER_KEYS:
        if key in tested:
            yield key_elsewhere(space, policy, key)
    yield from not_for_owner(space, policy)
