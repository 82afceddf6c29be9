"""Is what the source leaves open told from what IAM fills in?"""

from __future__ import annotations

import pytest

from iamlint.policy.pattern import has_hole, has_variable, with_wildcards


@pytest.mark.parametrize(
    "text",
    [
        "arn:aws:s3:::${var.bucket}",
        "arn:aws:s3:::{{ bucket }}",
        "arn:aws:s3:::{{}}",
        "arn:aws:s3:::<bucket>",
        "arn:aws:sqs:#{AWS::Region}:#{AWS::AccountId}:orders",
        "arn:aws:dynamodb:${self:provider.region}:*:table/${opt:stage}",
        "arn:aws:s3:::${}",
    ],
)
def test_a_template_fills_it_in(text: str) -> None:
    assert (has_hole(text), has_variable(text)) == (True, False)


@pytest.mark.parametrize("text", ["${aws:username}", "${aws:PrincipalTag/team, 'none'}"])
def test_iam_fills_it_in(text: str) -> None:
    assert (has_hole(text), has_variable(text)) == (False, True)


@pytest.mark.parametrize("text", ["plain", "a{b}", "#1", "#{}", "#{1}", "${*}", "a < b"])
def test_it_stands_as_it_is(text: str) -> None:
    assert (has_hole(text), has_variable(text)) == (False, False)


def test_either_may_be_anything() -> None:
    assert with_wildcards("arn:aws:sqs:#{AWS::Region}:${aws:PrincipalAccount}:orders") == "arn:aws:sqs:*:*:orders"
