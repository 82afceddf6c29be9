"""Random questions, each with a predicate that says the same of one request."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, TypeAlias

from iamlint.access.access import Access
from iamlint.access.evaluation.request import Request
from iamlint.access.search import question
from iamlint.access.sets.glob import wildcard
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from tests.access.chance import ACCOUNTS, OIDC, SAML

if TYPE_CHECKING:
    from iamlint.access.search.cube import Clause

Asked: TypeAlias = "tuple[Clause, Callable[[Request], bool]]"

_KEYS = ("sts:ExternalId", "aws:PrincipalOrgID", "aws:PrincipalTag/name", "aws:TagKeys", "aws:PrincipalArn", "aws:username", "aws:SourceIp")
_TEXTS = ("ab", "a*", "*b", "o-*", "bob", "x", "arn:aws:iam::111111111111:*", "??")
_NAMED = {CallerKind.USER, CallerKind.ROLE, CallerKind.FEDERATED_USER}


def asked(random: Random, access: Access) -> list[Asked]:
    """None to three random demands on a request."""
    kinds = [_action, _kind, _account, _stranger, _name, _other_name, _provider, _resource]
    keys = [_absent, _present, _value]
    found = [one(random) for one in random.sample(kinds, random.choice((0, 0, 1, 1, 2)))]
    return found + [one(random, access) for one in random.sample(keys, random.choice((0, 0, 1)))]


def _action(random: Random) -> Asked:
    pattern = random.choice(("s3:*", "sts:AssumeRole", "*:Get*", "*", "iam:Pass?ole"))
    glob = wildcard("*:*" if pattern == "*" else pattern.lower())
    return question.action_is(pattern), lambda request: glob.matches(request.action.lower())


def _kind(random: Random) -> Asked:
    kinds = random.sample(tuple(CallerKind), random.randint(1, 3))
    return question.caller_is(*kinds), lambda request: request.caller.kind in kinds


def _account(random: Random) -> Asked:
    accounts = random.sample(ACCOUNTS, random.randint(1, 2))
    return question.account_in(accounts), lambda request: request.caller.kind not in IAM_CALLERS or request.caller.account in accounts


def _stranger(random: Random) -> Asked:
    accounts = random.sample(ACCOUNTS, random.randint(1, 2))
    return question.account_not_in(accounts), lambda request: request.caller.account not in accounts


def _name(random: Random) -> Asked:
    name = random.choice(("ci", "team/ci", "bob"))
    return question.name_is(name), lambda request: request.caller.kind not in _NAMED or request.caller.name == name


def _other_name(random: Random) -> Asked:
    pattern = random.choice(("*ci", "team/*", "b?b"))
    glob = wildcard(pattern)
    return question.name_not_like(pattern), lambda request: request.caller.kind not in _NAMED or not glob.matches(request.caller.name)


def _provider(random: Random) -> Asked:
    names = ("lambda.amazonaws.com", "ec2.amazonaws.com", OIDC, SAML)
    wanted = random.sample(names, random.randint(1, 2))
    unnamed = IAM_CALLERS | {CallerKind.ANONYMOUS}
    return question.provider_is(*wanted), lambda request: request.caller.kind in unnamed or request.caller.name in wanted


def _resource(random: Random) -> Asked:
    pattern = random.choice(("arn:aws:s3:::a*", "arn:*:s3:::*/x", "arn:aws:iam::111111111111:role/*", "*"))
    fields = pattern.split(":", 5)

    def holds(request: Request) -> bool:
        if pattern == "*" or request.resource is None:
            return pattern == "*"
        given = request.resource.split(":", 5)
        return all(wildcard(field).matches(part) for field, part in zip(fields, given, strict=True))

    return question.resource_is(pattern), holds


def _absent(random: Random, access: Access) -> Asked:
    key = random.choice(_KEYS)
    return question.key_absent(access.space, key), lambda request: request.value(key.lower()) is None


def _present(random: Random, access: Access) -> Asked:
    key = random.choice(_KEYS)
    return question.key_present(access.space, key), lambda request: request.value(key.lower()) is not None


def _value(random: Random, access: Access) -> Asked:
    key = random.choice([key for key in _KEYS if key != "aws:SourceIp"])
    globs = list(map(wildcard, random.sample(_TEXTS, random.randint(1, 2))))
    values = TextSet(globs, complemented=random.random() < 0.5)
    absent = random.random() < 0.3

    def holds(request: Request) -> bool:
        found = request.value(key.lower())
        if found is None:
            return absent
        return all(
            any(glob.matches(one) for glob in globs) != values.complemented for one in ((found,) if isinstance(found, str) else found)
        )

    return question.key_is(access.space, key, values, absent=absent), holds
