"""Statements against one request: actions, resources, principals, variables and effects, as AWS documents them."""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.access.evaluation.evaluate import Outcome, evaluate
from iamlint.access.evaluation.principals import Level
from iamlint.access.evaluation.request import Caller, Request
from iamlint.knowledge.callers import CallerKind
from tests.access.build import ANONYMOUS, OTHER, OWN, allow, deny, policy, role, root, service, user

ACTIONS = [
    ("*", "s3:GetObject", True),
    ("*:*", "s3:GetObject", True),
    ("s3:*", "s3:GetObject", True),
    ("s3:GetObject", "s3:GetObject", True),
    ("S3:getobject", "s3:GetObject", True),
    ("s3:GetObject", "S3:GETOBJECT", True),
    ("s3:Get*", "s3:GetObject", True),
    ("s3:*Object", "s3:GetObject", True),
    ("s3:Get?bject", "s3:GetObject", True),
    ("s3:GetObject?", "s3:GetObject", False),
    ("s3:Get*", "s3:PutObject", False),
    ("s3:GetObject", "s3:GetObjectAcl", False),
    ("s*:GetObject", "s3:GetObject", True),
    ("s3*", "s3:GetObject", True),
    ("s3", "s3:GetObject", False),
    ("GetObject", "s3:GetObject", False),
    ("*Object", "s3:GetObject", True),
    ("", "s3:GetObject", False),
    (["ec2:*", "s3:*"], "s3:GetObject", True),
    ([], "s3:GetObject", False),
    ("s3:${aws:username}", "s3:bob", False),
]


@pytest.mark.parametrize(("pattern", "action", "expected"), ACTIONS)
def test_an_action_is_matched_ignoring_case(pattern: str | list[str], action: str, expected: bool) -> None:
    assert evaluate(allow(Action=pattern), Request(action, user("bob"))).allowed is expected


@pytest.mark.parametrize(("pattern", "action", "expected"), ACTIONS)
def test_not_action_covers_what_action_does_not(pattern: str | list[str], action: str, expected: bool) -> None:
    assert evaluate(allow(NotAction=pattern), Request(action, user("bob"))).allowed is not expected


OBJECT = "arn:aws:s3:::bucket/a/b.txt"
LOGS = "arn:aws:logs:us-east-1:111122223333:log-group:app:log-stream:1"
RESOURCES = [
    ("*", OBJECT, True),
    ("*", None, True),
    (OBJECT, OBJECT, True),
    (OBJECT.upper(), OBJECT, False),
    ("arn:aws:s3:::bucket/*", OBJECT, True),
    ("arn:aws:s3:::bucket/*", None, False),
    ("arn:aws:s3:::bucket", OBJECT, False),
    ("arn:aws:s3:::bucket*", OBJECT, True),
    ("arn:aws:s3:::Bucket/*", OBJECT, False),
    ("arn:aws:s3:::bucket/?/b.txt", OBJECT, True),
    ("arn:aws:s3:::bucket/a?b.txt", OBJECT, True),
    ("arn:aws:s3:::*", OBJECT, True),
    ("arn:*:s3:*:*:*", OBJECT, True),
    ("arn:*:*:*:*:*", OBJECT, True),
    ("arn:*:*:*:*:*", None, False),
    ("arn:aws:s3:*:111122223333:bucket/*", OBJECT, False),
    ("arn:aws:*:bucket/*", OBJECT, False),
    ("arn:aws:s3", OBJECT, True),
    ("arn:aws:ec2", OBJECT, False),
    ("arn:*", OBJECT, True),
    ("arn:*", None, False),
    ("bucket/*", OBJECT, False),
    ("**", None, False),
    ("arn:aws:logs:*:*:log-group:app:*", LOGS, True),
    ("arn:aws:logs:*:111122223333:*", LOGS, True),
    ("arn:aws:logs:*:log-group:app:*", LOGS, False),
    ("arn:aws:logs:us-*-1:*:log-group:*:log-stream:1", LOGS, True),
    (["arn:aws:s3:::other/*", "arn:aws:s3:::bucket/*"], OBJECT, True),
    ("arn:aws:s3:::bucket/${*}", "arn:aws:s3:::bucket/*", True),
    ("arn:aws:s3:::bucket/${*}", OBJECT, False),
    ("arn:aws:s3:::bucket/${?}", "arn:aws:s3:::bucket/?", True),
    ("arn:aws:s3:::bucket/${?}", "arn:aws:s3:::bucket/x", False),
    ("arn:aws:s3:::bucket/${$}{x}", "arn:aws:s3:::bucket/${x}", True),
    ("arn:aws:s3:::*a*b*c*d*e", "arn:aws:s3:::" + "a" * 5000, False),
]


@pytest.mark.parametrize(("pattern", "resource", "expected"), RESOURCES)
def test_a_resource_is_matched_field_by_field(pattern: str | list[str], resource: str | None, expected: bool) -> None:
    assert evaluate(allow(Resource=pattern), Request("x:Y", user("bob"), resource)).allowed is expected


@pytest.mark.parametrize(("pattern", "resource", "expected"), RESOURCES)
def test_not_resource_covers_what_resource_does_not(pattern: str | list[str], resource: str | None, expected: bool) -> None:
    assert evaluate(allow(NotResource=pattern), Request("x:Y", user("bob"), resource)).allowed is not expected


def test_a_statement_without_resource_is_about_what_the_policy_is_attached_to() -> None:
    trust = policy({"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}})

    assert evaluate(trust, Request("sts:AssumeRole", user("bob"))).allowed
    assert evaluate(trust, Request("sts:AssumeRole", user("bob"), "arn:aws:iam::111122223333:role/x")).allowed


def test_a_statement_without_action_matches_no_action() -> None:
    assert not evaluate(policy({"Statement": {"Effect": "Allow", "Resource": "*"}}), Request("s3:GetObject", user("bob"))).allowed


HOME = "arn:aws:s3:::home/bob/x"
VARIABLES = [
    ("arn:aws:s3:::home/${aws:username}/*", {}, True),
    ("arn:aws:s3:::home/${AWS:UserName}/*", {}, True),
    ("arn:aws:s3:::home/${aws:RequestTag/who}/*", {"aws:RequestTag/who": "bob"}, True),
    ("arn:aws:s3:::home/${aws:RequestTag/who}/*", {"aws:RequestTag/who": "eve"}, False),
    ("arn:aws:s3:::home/${aws:RequestTag/who}/*", {"aws:RequestTag/who": "*"}, False),
    ("arn:aws:s3:::home/${aws:RequestTag/who}/*", {"aws:RequestTag/who": ("bob",)}, False),
    ("arn:aws:s3:::home/${aws:RequestTag/who}/*", {}, False),
    ("arn:aws:s3:::home/${aws:RequestTag/who, 'bob'}/*", {}, True),
    ("arn:aws:s3:::home/${aws:RequestTag/who, 'bob'}/*", {"aws:RequestTag/who": "eve"}, False),
    ("arn:aws:s3:::home/${aws:RequestTag/who, '*'}/*", {}, False),
    ("arn:aws:${aws:RequestTag/who}:::home/bob/x", {"aws:RequestTag/who": "s3"}, False),
    ("arn:aws:s3:::${aws:RequestTag/who}", {"aws:RequestTag/who": "home/bob/x"}, True),
]


@pytest.mark.parametrize(("pattern", "context", "expected"), VARIABLES)
def test_a_variable_stands_for_its_value_in_the_last_field(pattern: str, context: dict[str, Any], expected: bool) -> None:
    assert evaluate(allow(Resource=pattern), Request("s3:GetObject", user("bob"), HOME, context)).allowed is expected


@pytest.mark.parametrize(("pattern", "context", "expected"), VARIABLES)
def test_not_resource_excludes_nothing_by_a_variable_without_value(pattern: str, context: dict[str, Any], expected: bool) -> None:
    assert evaluate(allow(NotResource=pattern), Request("s3:GetObject", user("bob"), HOME, context)).allowed is not expected


@pytest.mark.parametrize("version", ["2008-10-17", None])
def test_a_variable_is_plain_text_in_the_old_version(version: str | None) -> None:
    old = policy({"Version": version, "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::home/${aws:username}"}})

    assert not evaluate(old, Request("s3:GetObject", user("bob"), "arn:aws:s3:::home/bob")).allowed
    assert evaluate(old, Request("s3:GetObject", user("bob"), "arn:aws:s3:::home/${aws:username}")).allowed


def test_an_escape_is_plain_text_with_a_wildcard_in_the_old_version() -> None:
    old = policy({"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/${*}"}})

    assert evaluate(old, Request("s3:GetObject", user("bob"), "arn:aws:s3:::b/${x}")).allowed


BY_VALUE = [
    ("StringEquals", "${aws:username}", "bob", True),
    ("StringEquals", "${aws:username}", "eve", False),
    ("StringEqualsIgnoreCase", "${aws:username}", "BOB", True),
    ("StringEquals", "${aws:username}-${aws:PrincipalAccount}", "bob-111122223333", True),
    ("StringEquals", "${aws:nothing}", "bob", False),
    ("StringNotEquals", "${aws:nothing}", "bob", True),
    ("StringNotLike", "${aws:nothing}*", "bob", True),
    ("StringNotEquals", ["${aws:nothing}", "bob"], "bob", False),
    ("StringEquals", "${aws:nothing, 'bob'}", "bob", True),
    ("StringLike", "${aws:username}/*", "bob/x", True),
    ("StringLike", "${aws:username}/${*}", "bob/*", True),
    ("StringLike", "${aws:username}/${*}", "bob/x", False),
    ("StringEquals", "a${*}", "a*", True),
    ("ArnLike", "arn:aws:iam::${aws:PrincipalAccount}:role/*", "arn:aws:iam::111122223333:role/x", True),
    ("ArnLike", "${aws:PrincipalArn}", "arn:aws:iam::111122223333:user/bob", True),
    ("Bool", "${aws:SecureTransport}", "true", False),
    ("NumericEquals", "${aws:EpochTime}", "5", False),
]


@pytest.mark.parametrize(("operator", "values", "given", "expected"), BY_VALUE)
def test_string_and_arn_operators_honour_variables(operator: str, values: str | list[str], given: str, expected: bool) -> None:
    context = {"aws:RequestTag/x": given, "aws:SecureTransport": "true", "aws:EpochTime": "5"}
    checked = allow(Condition={operator: {"aws:RequestTag/x": values}})

    assert evaluate(checked, Request("s3:GetObject", user("bob"), None, context)).allowed is expected


ROLE = "arn:aws:iam::111122223333:role/ci/deploy"
SESSION = "arn:aws:sts::111122223333:assumed-role/deploy/s1"
GITHUB = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
OKTA = "arn:aws:iam::111122223333:saml-provider/okta"
CANONICAL = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
GITHUB_USER = Caller(CallerKind.WEB_IDENTITY, GITHUB)
COGNITO_USER = Caller(CallerKind.WEB_IDENTITY, "cognito-identity.amazonaws.com")
OKTA_USER = Caller(CallerKind.SAML, OKTA)
CANONICAL_USER = Caller(CallerKind.CANONICAL, CANONICAL)
FEDERATED_USER = Caller(CallerKind.FEDERATED_USER, "fed", account=OWN)
DEPLOY = role("ci/deploy", "s1")
EVERYBODY = (user("bob"), root(OTHER), DEPLOY, service("ec2.amazonaws.com"), GITHUB_USER, OKTA_USER, CANONICAL_USER, ANONYMOUS)

PRINCIPALS: list[tuple[Any, Caller, Level | None]] = [
    *(("*", caller, Level.WILDCARD) for caller in EVERYBODY),
    *(({"AWS": "*"}, caller, Level.WILDCARD) for caller in EVERYBODY),
    ({"AWS": OWN}, user("bob"), Level.ACCOUNT),
    ({"AWS": OWN}, root(), Level.ACCOUNT),
    ({"AWS": OWN}, DEPLOY, Level.ACCOUNT),
    ({"AWS": OWN}, FEDERATED_USER, Level.ACCOUNT),
    ({"AWS": OWN}, user("bob", OTHER), None),
    ({"AWS": OWN}, ANONYMOUS, None),
    ({"AWS": OWN}, service("ec2.amazonaws.com"), None),
    ({"AWS": f"arn:aws:iam::{OWN}:root"}, user("bob"), Level.ACCOUNT),
    ({"AWS": f"arn:aws:iam::{OWN}:root"}, user("bob", OTHER), None),
    ({"AWS": f"arn:aws-cn:iam::{OWN}:root"}, user("bob"), None),
    ({"AWS": f"arn:aws:iam::{OWN}:user/bob"}, user("bob"), Level.DIRECT),
    ({"AWS": f"arn:aws:iam::{OWN}:user/bob"}, user("ci/bob"), None),
    ({"AWS": f"arn:aws:iam::{OWN}:user/bob"}, user("Bob"), None),
    ({"AWS": f"arn:aws:iam::{OWN}:user/ci/bob"}, user("ci/bob"), Level.DIRECT),
    ({"AWS": f"arn:aws:iam::{OWN}:user/bob"}, role("bob"), None),
    ({"AWS": f"arn:aws:iam::{OWN}:user/bob"}, root(), None),
    ({"AWS": ROLE}, DEPLOY, Level.ROLE),
    ({"AWS": ROLE}, role("ci/deploy", "s2"), Level.ROLE),
    ({"AWS": ROLE}, role("ci/deploy"), Level.ROLE),
    ({"AWS": ROLE}, role("deploy", "s1"), None),
    ({"AWS": ROLE}, role("ci/deploy", "s1", OTHER), None),
    ({"AWS": SESSION}, DEPLOY, Level.DIRECT),
    ({"AWS": SESSION}, role("ci/deploy", "s2"), None),
    ({"AWS": SESSION}, role("ci/deploy"), None),
    ({"AWS": SESSION}, role("deploy", "s1"), Level.DIRECT),
    ({"AWS": f"arn:aws:sts::{OWN}:federated-user/fed"}, FEDERATED_USER, Level.DIRECT),
    ({"AWS": f"arn:aws:sts::{OWN}:federated-user/other"}, FEDERATED_USER, None),
    ({"AWS": "AIDACKCEVSQ6C2EXAMPLE"}, user("bob"), None),
    ({"AWS": "not a principal"}, user("bob"), None),
    ({"AWS": [f"arn:aws:iam::{OTHER}:root", ROLE]}, DEPLOY, Level.ROLE),
    ({"Service": "ec2.amazonaws.com"}, service("ec2.amazonaws.com"), Level.DIRECT),
    ({"Service": "ec2.amazonaws.com"}, service("lambda.amazonaws.com"), None),
    ({"Service": "ec2.amazonaws.com"}, user("ec2.amazonaws.com"), None),
    ({"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}, service("lambda.amazonaws.com"), Level.DIRECT),
    ({"Federated": GITHUB}, GITHUB_USER, Level.DIRECT),
    ({"Federated": GITHUB}, Caller(CallerKind.WEB_IDENTITY, GITHUB.replace(OWN, OTHER)), None),
    ({"Federated": GITHUB}, COGNITO_USER, None),
    ({"Federated": GITHUB}, user("bob"), None),
    ({"Federated": "cognito-identity.amazonaws.com"}, COGNITO_USER, Level.DIRECT),
    ({"Federated": f"arn:aws:iam::{OWN}:oidc-provider/accounts.google.com"}, Caller(CallerKind.WEB_IDENTITY, "accounts.google.com"), None),
    ({"Federated": "accounts.google.com"}, Caller(CallerKind.WEB_IDENTITY, "accounts.google.com"), Level.DIRECT),
    ({"Federated": OKTA}, OKTA_USER, Level.DIRECT),
    ({"Federated": OKTA}, Caller(CallerKind.WEB_IDENTITY, OKTA), None),
    ({"Federated": "*"}, GITHUB_USER, Level.WILDCARD),
    ({"Federated": "*"}, OKTA_USER, Level.WILDCARD),
    ({"Federated": "*"}, user("bob"), None),
    ({"CanonicalUser": CANONICAL}, CANONICAL_USER, Level.DIRECT),
    ({"CanonicalUser": CANONICAL}, Caller(CallerKind.CANONICAL, "0" * 64), None),
    ({"AWS": f"arn:aws:iam::{OTHER}:root", "Service": "ec2.amazonaws.com"}, service("ec2.amazonaws.com"), Level.DIRECT),
]


@pytest.mark.parametrize(("principal", "caller", "level"), PRINCIPALS)
def test_a_principal_names_its_callers_at_its_level(principal: Any, caller: Caller, level: Level | None) -> None:
    decision = evaluate(allow(Principal=principal), Request("x:Y", caller))

    assert decision.levels == (frozenset() if level is None else {level})
    assert decision.allowed is (level is not None)


def test_levels_add_up_over_statements() -> None:
    both = policy({"Statement": [{"Effect": "Allow", "Principal": {"AWS": one}, "Action": "*"} for one in (OWN, ROLE, SESSION)]})

    assert evaluate(both, Request("x:Y", DEPLOY)).levels == {Level.ACCOUNT, Level.ROLE, Level.DIRECT}


ACCOUNT_ROOT = f"arn:aws:iam::{OWN}:root"
EXCEPTIONS: list[tuple[Any, Caller, bool]] = [
    ({"AWS": [OWN, f"arn:aws:iam::{OWN}:user/bob"]}, user("bob"), True),
    ({"AWS": [ACCOUNT_ROOT, f"arn:aws:iam::{OWN}:user/bob"]}, user("bob"), True),
    ({"AWS": f"arn:aws:iam::{OWN}:user/bob"}, user("bob"), False),
    ({"AWS": OWN}, user("bob"), False),
    ({"AWS": OWN}, root(), True),
    ({"AWS": [OWN, f"arn:aws:iam::{OWN}:user/bob"]}, user("eve"), False),
    ({"AWS": [OWN, ROLE, SESSION]}, DEPLOY, True),
    ({"AWS": [OWN, ROLE]}, DEPLOY, False),
    ({"AWS": [OWN, SESSION]}, DEPLOY, False),
    ({"AWS": [ROLE, SESSION]}, DEPLOY, False),
    ({"AWS": [OWN, ROLE, SESSION]}, role("ci/deploy", "s2"), False),
    ({"AWS": [OWN, ROLE]}, role("ci/deploy"), True),
    ({"Service": "ec2.amazonaws.com"}, service("ec2.amazonaws.com"), True),
    ({"Service": "ec2.amazonaws.com"}, service("lambda.amazonaws.com"), False),
    ({"Federated": GITHUB}, GITHUB_USER, True),
    ({"CanonicalUser": CANONICAL}, CANONICAL_USER, True),
    ({"AWS": OWN}, ANONYMOUS, False),
    ("*", ANONYMOUS, True),
    ("*", user("bob"), True),
]


@pytest.mark.parametrize(("principal", "caller", "excepted"), EXCEPTIONS)
def test_not_principal_excepts_who_is_listed_with_the_whole_chain(principal: Any, caller: Caller, excepted: bool) -> None:
    assert evaluate(deny(NotPrincipal=principal), Request("x:Y", caller)).allowed is excepted
    assert evaluate(allow(NotPrincipal=principal), Request("x:Y", caller)).allowed is not excepted


EFFECTS = [
    ({}, Outcome.EXPLICIT_DENY),
    ({"Action": "s3:GetObject"}, Outcome.EXPLICIT_DENY),
    ({"Action": "s3:PutObject"}, Outcome.ALLOWED),
    ({"NotAction": "s3:GetObject"}, Outcome.ALLOWED),
    ({"NotAction": "s3:PutObject"}, Outcome.EXPLICIT_DENY),
    ({"Resource": OBJECT}, Outcome.EXPLICIT_DENY),
    ({"NotResource": OBJECT}, Outcome.ALLOWED),
    ({"NotResource": "arn:aws:s3:::other/*"}, Outcome.EXPLICIT_DENY),
    ({"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}, Outcome.ALLOWED),
    ({"Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}, Outcome.EXPLICIT_DENY),
    ({"Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a"}}}, Outcome.EXPLICIT_DENY),
    ({"Condition": {"StringEquals": {"aws:RequestTag/x": "1"}, "Null": {"aws:TagKeys": "true"}}}, Outcome.EXPLICIT_DENY),
    ({"Condition": {"StringEquals": {"aws:RequestTag/x": "1"}, "Null": {"aws:TagKeys": "false"}}}, Outcome.ALLOWED),
    ({"Condition": {"StringEquals": {"aws:RequestTag/x": "1", "aws:RequestTag/y": "1"}}}, Outcome.ALLOWED),
    ({"Condition": {}}, Outcome.EXPLICIT_DENY),
]


@pytest.mark.parametrize(("elements", "outcome"), EFFECTS)
def test_a_deny_that_applies_wins(elements: dict[str, Any], outcome: Outcome) -> None:
    assert evaluate(deny(**elements), Request("s3:GetObject", user("bob"), OBJECT, {"aws:RequestTag/x": "1"})).outcome is outcome


def test_nothing_allowed_is_an_implicit_deny() -> None:
    decision = evaluate(allow(Action="s3:PutObject"), Request("s3:GetObject", user("bob")))

    assert decision.outcome is Outcome.IMPLICIT_DENY
    assert decision.statements == ()


def test_the_deciding_statements_are_named() -> None:
    three = policy(
        {
            "Statement": [
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"},
                {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"},
            ]
        }
    )

    assert [one.index for one in evaluate(three, Request("s3:GetObject", user("bob"))).statements] == [0, 2]
    assert [one.index for one in evaluate(three, Request("s3:PutObject", user("bob"))).statements] == [1]
