"""What stands in place of a hole, and when none may?"""

from __future__ import annotations

import pytest

from iamlint.access.alter import placed
from iamlint.policy.condition import Unknown


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("arn:aws:iam::${AWS::AccountId}:role/*", "arn:aws:iam::111122223333:role/*"),
        ("arn:${AWS::Partition}:s3:::logs/*", "arn:aws:s3:::logs/*"),
        ("arn:aws:sqs:{{ region }}:<ACCOUNT_ID>:*", "arn:aws:sqs:us-east-1:111122223333:*"),
    ],
)
def test_a_hole_that_is_a_whole_place_is_filled(value: str, expected: str) -> None:
    assert placed(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "*",
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:iam::${AWS::AccountId}:role/${name}",
        "arn:aws:iam::1111${var.rest}:role/*",
        "arn:aws:${var.service}:::*",
        "${var.arn}",
        "arn:aws:s3:::home/${aws:username}",
    ],
)
def test_any_other_value_stays_as_it_is(value: str) -> None:
    assert placed(value) == value


def test_an_unknown_value_stays_unknown() -> None:
    unknown = Unknown("!Ref Role")
    assert placed(unknown) is unknown
