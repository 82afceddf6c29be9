"""How a request reads in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from iamlint.access.evaluation.request import Caller, Request
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.document import Kind
from iamlint.report.witness import absent, sentence
from tests.report.sample import document, finding

if TYPE_CHECKING:
    from iamlint.rulebook.card import Facts

TRUST = '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}'
BUCKET = '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
OUTSIDER = Caller(CallerKind.ROLE, "Outsider", account="999988887777")


def said(request: Request, policy: str = TRUST, statement: int | None = None) -> str:
    kind = Kind.TRUST if policy is TRUST else Kind.RESOURCE
    return sentence(finding(document(policy, kind=kind), '"*"', statement=statement), request)


def test_a_key_that_the_question_wants_absent_is_named() -> None:
    request = Request("sts:AssumeRole", OUTSIDER, None, {"sts:ExternalId": ()})
    assert said(request) == "arn:aws:iam::999988887777:role/Outsider calls sts:AssumeRole with no sts:ExternalId"


def test_a_key_that_the_statement_tests_and_the_request_lacks_is_named() -> None:
    policy = """{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole",
      "Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1234567890"}}}}"""
    one = finding(document(policy), '"*"', statement=0)
    assert absent(one, Request("sts:AssumeRole", OUTSIDER)) == ("aws:PrincipalOrgID",)


def test_a_key_that_the_caller_determines_is_not_said_to_be_absent() -> None:
    policy = """{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole",
      "Condition": {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Out*"}}}}"""
    one = finding(document(policy), '"*"', statement=0)
    assert absent(one, Request("sts:AssumeRole", OUTSIDER)) == ()


def test_keys_stand_in_order_with_their_values_and_the_absent_ones_after_them() -> None:
    context: dict[str, str | tuple[str, ...]] = {
        "sts:RoleSessionName": "x",
        "aws:TagKeys": ("a", "b c"),
        "aws:SourceIp": "",
        "sts:ExternalId": (),
        "aws:PrincipalOrgID": (),
    }
    assert said(Request("sts:AssumeRole", OUTSIDER, None, context)) == (
        "arn:aws:iam::999988887777:role/Outsider calls sts:AssumeRole"
        ' with aws:SourceIp="", aws:TagKeys=[a, "b c"], sts:RoleSessionName=x and no aws:PrincipalOrgID or sts:ExternalId'
    )


def test_a_resource_is_named_but_not_the_role_of_a_trust_policy() -> None:
    request = Request("s3:GetObject", Caller(CallerKind.ANONYMOUS), "arn:aws:s3:::b/key")
    assert said(request, BUCKET) == "anyone, without credentials, calls s3:GetObject on arn:aws:s3:::b/key"
    assert said(request, TRUST) == "anyone, without credentials, calls s3:GetObject"


@pytest.mark.parametrize(
    ("caller", "who"),
    [
        (Caller(CallerKind.ROOT, account="999988887777"), "arn:aws:iam::999988887777:root"),
        (Caller(CallerKind.USER, "team/alice", account="999988887777"), "arn:aws:iam::999988887777:user/team/alice"),
        (Caller(CallerKind.FEDERATED_USER, "bob", account="999988887777"), "arn:aws:sts::999988887777:federated-user/bob"),
        (Caller(CallerKind.SERVICE, "ec2.amazonaws.com"), "the service ec2.amazonaws.com"),
        (
            Caller(CallerKind.WEB_IDENTITY, "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"),
            "the holder of a token of token.actions.githubusercontent.com",
        ),
        (Caller(CallerKind.WEB_IDENTITY, "cognito-identity.amazonaws.com"), "the holder of a token of cognito-identity.amazonaws.com"),
        (
            Caller(CallerKind.SAML, "arn:aws:iam::111122223333:saml-provider/ADFS"),
            "the holder of a SAML assertion of arn:aws:iam::111122223333:saml-provider/ADFS",
        ),
        (Caller(CallerKind.CANONICAL, "79a59df900b949e5"), "the canonical user 79a59df900b949e5"),
    ],
    ids=lambda value: value.kind.value if isinstance(value, Caller) else "",
)
def test_every_kind_of_caller_has_its_words(caller: Caller, who: str) -> None:
    assert said(Request("sts:AssumeRole", caller)) == f"{who} calls sts:AssumeRole"


def test_a_key_that_a_card_forbids_to_be_absent_is_named_in_the_proof() -> None:
    from iamlint.lint.run import lint
    from iamlint.rulebook.card import Card
    from iamlint.zone import Zone

    forbids: Facts = {
        "action": "sts:AssumeRole",
        "principal": {"kind": "iam", "account": "elsewhere"},
        "context": {"sts:ExternalId": "absent"},
    }
    facts: Facts = {"name": "x", "summary": "s", "severity": "low", "applies-to": "any", "message": "m", "forbids": forbids}
    [found] = lint([document(TRUST)], [Card(facts, "trust", "x.md")], Zone(), 0).findings
    assert found.witness is not None
    assert absent(found, found.witness) == ("sts:ExternalId",)
    assert sentence(found, found.witness).endswith(" calls sts:AssumeRole with no sts:ExternalId")
