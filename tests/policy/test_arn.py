"""Are the fields of an ARN told apart whatever stands in braces?"""

from __future__ import annotations

import pytest

from iamlint.policy.arn import arn_fields, split_arn


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arn:aws:iam::111122223333:role/a:b", ["arn", "aws", "iam", "", "111122223333", "role/a:b"]),
        ("arn:${AWS::Partition}:sns:${AWS::Region}:*:a", ["arn", "${AWS::Partition}", "sns", "${AWS::Region}", "*", "a"]),
        ("arn:aws:sns:${aws:RequestedRegion}:1:a", ["arn", "aws", "sns", "${aws:RequestedRegion}", "1", "a"]),
        ("arn:aws:s3:::a/${aws:username}:b", ["arn", "aws", "s3", "", "", "a/${aws:username}:b"]),
        ("${Topic.Arn}:x", ["${Topic.Arn}", "x"]),
        ("*", ["*"]),
    ],
)
def test_a_colon_in_braces_separates_nothing(text: str, expected: list[str]) -> None:
    assert arn_fields(text) == expected


def test_variables_of_2008_are_text() -> None:
    assert arn_fields("arn:aws:sns:${aws:x}:1:a", variables=False) == ["arn", "aws", "sns", "${aws", "x}", "1:a"]
    assert arn_fields("arn:${AWS::Partition}:sns:${aws:x}:1:a", variables=False) == [
        "arn",
        "${AWS::Partition}",
        "sns",
        "${aws",
        "x}",
        "1:a",
    ]


def test_an_arn_of_a_template_has_six_fields() -> None:
    assert split_arn("arn:${AWS::Partition}:iam::${AWS::AccountId}:root") == (
        "arn",
        "${AWS::Partition}",
        "iam",
        "",
        "${AWS::AccountId}",
        "root",
    )
