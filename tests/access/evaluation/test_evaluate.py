"""Conditions against one request: every operator, qualifier and presence, as AWS documents them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import pytest

from iamlint.access.evaluation.evaluate import Reading, condition_holds
from iamlint.access.evaluation.request import Request
from tests.access.build import condition, user

Given = str | tuple[str, ...] | None

KEY = "aws:RequestTag/x"
ABSENT = None


def holds(operator: str, values: str | list[str], given: Given, key: str = KEY) -> bool:
    context = {} if given is None else {key: given}
    request = Request("s3:GetObject", user("bob"), None, context)
    return condition_holds(condition(operator, key, values), request, True, Reading.CERTAIN)


POSITIVE = [
    ("StringEquals", "red", "red", True),
    ("StringEquals", "red", "Red", False),
    ("StringEquals", "red", "redder", False),
    ("StringEquals", "", "", True),
    ("StringEquals", "r*", "red", False),
    ("StringEquals", "r*", "r*", True),
    ("StringEquals", "r?d", "red", False),
    ("StringEquals", ["red", "blue"], "blue", True),
    ("StringEquals", ["red", "blue"], "green", False),
    ("StringEquals", [], "red", False),
    ("StringEquals", "a+b(c)", "a+b(c)", True),
    ("StringEqualsIgnoreCase", "Red", "rED", True),
    ("StringEqualsIgnoreCase", "Red", "Redd", False),
    ("StringEqualsIgnoreCase", "R*", "red", False),
    ("StringLike", "red", "red", True),
    ("StringLike", "red", "Red", False),
    ("StringLike", "r*", "red", True),
    ("StringLike", "r*", "r", True),
    ("StringLike", "*d", "red", True),
    ("StringLike", "*e*", "red", True),
    ("StringLike", "*", "", True),
    ("StringLike", "", "", True),
    ("StringLike", "", "x", False),
    ("StringLike", "r?d", "red", True),
    ("StringLike", "r?d", "rd", False),
    ("StringLike", "r??d", "red", False),
    ("StringLike", "a*b*c", "a:b/b:c", True),
    ("StringLike", "a*b*c", "a:c/c:b", False),
    ("StringLike", "a*a", "a", False),
    ("StringLike", "a.c", "abc", False),
    ("StringLike", "a*", "a\nb", True),
    ("StringLike", "arn:*:role/x", "arn:aws:iam::1:role/x", True),
    ("StringLike", ["a*", "b*"], "beta", True),
    ("NumericEquals", "10", "10", True),
    ("NumericEquals", "10", "10.0", True),
    ("NumericEquals", "10", "010", True),
    ("NumericEquals", "0.1", "0.10", True),
    ("NumericEquals", "0.1", "0.1000000000000000055511151231257827", False),
    ("NumericEquals", "1e3", "1000", True),
    ("NumericEquals", "-0", "0", True),
    ("NumericEquals", "10", "ten", False),
    ("NumericEquals", "ten", "ten", False),
    ("NumericEquals", ["1", "2"], "2", True),
    ("NumericLessThan", "10", "9.99", True),
    ("NumericLessThan", "10", "10", False),
    ("NumericLessThan", "10", "9", True),
    ("NumericLessThan", "9007199254740993", "9007199254740992", True),
    ("NumericLessThan", "ten", "9", False),
    ("NumericLessThanEquals", "10", "10", True),
    ("NumericLessThanEquals", "10", "10.01", False),
    ("NumericGreaterThan", "10", "10", False),
    ("NumericGreaterThan", "10", "11", True),
    ("NumericGreaterThan", "-1", "0", True),
    ("NumericGreaterThanEquals", "10", "10", True),
    ("NumericGreaterThanEquals", "10", "9", False),
    ("DateEquals", "2026-01-01", "2026-01-01T00:00:00Z", True),
    ("DateEquals", "2026-01-01T00:00Z", "2026-01-01T00:00:00.000Z", True),
    ("DateEquals", "2026-01-01T02:00:00+02:00", "2026-01-01T00:00:00Z", True),
    ("DateEquals", "1767225600", "2026-01-01T00:00:00Z", True),
    ("DateEquals", "2026-01-01T00:00:00Z", "1767225600", True),
    ("DateEquals", "2026-01-01", "2026-01-02", False),
    ("DateEquals", "soon", "2026-01-02", False),
    ("DateLessThan", "2026-01-01", "2025-12-31T23:59:59Z", True),
    ("DateLessThan", "2026-01-01", "2026-01-01", False),
    ("DateLessThan", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59.999Z", True),
    ("DateLessThanEquals", "2026-01-01", "2026-01-01", True),
    ("DateLessThanEquals", "2026-01-01", "2026-01-01T00:00:01Z", False),
    ("DateGreaterThan", "2026-01-01", "2026-06-30T12:00:00Z", True),
    ("DateGreaterThan", "2026-01-01", "2026-01-01", False),
    ("DateGreaterThan", "2026-02-30", "2026-06-30", False),
    ("DateGreaterThanEquals", "2026-01-01", "1767225600", True),
    ("DateGreaterThanEquals", "2026-01-01", "1767225599", False),
    ("Bool", "true", "true", True),
    ("Bool", "true", "false", False),
    ("Bool", "false", "false", True),
    ("Bool", "True", "true", True),
    ("Bool", "true", "TRUE", True),
    ("Bool", "yes", "yes", False),
    ("Bool", ["true", "false"], "false", True),
    ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", True),
    ("BinaryEquals", "QmluYXJ5", "Qmlu", False),
    ("BinaryEquals", "not base64!", "not base64!", False),
    ("IpAddress", "203.0.113.0/24", "203.0.113.7", True),
    ("IpAddress", "203.0.113.0/24", "203.0.114.7", False),
    ("IpAddress", "203.0.113.7", "203.0.113.7", True),
    ("IpAddress", "203.0.113.7", "203.0.113.8", False),
    ("IpAddress", "203.0.113.99/24", "203.0.113.7", True),
    ("IpAddress", "0.0.0.0/0", "203.0.113.7", True),
    ("IpAddress", "0.0.0.0/0", "2001:db8::1", False),
    ("IpAddress", "2001:db8::/32", "2001:db8::1", True),
    ("IpAddress", "2001:db8::/32", "2001:0DB8:0:0:0:0:0:1", True),
    ("IpAddress", "2001:db8::1", "2001:db8::2", False),
    ("IpAddress", "::/0", "203.0.113.7", False),
    ("IpAddress", "203.0.113.0/33", "203.0.113.7", False),
    ("IpAddress", "203.0.113.0/255.255.255.0", "203.0.113.7", False),
    ("IpAddress", "203.0.113.0/24", "203.0.113.0/24", False),
    ("IpAddress", "home", "home", False),
    ("IpAddress", ["10.0.0.0/8", "203.0.113.0/24"], "203.0.113.7", True),
    ("ArnEquals", "arn:aws:sns:us-east-1:1:topic", "arn:aws:sns:us-east-1:1:topic", True),
    ("ArnEquals", "arn:aws:sns:us-east-1:1:topic", "arn:aws:sns:us-east-1:1:Topic", False),
    ("ArnEquals", "arn:aws:sns:*:1:t*", "arn:aws:sns:us-east-1:1:topic", True),
    ("ArnLike", "arn:aws:sns:*:1:*", "arn:aws:sns:us-east-1:1:topic:sub", True),
    ("ArnLike", "arn:aws:sns:us-*-1:1:topic", "arn:aws:sns:us-east-1:1:topic", True),
    ("ArnLike", "arn:aws:sns:*:topic", "arn:aws:sns:us-east-1:1:topic", False),
    ("ArnLike", "arn:aws:*:topic:a:b", "arn:aws:sns:us-east-1:topic:a:b", False),
    ("ArnLike", "arn:aws:sns:?:1:topic", "arn:aws:sns:us:1:topic", False),
    ("ArnLike", "*", "arn:aws:sns:us-east-1:1:topic", False),
    ("ArnLike", "arn:*", "arn:aws:sns:us-east-1:1:topic", False),
    ("ArnLike", "arn:*:*:*:*:*", "arn:aws:sns:us-east-1:1:topic", True),
    ("ArnLike", "arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a/b", True),
    ("ArnLike", "arn:aws:iam::1:role/*", "no arn", False),
]


@pytest.mark.parametrize(("operator", "values", "given", "expected"), POSITIVE)
def test_a_positive_operator_holds_when_some_value_matches(operator: str, values: str | list[str], given: str, expected: bool) -> None:
    assert holds(operator, values, given) is expected


NEGATIONS = {
    "StringEquals": "StringNotEquals",
    "StringEqualsIgnoreCase": "StringNotEqualsIgnoreCase",
    "StringLike": "StringNotLike",
    "NumericEquals": "NumericNotEquals",
    "DateEquals": "DateNotEquals",
    "IpAddress": "NotIpAddress",
    "ArnEquals": "ArnNotEquals",
    "ArnLike": "ArnNotLike",
}


@pytest.mark.parametrize(("operator", "values", "given", "expected"), [row for row in POSITIVE if row[0] in NEGATIONS])
def test_a_negated_operator_holds_when_no_value_matches(operator: str, values: str | list[str], given: str, expected: bool) -> None:
    assert holds(NEGATIONS[operator], values, given) is not expected


@pytest.mark.parametrize(("operator", "values", "given", "expected"), POSITIVE)
def test_if_exists_changes_nothing_for_a_present_key(operator: str, values: str | list[str], given: str, expected: bool) -> None:
    assert holds(operator + "IfExists", values, given) is expected


@pytest.mark.parametrize(("operator", "values", "given", "expected"), POSITIVE)
def test_a_single_value_is_a_list_of_one_for_set_operators(operator: str, values: str | list[str], given: str, expected: bool) -> None:
    assert holds("ForAllValues:" + operator, values, given) is expected
    assert holds("ForAnyValue:" + operator, values, (given,)) is expected


SAMPLES = {
    "StringEquals": "a",
    "StringEqualsIgnoreCase": "a",
    "StringLike": "a*",
    "NumericEquals": "1",
    "NumericLessThan": "1",
    "NumericLessThanEquals": "1",
    "NumericGreaterThan": "1",
    "NumericGreaterThanEquals": "1",
    "DateEquals": "2026-01-01",
    "DateLessThan": "2026-01-01",
    "DateLessThanEquals": "2026-01-01",
    "DateGreaterThan": "2026-01-01",
    "DateGreaterThanEquals": "2026-01-01",
    "Bool": "true",
    "BinaryEquals": "QQ==",
    "IpAddress": "203.0.113.0/24",
    "ArnEquals": "arn:aws:iam::1:role/x",
    "ArnLike": "arn:aws:iam::1:role/*",
}


@pytest.mark.parametrize(("operator", "value"), SAMPLES.items())
def test_a_positive_operator_fails_without_the_key(operator: str, value: str) -> None:
    assert not holds(operator, value, ABSENT)


@pytest.mark.parametrize(("operator", "negation"), NEGATIONS.items())
def test_a_negated_operator_holds_without_the_key(operator: str, negation: str) -> None:
    assert holds(negation, SAMPLES[operator], ABSENT)


@pytest.mark.parametrize(("operator", "value"), SAMPLES.items())
def test_if_exists_holds_without_the_key(operator: str, value: str) -> None:
    assert holds(operator + "IfExists", value, ABSENT)


@pytest.mark.parametrize(("operator", "value"), SAMPLES.items())
def test_for_all_values_holds_without_the_key(operator: str, value: str) -> None:
    assert holds("ForAllValues:" + operator, value, ABSENT)


@pytest.mark.parametrize(("operator", "value"), SAMPLES.items())
def test_for_any_value_fails_without_the_key(operator: str, value: str) -> None:
    assert not holds("ForAnyValue:" + operator, value, ABSENT)


QUALIFIED = [
    ("StringNotEqualsIfExists", "a", ABSENT, True),
    ("StringNotEqualsIfExists", "a", "a", False),
    ("ForAnyValue:StringNotEquals", "a", ABSENT, False),
    ("ForAnyValue:StringEqualsIfExists", "a", ABSENT, False),
    ("ForAnyValue:StringNotEqualsIfExists", "a", ABSENT, False),
    ("ForAllValues:StringNotEquals", "a", ABSENT, True),
    ("ForAllValues:StringEqualsIfExists", "a", ABSENT, True),
    ("ForAllValues:StringEquals", ["a", "b"], ("a", "b"), True),
    ("ForAllValues:StringEquals", ["a", "b"], ("a",), True),
    ("ForAllValues:StringEquals", ["a", "b"], ("a", "c"), False),
    ("ForAllValues:StringEquals", "a", ("",), False),
    ("ForAllValues:StringEquals", "a", (), True),
    ("ForAnyValue:StringEquals", "a", (), False),
    ("StringNotEquals", "a", (), True),
    ("ForAnyValue:StringEquals", ["a", "b"], ("c", "b"), True),
    ("ForAnyValue:StringEquals", ["a", "b"], ("c", "d"), False),
    ("ForAllValues:StringNotEquals", ["a", "b"], ("c", "d"), True),
    ("ForAllValues:StringNotEquals", ["a", "b"], ("a", "d"), False),
    ("ForAnyValue:StringNotEquals", ["a", "b"], ("a", "d"), True),
    ("ForAnyValue:StringNotEquals", ["a", "b"], ("a", "b"), False),
    ("ForAllValues:StringLike", "a*", ("ab", "ac"), True),
    ("ForAllValues:StringLikeIfExists", "a*", ("ab", "b"), False),
    ("ForAnyValue:StringNotLike", "a*", ("ab", "b"), True),
    ("ForAllValues:NumericLessThan", "5", ("1", "9"), False),
    ("ForAnyValue:ArnLike", "arn:aws:iam::1:role/*", ("x", "arn:aws:iam::1:role/y"), True),
    ("ForAllValues:NotIpAddress", "10.0.0.0/8", ("203.0.113.1", "203.0.113.2"), True),
    ("forallvalues:stringequals", "a", ABSENT, True),
    ("stringequals", "a", "a", True),
    ("StringEquals", "a", ("a",), False),
    ("StringEquals", "a", ("a", "b"), False),
    ("StringNotEquals", "a", ("b", "c"), False),
    ("StringEqualsIfExists", "a", ("a", "b"), False),
]


@pytest.mark.parametrize(("operator", "values", "given", "expected"), QUALIFIED)
def test_qualifiers_decide_about_absent_keys_and_lists(operator: str, values: str | list[str], given: Given, expected: bool) -> None:
    assert holds(operator, values, given) is expected


NULLS = [
    ("Null", "true", ABSENT, True),
    ("Null", "true", "x", False),
    ("Null", "false", ABSENT, False),
    ("Null", "false", "x", True),
    ("Null", "false", "", True),
    ("Null", "TRUE", ABSENT, True),
    ("Null", ["true", "false"], ABSENT, True),
    ("Null", ["true", "false"], "x", True),
    ("Null", "false", ("a", "b"), True),
    ("Null", "true", (), True),
    ("Null", "maybe", ABSENT, False),
    ("Null", "maybe", "x", False),
    ("ForAllValues:Null", "true", "x", True),
    ("ForAllValues:Null", "false", ABSENT, True),
    ("ForAnyValue:Null", "true", ABSENT, False),
    ("ForAnyValue:Null", "false", "x", False),
]


@pytest.mark.parametrize(("operator", "values", "given", "expected"), NULLS)
def test_null_tests_presence(operator: str, values: str | list[str], given: Given, expected: bool) -> None:
    assert holds(operator, values, given) is expected


def test_key_names_are_compared_ignoring_case() -> None:
    request = Request("s3:GetObject", user("bob"), None, {"AWS:requesttag/Team": "a"})

    assert condition_holds(condition("StringEquals", "aws:RequestTag/team", "a"), request, True, Reading.CERTAIN)


DERIVED = [
    ("StringEquals", "aws:username", "bob", True),
    ("StringEquals", "aws:PrincipalAccount", "111122223333", True),
    ("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:user/ci/bob", True),
    ("StringEquals", "aws:PrincipalType", "User", True),
    ("Bool", "aws:PrincipalIsAWSService", "false", True),
    ("StringEquals", "aws:PrincipalServiceName", "ec2.amazonaws.com", False),
    ("Null", "aws:PrincipalServiceName", "true", True),
]


@pytest.mark.parametrize(("operator", "key", "value", "expected"), DERIVED)
def test_keys_that_the_caller_determines_are_read_off_it(operator: str, key: str, value: str, expected: bool) -> None:
    request = Request("s3:GetObject", user("ci/bob"))

    assert condition_holds(condition(operator, key, value), request, True, Reading.CERTAIN) is expected
