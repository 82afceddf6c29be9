"""Which actions does a call need, as an SDK names it?"""

from __future__ import annotations

import pytest

from iamlint.knowledge.names import exists
from iamlint.knowledge.operations import needed_by, other_actions


@pytest.mark.parametrize(
    ("call", "needed"),
    [
        ("s3:ListObjectsV2", ("s3:ListBucket",)),
        ("s3:list_objects_v2", ("s3:ListBucket",)),
        ("s3:list-objects-v2", ("s3:ListBucket",)),
        ("s3:HeadBucket", ("s3:ListBucket",)),
        ("s3:HeadObject", ("s3:GetObject",)),
        ("s3:get_object_attributes", ("s3:GetObject", "s3:GetObjectAttributes")),
        ("S3:GetObject", ("s3:GetObject",)),
        ("dynamodb:query", ("dynamodb:Query",)),
        ("stepfunctions:start_execution", ("states:StartExecution",)),
        ("bedrock-runtime:converse", ("bedrock:InvokeModel",)),
        ("sqs:send_message_batch", ("sqs:SendMessage",)),
        ("lambda:invoke", ("lambda:InvokeFunction",)),
        ("sts:GetCallerIdentity", ()),
        ("dynamodb:TransactWriteItems", None),
        ("s3:ListObject", None),
        ("s3:Get*", None),
        ("s3", None),
        ("", None),
    ],
)
def test_a_call_needs_actions(call: str, needed: tuple[str, ...] | None) -> None:
    assert needed_by(call) == needed


def test_every_action_needed_is_one_of_aws() -> None:
    assert [name for names in other_actions().values() for name in names if not exists(name)] == []


def test_a_call_with_the_name_of_an_action_needs_that_and_another() -> None:
    named = {call: names for call, names in other_actions().items() if exists(call)}
    assert all(call in map(str.lower, names) and len(names) > 1 for call, names in named.items())
