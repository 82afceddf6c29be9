"""Which words describe a document?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.access.access import Access
from iamlint.policy.read import find_documents
from iamlint.rulebook.book import load_book
from iamlint.rulebook.features import SERVICES, WORDS, features
from iamlint.rulebook.schema import read_schema
from iamlint.text.json import read_json
from iamlint.text.source import Source


def words(**statement: Any) -> frozenset[str]:
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]}
    [document] = find_documents(read_json(Source("policy.json", json.dumps(policy).encode())))
    return features(document, Access(document.policy, document.kind))


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ({"Principal": "*", "Action": "sts:AssumeRole"}, {"everyone", "principal"}),
        (
            {"Principal": {"Service": "ec2.amazonaws.com", "AWS": "111122223333"}, "Action": "sts:*"},
            {"service", "account", "principal", "other-action", "wildcard-action"},
        ),
        (
            {"Principal": {"Federated": "${var.provider}"}, "Action": "sts:AssumeRoleWithWebIdentity"},
            {"unknown", "oidc", "other-action", "principal"},
        ),
        ({"Principal": {"AWS": "${var.role}"}, "Action": "sts:AssumeRole"}, {"unknown", "principal"}),
        ({"Sid": "", "Action": "s3:GetObject", "Resource": []}, {"action:s3", "empty", "odd-sid", "resource"}),
        ({"Sid": "a b", "Action": "s3:GetObject", "Resource": "*"}, {"action:s3", "odd-sid", "resource"}),
        (
            {
                "Principal": {"AWS": "arn:aws-cn:iam::111122223333:role/AWSReservedSSO_x"},
                "Action": ["sts:TagSession", "sts:SetSourceIdentity"],
            },
            {"role", "principal", "other-action", "other-partition", "reserved-role", "tag-session", "set-source-identity"},
        ),
        (
            {
                "Action": "s3:GetObject",
                "Resource": "*",
                "Condition": {"StringLike": {"s3:prefix": "a*"}, "Bool": {"s3:x": []}},
            },
            {"action:s3", "resource", "condition", "string", "wildcard", "bool", "empty", "key:s3:prefix", "key:s3:x"},
        ),
        ({"Action": "s3:GetObject", "Resource": ["*"] * 3000}, {"action:s3", "long", "resource"}),
        ({"NotAction": "iam:*", "Resource": "*"}, {"any-service", "not-action", "wildcard-action", "resource"}),
        ({"Action": "s3:GetObject", "NotResource": "arn:aws:s3:::a/${aws:username}"}, {"action:s3", "not-resource", "variable"}),
        ({"Action": ["ia*:PassRole", "EC2:Run*"], "Resource": "*"}, {"action:ec2", "any-service", "wildcard-action", "resource"}),
        (
            {"Action": "s3:GetObject", "Resource": "*", "Condition": {"ForAllValues:StringEqualsIfExists": {"aws:TagKeys": "a"}}},
            {"action:s3", "resource", "condition", "string", "for-all-values", "if-exists", "key:aws:tagkeys"},
        ),
    ],
)
def test_a_document_is_described_by_what_it_has(statement: dict[str, Any], expected: set[str]) -> None:
    assert words(**statement) == expected


def test_every_word_is_one_that_a_card_may_need() -> None:
    schema: Any = read_schema("card.schema.json")
    assert frozenset(schema["properties"]["needs"]["items"]["anyOf"][0]["enum"]) == WORDS


def test_cards_need_words_that_there_are() -> None:
    known = WORDS | {f"action:{service}" for service in SERVICES}
    assert {word for card in load_book().cards for word in card.needs if not word.startswith("key:")} <= known
