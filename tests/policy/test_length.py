"""How many characters has a policy?"""

from __future__ import annotations

import json

import pytest

from iamlint.policy.length import length_beyond, length_of
from iamlint.policy.read import find_documents
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.text.yaml import read_yaml

STATEMENT = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::reports-${aws:username}/*"}


def beyond(text: str, quota: int = 1) -> int:
    [document] = find_documents(read_json(Source("policy.json", text.encode())))
    return length_beyond(document, quota)


@pytest.mark.parametrize("indent", [None, 0, 4])
def test_blanks_between_values_do_not_count(indent: int | None) -> None:
    policy = {"Version": "2012-10-17", "Statement": [STATEMENT] * 3}
    assert beyond(json.dumps(policy, indent=indent)) == len(json.dumps(policy, separators=(",", ":")))


def test_what_the_source_fills_in_counts_for_nothing() -> None:
    policy = json.dumps({"Statement": {**STATEMENT, "Resource": "arn:aws:s3:::${var.bucket}/*"}}, separators=(",", ":"))
    assert beyond(policy) == len(policy) - len("${var.bucket}")


def test_an_escaped_character_is_one() -> None:
    policy = json.dumps({"Statement": {**STATEMENT, "Sid": "Ü"}}, separators=(",", ":"))
    assert "\\u00dc" in policy
    assert beyond(policy) == len(policy) - len("\\u00dc") + 1


def test_a_policy_of_just_the_quota_is_not_beyond_it() -> None:
    policy = json.dumps({"Statement": STATEMENT})
    length = beyond(policy)
    assert (beyond(policy, length), beyond(policy, length - 1)) == (0, length)


def test_a_policy_in_yaml_counts_as_in_json() -> None:
    text = "Statement:\n  - {Effect: Allow, Action: [" + ", ".join(["a:b"] * 50) + "], Resource: '*'}\n"
    [tree] = read_yaml(Source("policy.yaml", text.encode()))
    [document] = find_documents(tree)
    wanted = {"Statement": [{"Effect": "Allow", "Action": ["a:b"] * 50, "Resource": "*"}]}
    assert length_beyond(document, len(text)) == len(json.dumps(wanted, separators=(",", ":"))) == length_of(tree.root)
