"""Is the policy of a resource judged whatever the resource is called, and a Deny never overlooked?"""

from __future__ import annotations

from typing import Any

import pytest

from iamlint.access.access import Access
from iamlint.access.itself import about_itself
from iamlint.policy.condition import Unknown
from iamlint.policy.document import Kind
from tests.access.build import allow, policy

QUEUE = Unknown("!GetAtt Queue.Arn")


def allowing(resource: object, action: str = "s3:GetObject") -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": resource}


def denying(**elements: object) -> dict[str, Any]:
    return {"Effect": "Deny", "Principal": "*", "Action": "*", **elements}


@pytest.mark.parametrize(
    ("action", "value", "expected"),
    [
        ("sqs:SendMessage", QUEUE, "arn:aws:sqs:us-east-1:111122223333:queue"),
        ("s3:GetObject", Unknown("!Ref Objects"), "arn:aws:s3:::objects"),
        ("s3:GetObject", "arn:aws:s3:::${Bucket}/*", "arn:aws:s3:::bucket/*"),
        ("s3:GetObject", "${Bucket.Arn}/*", "arn:aws:s3:::bucket/*"),
        ("s3:GetObject", "arn:${AWS::Partition}:s3:::${Bucket}-${AWS::Region}/*", "arn:aws:s3:::bucket-us-east-1/*"),
        ("sns:Publish", "arn:aws:sns:${AWS::Region}:${AWS::AccountId}:alarms", "arn:aws:sns:us-east-1:111122223333:alarms"),
        ("*", Unknown("!GetAtt It.Arn"), "arn:aws:*:us-east-1:111122223333:it"),
    ],
)
def test_what_is_left_open_gets_a_name(action: str, value: object, expected: str) -> None:
    (statement,) = about_itself(allow(Action=action, Resource=[value], Principal="*")).statements
    assert statement.resources is not None
    assert statement.resources.values == (expected,)


@pytest.mark.parametrize("resource", ["*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/${aws:username}"])
def test_a_policy_that_leaves_nothing_open_is_left_as_it_is(resource: str) -> None:
    before = policy({"Statement": [allowing(resource), denying(Resource=QUEUE)]})
    assert about_itself(before) is before


def is_open(*statements: dict[str, Any]) -> bool:
    return Access(about_itself(policy({"Statement": list(statements)})), Kind.RESOURCE).meets([]) is not None


@pytest.mark.parametrize(
    ("allowed", "denied", "expected"),
    [
        (QUEUE, QUEUE, False),
        (QUEUE, "*", False),
        ("arn:aws:s3:::${Bucket}/*", "${Bucket.Arn}/*", False),
        ("arn:aws:s3:::${Bucket}/*", "${Bucket.Arn}/private/*", True),
        ("arn:aws:s3:::${Bucket}/*", "arn:aws:s3:::${Bucket}", True),
        # What is called otherwise may be the same, or have the same name.
        (QUEUE, Unknown("!Ref Other"), False),
        ("arn:aws:s3:::${Bucket}/*", "arn:aws:s3:::reports/*", False),
        ("arn:aws:s3:::${Bucket}/*", "arn:${AWS::Partition}:s3:::reports/*", False),
        # Names that are told are told apart.
        ("arn:aws:sns:${AWS::Region}:111122223333:a", "arn:aws:sns:${AWS::Region}:111122223333:b", True),
        ("arn:aws:sns:${AWS::Region}:111122223333:a", "arn:aws:sns:${AWS::Region}:111122223333:*", False),
    ],
)
def test_a_deny_that_may_be_about_the_same_thing_counts(allowed: object, denied: object, expected: bool) -> None:
    assert is_open(allowing(allowed, "*"), denying(Resource=denied)) is expected


def test_a_deny_about_everything_else_is_one_about_the_same_thing_only_by_its_name() -> None:
    assert is_open(allowing("arn:aws:s3:::${Bucket}/*", "*"), denying(NotResource="${Bucket.Arn}/*"))
    assert not is_open(allowing("arn:aws:s3:::${Bucket}/*", "*"), denying(NotResource="arn:aws:s3:::reports/*"))


def test_who_and_when_stay_open() -> None:
    condition = {"StringEquals": {"aws:PrincipalAccount": Unknown("!Ref Account")}}
    assert not is_open({**allowing(QUEUE), "Condition": condition})
    assert not is_open({**allowing(QUEUE), "Principal": {"AWS": Unknown("!Ref Role")}})
