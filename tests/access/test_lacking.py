"""Is what a policy lacks refused whatever its conditions and unknowns are, and is it found where it is?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.access.intent import Need
from iamlint.access.lacking import eased, lacking
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.text.json import read_json
from iamlint.text.source import Source

OBJECTS = Need("s3:GetObject", "arn:aws:s3:::amber/*")
OBJECT = Need("s3:GetObject", "arn:aws:s3:::amber/a")
ANY = Need("s3:ListAllMyBuckets", None)


def lacks(need: Need, *statements: dict[str, Any], version: str = "2012-10-17") -> bool:
    told = [{"Effect": "Allow", "Action": "s3:*", **({} if "NotResource" in one else {"Resource": "*"}), **one} for one in statements]
    text = json.dumps({"Version": version, "Statement": told})
    [document] = find_documents(read_json(Source("policy.json", text.encode())), kind=Kind.IDENTITY)
    return lacking(eased(document.policy), need) is not None


@pytest.mark.parametrize("need", [OBJECTS, OBJECT])
@pytest.mark.parametrize(
    "statement",
    [
        {"Resource": "arn:aws:s3:::amb*"},
        {"Resource": "arn:aws:s3:::amber/*", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "search"}}},
        {"Resource": "arn:aws:s3:::${aws:PrincipalTag/bucket}/*"},
        {"Resource": "arn:aws:s3:::${Bucket}/*"},
        {"Resource": "${var.bucket_arn}"},
        {"Action": "s3:${Verb}*"},
        {"NotResource": "arn:aws:s3:::jade/*"},
        {"NotResource": "arn:aws:s3:::${aws:username}/*"},
    ],
)
def test_what_may_be_allowed_is_not_lacking(need: Need, statement: dict[str, Any]) -> None:
    assert not lacks(need, statement)


@pytest.mark.parametrize("need", [OBJECTS, OBJECT])
@pytest.mark.parametrize(
    "deny",
    [
        {"Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Resource": "arn:aws:s3:::${aws:username}/*"},
        {"Resource": "${var.other}"},
        {"Action": "s3:Put*"},
    ],
)
def test_a_deny_that_may_not_apply_takes_nothing(need: Need, deny: dict[str, Any]) -> None:
    assert not lacks(need, {}, {"Effect": "Deny", **deny})


@pytest.mark.parametrize("need", [OBJECTS, OBJECT])
@pytest.mark.parametrize(
    "statements",
    [
        [{"Resource": "arn:aws:s3:::amber"}],
        [{"Resource": "arn:aws:s3:::jade/*"}],
        [{"Action": "s3:GetObjectVersion"}],
        [{"Effect": "Deny", "Action": "sqs:*"}],
        [{}, {"Effect": "Deny", "Resource": "arn:aws:s3:::amber/*"}],
    ],
)
def test_what_is_never_allowed_is_lacking(need: Need, statements: list[dict[str, Any]]) -> None:
    assert lacks(need, *statements)


def test_a_part_of_what_is_needed_is_not_enough() -> None:
    assert lacks(OBJECTS, {"Resource": "arn:aws:s3:::amber/2026/*"})
    assert lacks(OBJECTS, {}, {"Effect": "Deny", "Resource": "arn:aws:s3:::amber/secret/*"})
    assert not lacks(OBJECTS, {"Resource": "arn:aws:s3:::amber/2026/*"}, {"NotResource": "arn:aws:s3:::amber/2026/*"})


def test_a_variable_of_the_old_version_is_plain_text() -> None:
    assert lacks(OBJECT, {"Resource": "arn:aws:s3:::amber/${aws:username}"}, version="2008-10-17")


def test_an_action_without_resources_is_allowed_by_a_star_and_by_all_of_its_service() -> None:
    assert not lacks(ANY, {})
    assert not lacks(ANY, {"Resource": "arn:aws:s3:::*"})
    assert lacks(ANY, {"Resource": "arn:aws:s3:::amber"})
    assert lacks(ANY, {}, {"Effect": "Deny"})
