"""Random small policies, and random requests that come close to what they say.

Everything is drawn from few words, so that what one statement grants another often touches. The same seed gives the same policies.
"""

from __future__ import annotations

from random import Random
from typing import Any

from iamlint.access.evaluation.request import Caller, Request
from iamlint.knowledge.callers import CallerKind

GITHUB = "token.actions.githubusercontent.com"
OIDC = f"arn:aws:iam::111111111111:oidc-provider/{GITHUB}"
SAML = "arn:aws:iam::111111111111:saml-provider/Corp"
ACCOUNTS = ("111111111111", "222222222222", "333333333333")

_PRINCIPALS: tuple[Any, ...] = (
    "*",
    {"AWS": "*"},
    {"AWS": "111111111111"},
    {"AWS": ["arn:aws:iam::111111111111:root", "222222222222"]},
    {"AWS": "arn:aws:iam::111111111111:role/ci"},
    {"AWS": "arn:aws:iam::111111111111:role/team/ci"},
    {"AWS": "arn:aws:iam::222222222222:user/bob"},
    {"AWS": "arn:aws:sts::111111111111:assumed-role/ci/run"},
    {"AWS": "arn:aws:sts::111111111111:federated-user/bob"},
    {"Service": "lambda.amazonaws.com"},
    {"Service": ["lambda.amazonaws.com", "ec2.amazonaws.com"], "AWS": "222222222222"},
    {"Federated": OIDC},
    {"Federated": SAML},
    {"AWS": "AIDAAAAAAAAAAAAAAAAAA"},
)
_ACTIONS: tuple[Any, ...] = (
    "*",
    "s3:*",
    "s3:Get*",
    "s3:GetObject",
    ["s3:GetObject", "s3:PutObject"],
    "s3:*Object",
    "s3:?etObject",
    "iam:PassRole",
    ["iam:*", "s3:Put*"],
    "sts:AssumeRole",
    "sts:*",
)
_RESOURCES: tuple[Any, ...] = (
    "*",
    "arn:aws:s3:::a/*",
    "arn:aws:s3:::a",
    "arn:aws:s3:::*/x",
    ["arn:aws:s3:::a/x", "arn:aws:s3:::b/*"],
    "arn:aws:iam::111111111111:role/*",
    "arn:aws:iam::*:role/ci",
    "arn:*:s3:::a*",
    "arn:aws:s3:::a/${aws:username}/*",
    "arn:aws:s3:::a/?",
)
_CONDITIONS: tuple[tuple[tuple[str, ...], str, tuple[Any, ...]], ...] = (
    (
        ("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase"),
        "sts:ExternalId",
        ("ab", "cd", "a*", "??", "*", ["ab", "cd"], "AB", "${sts:RoleSessionName}"),
    ),
    (("StringEquals", "StringLike", "StringNotEquals"), "aws:PrincipalOrgID", ("o-aaaaaaaaaa", "o-*", ["o-aaaaaaaaaa", "o-bbbbbbbbbb"])),
    (("StringEquals", "StringNotEquals", "StringLike"), "aws:PrincipalAccount", (*ACCOUNTS, "1*", list(ACCOUNTS[:2]))),
    (
        ("ArnLike", "ArnNotLike", "ArnEquals", "StringLike", "StringEquals", "StringNotLike"),
        "aws:PrincipalArn",
        (
            "arn:aws:iam::111111111111:role/ci",
            "arn:aws:iam::*:role/*",
            "arn:aws:iam::111111111111:*",
            "*:role/ci",
            "arn:aws:iam::*:user/bob",
            "*role*",
            "arn:aws:*::111111111111:*/bob",
        ),
    ),
    (("Bool",), "aws:MultiFactorAuthPresent", ("true", "false", True, ["true", "false"])),
    (("NumericLessThan", "NumericGreaterThanEquals", "NumericEquals", "NumericNotEquals"), "aws:MultiFactorAuthAge", (60, "3600", 0)),
    (
        ("IpAddress", "NotIpAddress"),
        "aws:SourceIp",
        ("203.0.113.0/24", "203.0.113.7", "0.0.0.0/0", "2001:db8::/32", ["10.0.0.0/8", "::/0"]),
    ),
    (("DateLessThan", "DateGreaterThan", "DateEquals"), "aws:CurrentTime", ("2026-01-01T00:00:00Z", "2027-01-01", "1767225600")),
    (("StringEquals", "StringLike", "StringNotLike"), "aws:username", ("bob", "b*", "*", "${aws:PrincipalTag/name}")),
    (("StringEquals", "StringNotEquals"), "aws:PrincipalTag/name", ("bob", "eve", "${aws:username}", "${aws:username, 'eve'}")),
    (("StringEquals", "StringLike"), "aws:PrincipalType", ("User", "AssumedRole", "A*")),
    (("Bool",), "aws:PrincipalIsAWSService", ("true", "false")),
    (("StringEquals", "StringLike"), f"{GITHUB}:sub", ("repo:a/b:ref:refs/heads/main", "repo:a/*", "repo:a*", "*:main")),
    (("StringEquals", "StringLike", "StringNotEquals", "StringNotLike"), "aws:TagKeys", ("x", ["x", "y"], "x*")),
    (("ArnLike", "ArnNotEquals"), "aws:SourceArn", ("arn:aws:s3:::a", "arn:aws:s3:*:*:a*", "arn:aws:*:*:111111111111:*")),
    (("Null",), "sts:ExternalId", ("true", "false", ["true", "false"])),
    (("Null",), "aws:PrincipalOrgID", ("true", "false")),
    (("Null",), "aws:PrincipalArn", ("true", "false")),
    (("Null",), "aws:TagKeys", ("true", "false")),
)
_SAID: dict[str, tuple[str | tuple[str, ...], ...]] = {
    "sts:ExternalId": ("ab", "cd", "abc", "zz", "AB", "run", "Ab"),
    "sts:RoleSessionName": ("run", "ab", "cd"),
    "aws:PrincipalOrgID": ("o-aaaaaaaaaa", "o-bbbbbbbbbb", "o-cccccccccc"),
    "aws:MultiFactorAuthPresent": ("true", "false"),
    "aws:MultiFactorAuthAge": ("0", "59", "60", "61", "3599.5", "3600", "9000"),
    "aws:SourceIp": ("203.0.113.7", "203.0.113.9", "198.51.100.1", "10.1.2.3", "2001:db8::1", "2600::1"),
    "aws:CurrentTime": ("2025-06-01T00:00:00Z", "2026-01-01T00:00:00Z", "2026-06-01T12:00:00Z", "2028-01-01T00:00:00Z"),
    "aws:PrincipalTag/name": ("bob", "eve", "amy"),
    f"{GITHUB}:sub": ("repo:a/b:ref:refs/heads/main", "repo:ab/c:x", "repo:a/c:pull_request", "repo:z/z:main"),
    "aws:TagKeys": (("x",), ("y",), ("x", "y"), ("x", "z"), ("xx",)),
    "aws:SourceArn": ("arn:aws:s3:::a", "arn:aws:s3:::ab", "arn:aws:sns:us-east-1:111111111111:t", "arn:aws:s3:::b"),
}
_ASKED = ("s3:GetObject", "s3:PutObject", "s3:SetObject", "s3:ListBucket", "iam:PassRole", "iam:GetRole", "sts:AssumeRole", "sns:Publish")
_ON = (
    None,
    "arn:aws:s3:::a",
    "arn:aws:s3:::a/x",
    "arn:aws:s3:::a/bob/y",
    "arn:aws:s3:::b/x",
    "arn:aws:s3:::ab",
    "arn:aws-cn:s3:::a",
    "arn:aws:iam::111111111111:role/ci",
    "arn:aws:iam::222222222222:role/x",
)
_QUALIFIERS = ("", "", "", "", "IfExists", "ForAllValues:", "ForAnyValue:")


def condition_block(chance: Random) -> dict[str, Any]:
    """One to three lines of a Condition block."""
    block: dict[str, dict[str, Any]] = {}
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        operators, key, values = chance.choice(_CONDITIONS)
        operator = chance.choice(operators)
        qualifier = chance.choice(_QUALIFIERS) if operator != "Null" else ""
        name = operator + qualifier if qualifier == "IfExists" else qualifier + operator
        if key == "aws:TagKeys" and operator != "Null":
            name = chance.choice(("ForAllValues:", "ForAnyValue:")) + operator
        block.setdefault(name, {})[key] = chance.choice(values)
    return block


def statement(chance: Random, *, trust: bool) -> dict[str, Any]:
    """One statement: with principals, as a trust or resource policy has it, or with resources, as an identity policy has it."""
    effect = chance.choice(("Allow", "Allow", "Allow", "Deny"))
    made: dict[str, Any] = {"Effect": effect}
    if trust:
        negated = effect == "Deny" and chance.random() < 0.2
        made["NotPrincipal" if negated else "Principal"] = chance.choice(_PRINCIPALS)
    else:
        made[chance.choice(("Resource", "Resource", "Resource", "NotResource"))] = chance.choice(_RESOURCES)
    made[chance.choice(("Action", "Action", "Action", "Action", "NotAction"))] = chance.choice(_ACTIONS)
    if chance.random() < 0.7:
        made["Condition"] = condition_block(chance)
    return made


def document(chance: Random) -> dict[str, Any]:
    """A policy of one to four statements."""
    trust = chance.random() < 0.5
    version = "2012-10-17" if chance.random() < 0.9 else "2008-10-17"
    return {"Version": version, "Statement": [statement(chance, trust=trust) for _ in range(chance.choice((1, 1, 2, 2, 3, 4)))]}


def caller(chance: Random) -> Caller:
    """Anybody, most often someone a policy may name."""
    kind = chance.choice(tuple(CallerKind))
    account = chance.choice(ACCOUNTS)
    match kind:
        case CallerKind.ANONYMOUS:
            return Caller(kind)
        case CallerKind.ROOT:
            return Caller(kind, account=account)
        case CallerKind.ROLE:
            session = chance.choice(("run", "other"))
            return Caller(kind, chance.choice(("ci", "team/ci", "bob", "x")), account=account, session=session)
        case CallerKind.USER | CallerKind.FEDERATED_USER:
            return Caller(kind, chance.choice(("bob", "eve", "team/bob")), account=account)
        case CallerKind.SERVICE:
            return Caller(kind, chance.choice(("lambda.amazonaws.com", "ec2.amazonaws.com", "sns.amazonaws.com")))
        case CallerKind.WEB_IDENTITY:
            return Caller(kind, chance.choice((OIDC, "accounts.google.com")))
        case CallerKind.SAML:
            return Caller(kind, SAML)
        case _:
            return Caller(kind, "a" * 64)


def request(chance: Random) -> Request:
    """A request; each key is there or not, whether or not the world would send it."""
    context = {key: chance.choice(values) for key, values in _SAID.items() if chance.random() < 0.5}
    return Request(chance.choice(_ASKED), caller(chance), chance.choice(_ON), context)
