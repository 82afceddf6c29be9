"""Which ARNs has a format, and which patterns can match one of them?"""

from __future__ import annotations

import fnmatch
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iamlint.knowledge.arns import ArnFormat, lacks

BUCKET = ArnFormat("arn:${Partition}:s3:::${BucketName}")
ROLE = ArnFormat("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}")
GROUP = ArnFormat("arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}")


@pytest.mark.parametrize(
    ("form", "resource", "described", "matched"),
    [
        (BUCKET, "arn:aws:s3:::b", True, True),
        (BUCKET, "arn:aws:s3:::b/key", False, False),
        (BUCKET, "arn:aws:s3:::*", True, True),
        (BUCKET, "arn:aws:s3:::b*", True, True),
        (BUCKET, "arn:aws:s3:*:*:b", True, True),
        (BUCKET, "arn:aws:s3", False, False),
        (BUCKET, "arn:aws:s3:*", True, True),
        (ROLE, "arn:aws:iam::111122223333:role/a/b", True, True),
        (ROLE, "arn:aws:iam::111122223333:user/a", False, False),
        (ROLE, "arn:*:iam::*:r?le/x", True, True),
        (GROUP, "arn:aws:logs:*:log-group:g:*", False, True),
        (GROUP, "arn:aws:logs:*:*:log-group:/aws/lambda/f:*", True, True),
        (GROUP, "arn:aws:log*", True, True),
        (BUCKET, "arn:aws:s3:::home-${aws:PrincipalTag/a:b}", True, True),
        (ROLE, "arn:${aws:Partition}:iam::${aws:PrincipalAccount}:role/x", True, True),
    ],
)
def test_authors_mean_fields_and_iam_matches_text(form: ArnFormat, resource: str, described: bool, matched: bool) -> None:
    assert (form.describes(resource), form.can_match(resource)) == (described, matched)


def test_a_format_has_six_fields() -> None:
    assert GROUP.fields == ("arn", "${Partition}", "logs", "${Region}", "${Account}", "log-group:${LogGroupName}")


@given(st.text("ab:/*?", max_size=8), st.text("ab:/", max_size=3), st.text("ab/", max_size=3))
def test_a_pattern_that_matches_an_arn_of_the_format_can_match(tail: str, name: str, region: str) -> None:
    form = ArnFormat("arn:aws:x:${Region}::a/${Name}")
    arn = f"arn:aws:x:{region}::a/{name}"
    pattern = f"arn:aws:x:{tail}"
    if re.fullmatch(fnmatch.translate(pattern), arn):
        assert form.can_match(pattern)


@given(st.text("ab:/", max_size=12))
def test_without_wildcards_to_match_is_to_have_the_format(tail: str) -> None:
    form = ArnFormat("arn:aws:x:${Region}::a/${Name}")
    assert form.can_match(f"arn:aws:x:{tail}") == (re.fullmatch("[^:]*::a/.*", tail) is not None)


def test_a_long_pattern_of_stars_ends() -> None:
    form = ArnFormat("arn:${Partition}:x:${Region}:${Account}:${A}/${B}")
    assert form.can_match("*a" * 5000)
    assert not form.can_match("b*a" * 5000)


@pytest.mark.parametrize(
    ("resource", "places"),
    [
        ("arn:aws:sqs:eu-west-1:111122223333:orders", ()),
        ("arn:aws:sqs::111122223333:orders", (3,)),
        ("arn:aws:sqs:eu-west-1::orders", (4,)),
        ("arn:aws:sqs:::orders", (3, 4)),
        ("arn:aws:sqs:*:*:orders", ()),
        ("arn:aws:iam::111122223333:role/deploy", ()),
        ("arn:aws:s3:::reports/*", ()),
        ("arn:aws:ec2:eu-west-1::image/ami-0a1b2c3d", ()),
        ("arn:aws:ec2:eu-west-1::instance/*", (4,)),
        ("arn:aws:ec2:*::*", ()),
        ("arn:aws:nosuchservice:::x", ()),
    ],
)
def test_a_field_is_lacking_where_every_form_has_it(resource: str, places: tuple[int, ...]) -> None:
    assert lacks(resource) == places
