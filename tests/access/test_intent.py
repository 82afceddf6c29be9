"""What has to be allowed for a call that somebody wrote down?"""

from __future__ import annotations

import pytest

from iamlint.access.intent import CallError, Need, read_call

TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/amber"
SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:amber"


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("s3:ListObjectsV2 on arn:aws:s3:::amber", [("s3:ListBucket", "arn:aws:s3:::amber")]),
        ("s3:ListObjectsV2 on arn:aws:s3:::amber/2026/*", [("s3:ListBucket", "arn:aws:s3:::amber")]),
        ("s3:HeadObject on arn:aws:s3:::amber", [("s3:GetObject", "arn:aws:s3:::amber/*")]),
        ("s3:HeadObject on arn:aws:s3:::amber-*", [("s3:GetObject", "arn:aws:s3:::amber-*/*")]),
        ("s3:HeadObject on arn:aws:s3:::amber/a", [("s3:GetObject", "arn:aws:s3:::amber/a")]),
        ("s3:ListBuckets", [("s3:ListAllMyBuckets", None)]),
        (f"dynamodb:query  on  {TABLE} ", [("dynamodb:Query", TABLE)]),
        (
            f"secretsmanager:BatchGetSecretValue on {SECRET}",
            [("secretsmanager:BatchGetSecretValue", None), ("secretsmanager:GetSecretValue", SECRET)],
        ),
        ("sts:GetCallerIdentity", []),
    ],
)
def test_a_call_needs_actions_on_what_they_are_about(text: str, needs: list[tuple[str, str | None]]) -> None:
    assert read_call(text).needs == tuple(Need(*need) for need in needs)


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("", "names no service", "s3:GetObject on"),
        ("s3:LisBucket on arn:aws:s3:::amber", "`s3:LisBucket` needs is not known", "did you mean `s3:ListBucket`?"),
        (f"dynamodb:TransactWriteItems on {TABLE}", "is not known", "name the actions"),
        ("s3:GetObject", "is missing", "arn:${Partition}:s3:::${BucketName}/${ObjectName}"),
        ("s3:GetObject on *", "`*` is not an ARN", "s3:GetObject on arn:"),
        ("s3:ListBuckets on arn:aws:s3:::amber", "is about no resource", "write `s3:ListBuckets` alone"),
        (f"s3:GetObject on {TABLE}", f"`s3:GetObject` is not about `{TABLE}`", "such as"),
        (f"dynamodb:Query on {TABLE.replace('table', 'tabel')}", "is not about", "table/"),
    ],
)
def test_a_call_that_cannot_be_asked_about_is_an_error_with_a_way_out(text: str, message: str, help: str) -> None:
    with pytest.raises(CallError) as caught:
        read_call(text)
    assert message in caught.value.message
    assert help in caught.value.help
