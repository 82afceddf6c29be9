"""What the source leaves open: allowed whatever it is (certain), or allowed for some value of it (possible)."""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.access.evaluation.evaluate import Reading, condition_holds, evaluate
from iamlint.access.evaluation.request import Caller, Request
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.condition import Unknown
from tests.access.build import ANONYMOUS, OTHER, OWN, allow, condition, deny, role, root, service, user

REF = Unknown("!Ref Thing")
OBJECT = "arn:aws:s3:::bucket/a"

# The policy's value, the request's value (None: absent), whether the condition holds certainly, whether possibly.
CONDITIONS = [
    ("StringEquals", REF, "a", False, True),
    ("StringEquals", REF, None, False, False),
    ("StringEquals", ["a", REF], "a", True, True),
    ("StringEquals", ["a", REF], "b", False, True),
    ("StringEquals", "x-${var.a}", "x-1", False, True),
    ("StringEquals", "x-${var.a}", "y-1", False, False),
    ("StringEquals", "x-${var.a}*", "x-1*", False, True),
    ("StringEquals", "x-${var.a}*", "x-1", False, False),
    ("StringEquals", "x-{{ a }}-z", "x-1-z", False, True),
    ("StringEquals", "<NAME>", "anything", False, True),
    ("StringEquals", "${aws:username}-${var.a}", "bob-1", False, True),
    ("StringEquals", "${aws:nothing}-${var.a}", "bob-1", False, False),
    ("StringEqualsIgnoreCase", "X-${var.a}", "x-1", False, True),
    ("StringLike", "*-${var.a}-*", "1-2-3", False, True),
    ("StringLike", "*-${var.a}", "1", False, False),
    ("StringLike", "*${var.a}", "1", False, True),
    ("StringNotEquals", REF, "a", False, True),
    ("StringNotEquals", REF, None, True, True),
    ("StringNotEquals", ["a", REF], "a", False, False),
    ("StringNotEquals", "x-${var.a}", "y", True, True),
    ("StringNotEquals", "x-${var.a}", "x-1", False, True),
    ("StringNotLike", "x-${var.a}", "y", True, True),
    ("StringEqualsIfExists", REF, None, True, True),
    ("StringEqualsIfExists", REF, "a", False, True),
    ("NumericLessThan", REF, "1", False, True),
    ("NumericLessThan", "${var.n}", "1", False, True),
    ("NumericLessThan", REF, "one", False, False),
    ("NumericNotEquals", REF, "1", False, True),
    ("NumericNotEquals", REF, "one", True, True),
    ("DateLessThan", "${var.until}", "2026-01-01", False, True),
    ("Bool", REF, "true", False, True),
    ("Bool", REF, "1", False, False),
    ("Bool", ["true", REF], "true", True, True),
    ("BinaryEquals", REF, "QQ==", False, True),
    ("IpAddress", "${var.cidr}", "203.0.113.1", False, True),
    ("IpAddress", "${var.net}/24", "203.0.113.1", False, True),
    ("NotIpAddress", "${var.cidr}", "203.0.113.1", False, True),
    ("NotIpAddress", "${var.cidr}", None, True, True),
    ("ArnLike", "arn:aws:iam::${var.account}:role/x", "arn:aws:iam::1:role/x", False, True),
    ("ArnLike", "arn:aws:iam::${var.account}:role/x", "arn:aws:iam::1:role/y", False, False),
    ("ArnLike", "${var.arn}", "arn:aws:iam::1:role/y", False, True),
    ("ArnLike", "${var.arn}/y", "arn:aws:iam::1:role/y", False, True),
    ("ArnLike", REF, "no arn", False, False),
    ("ArnNotLike", "${var.arn}", "arn:aws:iam::1:role/y", False, True),
    ("Null", REF, "a", False, True),
    ("Null", REF, None, False, True),
    ("Null", ["true", REF], None, True, True),
    ("ForAllValues:StringEquals", REF, ("a", "b"), False, True),
    ("ForAllValues:StringEquals", REF, None, True, True),
    ("ForAnyValue:StringEquals", REF, ("a", "b"), False, True),
    ("ForAnyValue:StringEquals", REF, None, False, False),
    ("ForAllValues:StringNotEquals", "x${var.a}", ("y", "z"), True, True),
    ("ForAllValues:StringNotEquals", "x${var.a}", ("y", "x1"), False, True),
    ("ForAnyValue:StringNotEquals", "x${var.a}", ("y", "x1"), True, True),
]


@pytest.mark.parametrize(("operator", "values", "given", "certain", "possible"), CONDITIONS)
def test_an_unknown_value_matches_possibly_and_never_certainly(
    operator: str, values: Any, given: str | tuple[str, ...] | None, certain: bool, possible: bool
) -> None:
    request = Request("s3:GetObject", user("bob"), None, {} if given is None else {"aws:x": given})
    checked = condition(operator, "aws:x", values)

    assert condition_holds(checked, request, True, Reading.CERTAIN) is certain
    assert condition_holds(checked, request, True, Reading.POSSIBLE) is possible


@pytest.mark.parametrize("key", ["${var.issuer}:sub", "{{ issuer }}:sub", "!If Condition", "Fn::If", "Ref"])
@pytest.mark.parametrize("operator", ["StringEquals", "StringNotEquals", "ForAllValues:StringEquals"])
def test_a_condition_on_an_unknown_key_holds_only_possibly(key: str, operator: str) -> None:
    request = Request("sts:AssumeRole", user("bob"))

    assert not condition_holds(condition(operator, key, "a"), request, True, Reading.CERTAIN)
    assert condition_holds(condition(operator, key, "a"), request, True, Reading.POSSIBLE)


# Elements of a statement, certainly applies, possibly applies.
ELEMENTS = [
    ({"Action": REF}, False, True),
    ({"Action": ["s3:GetObject", REF]}, True, True),
    ({"Action": "s3:${var.verb}Object"}, False, True),
    ({"Action": "ec2:${var.verb}"}, False, False),
    ({"NotAction": REF}, False, True),
    ({"NotAction": "ec2:${var.verb}"}, True, True),
    ({"NotAction": "s3:${var.verb}"}, False, True),
    ({"NotAction": ["s3:GetObject", REF]}, False, False),
    ({"Resource": REF}, False, True),
    ({"Resource": ["*", REF]}, True, True),
    ({"Resource": "arn:aws:s3:::${var.bucket}/*"}, False, True),
    ({"Resource": "arn:aws:s3:::bucket/${var.key}"}, False, True),
    ({"Resource": "arn:aws:s3:::other/${var.key}"}, False, False),
    ({"Resource": "arn:${AWS::Partition}:s3:::bucket/*"}, False, True),
    ({"Resource": "arn:${AWS::Partition}:ec2:::bucket/*"}, False, False),
    ({"Resource": "${aws_s3_bucket.this.arn}/*"}, False, True),
    ({"Resource": "${aws_s3_bucket.this.arn}/b"}, False, False),
    ({"NotResource": "arn:aws:s3:::${var.bucket}/*"}, False, True),
    ({"NotResource": "arn:aws:s3:::other/${var.key}"}, True, True),
    ({"NotResource": ["arn:aws:s3:::bucket/*", REF]}, False, False),
    ({"Principal": {"AWS": REF}}, False, True),
    ({"Principal": {"AWS": [f"arn:aws:iam::{OWN}:user/bob", REF]}}, True, True),
    ({"Principal": {"Service": REF}}, False, False),
    ({"Principal": REF}, False, True),
]


@pytest.mark.parametrize(("elements", "certain", "possible"), ELEMENTS)
def test_an_unknown_in_an_allow_lets_in_possibly_and_never_certainly(elements: dict[str, Any], certain: bool, possible: bool) -> None:
    request = Request("s3:GetObject", user("bob"), OBJECT)

    assert evaluate(allow(**elements), request).allowed is certain
    assert evaluate(allow(**elements), request, reading=Reading.POSSIBLE).allowed is possible


@pytest.mark.parametrize(("elements", "certain", "possible"), ELEMENTS)
def test_an_unknown_in_a_deny_stops_certainty_but_not_possibility(elements: dict[str, Any], certain: bool, possible: bool) -> None:
    request = Request("s3:GetObject", user("bob"), OBJECT)

    assert evaluate(deny(**elements), request).allowed is not possible
    assert evaluate(deny(**elements), request, reading=Reading.POSSIBLE).allowed is not certain


def test_a_resource_that_may_be_everything_may_cover_a_request_without_resource() -> None:
    request = Request("s3:ListAllMyBuckets", user("bob"))

    assert evaluate(allow(Resource="${var.resource}"), request, reading=Reading.POSSIBLE).allowed
    assert not evaluate(allow(Resource="arn:${var.resource}"), request, reading=Reading.POSSIBLE).allowed


GITHUB = "oidc-provider/token.actions.githubusercontent.com"
# The principal, the caller, certainly named, possibly named.
PRINCIPALS = [
    ({"AWS": "arn:aws:iam::${var.account}:root"}, user("bob"), False, True),
    ({"AWS": "arn:aws:iam::${var.account}:root"}, root(OTHER), False, True),
    ({"AWS": "arn:aws:iam::${var.account}:root"}, ANONYMOUS, False, False),
    ({"AWS": "arn:aws:iam::${var.account}:root"}, service("ec2.amazonaws.com"), False, False),
    ({"AWS": "arn:aws:iam::${var.account}:user/bob"}, user("bob"), False, True),
    ({"AWS": "arn:aws:iam::${var.account}:user/bob"}, user("eve"), False, False),
    ({"AWS": "arn:aws:iam::${var.account}:role/x"}, role("x", "s", OTHER), False, True),
    ({"AWS": "arn:aws:sts::${var.account}:assumed-role/x/s"}, role("x", "s"), False, True),
    ({"AWS": "arn:aws:sts::${var.account}:assumed-role/x/s"}, role("x", "t"), False, False),
    ({"AWS": "${var.anyone}"}, ANONYMOUS, False, True),
    ({"AWS": f"arn:${{AWS::Partition}}:iam::{OWN}:root"}, user("bob"), True, True),
    ({"AWS": f"arn:${{AWS::Partition}}:iam::{OWN}:root"}, user("bob", OTHER), False, False),
    ({"AWS": f"arn:${{AWS::Partition}}:iam::{OWN}:role/x"}, role("x"), True, True),
    ({"Service": "ec2.${AWS::URLSuffix}"}, service("ec2.amazonaws.com"), True, True),
    ({"Service": "${var.service}.amazonaws.com"}, service("ec2.amazonaws.com"), False, True),
    ({"Service": "${var.service}.amazonaws.com"}, user("bob"), False, False),
    (
        {"Federated": f"arn:aws:iam::${{AWS::AccountId}}:{GITHUB}"},
        Caller(CallerKind.WEB_IDENTITY, f"arn:aws:iam::{OWN}:{GITHUB}"),
        False,
        True,
    ),
    (
        {"Federated": f"arn:aws:iam::${{AWS::AccountId}}:{GITHUB}"},
        Caller(CallerKind.WEB_IDENTITY, f"arn:aws:iam::${{AWS::AccountId}}:{GITHUB}"),
        True,
        True,
    ),
    (
        {"Federated": f"arn:${{AWS::Partition}}:iam::{OWN}:{GITHUB}"},
        Caller(CallerKind.WEB_IDENTITY, f"arn:aws:iam::{OWN}:{GITHUB}"),
        True,
        True,
    ),
    ({"Federated": Unknown("!ImportValue ${Stack}-provider")}, Caller(CallerKind.SAML, "arn:aws:iam::1:saml-provider/x"), False, True),
    ({"Federated": Unknown("!Ref Provider")}, user("bob"), False, False),
]


@pytest.mark.parametrize(("principal", "caller", "certain", "possible"), PRINCIPALS)
def test_an_unknown_principal_names_whom_it_may_be(principal: Any, caller: Caller, certain: bool, possible: bool) -> None:
    request = Request("x:Y", caller)

    assert evaluate(allow(Principal=principal), request).allowed is certain
    assert evaluate(allow(Principal=principal), request, reading=Reading.POSSIBLE).allowed is possible


def test_an_unknown_exception_excepts_possibly() -> None:
    guarded = deny(NotPrincipal={"AWS": [OWN, "arn:aws:iam::${var.account}:user/bob"]})
    request = Request("x:Y", user("bob"))

    assert not evaluate(guarded, request).allowed
    assert evaluate(guarded, request, reading=Reading.POSSIBLE).allowed
