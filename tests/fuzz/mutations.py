"""Policies that are like those on the cards, with something in them that nobody expects."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any

from iamlint.policy.document import Kind
from iamlint.rulebook.book import load_book
from iamlint.rulebook.pages import page_of

_HOLES: list[Any] = [
    *("${", "${}", "<X>", "{{ a }}", "${AWS::AccountId}"),
    *({"Ref": "X"}, {"Fn::Sub": "arn:aws:iam::${A}:role/x"}, ["*", {"Ref": "Y"}]),
]
_TYPES: list[Any] = ["", [], {}, 0, 1.5, True, None, "é", "\u0000", "a" * 300]
_WORDS = [
    *("*", "?", "**", "arn:", "arn:aws:iam::", "${aws:username}", "s3:*", "*:*", "iam:*", "arn:aws:s3:::a/${aws:PrincipalTag/x}"),
    *("arn:aws:iam::210987654321:root", "o-abc", "2026-01-01", "1", "true", "sts:AssumeRole", "token.actions.githubusercontent.com"),
]
_ODD = [*_HOLES, *_TYPES, *_WORDS]
_PARTITION = (r"(?<=arn:)aws(?=:)", "${AWS::Partition}")
_ACCOUNT = (r"(?<=:)[0-9]{12}(?=:)", "${AWS::AccountId}")
_REGION = (r"(?<=:)(?:eu|us)-[a-z]+-[0-9](?=:)", "${AWS::Region}")
_KEYS = [
    *("Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition", "Sid", "Effect"),
    *("AWS", "Service", "Federated", "StringEquals", "ForAllValues:StringLike", "StringNotLikeIfExists", "Null"),
    *("IpAddress", "ArnLike", "Bool", "NumericLessThan", "DateGreaterThan", "aws:SourceIp", "aws:PrincipalArn"),
    *("aws:TagKeys", "sts:ExternalId", "aws:PrincipalOrgID", "aws:ResourceTag/a", "kms:ViaService"),
    *("aws:MultiFactorAuthAge", "iam:PassedToService"),
]


def mutated(random: Random, number: int) -> Iterator[tuple[str, Kind]]:
    """`number` policies as JSON, each with a kind that it may be read as."""
    seeds = [(json.loads(text), kind) for text, kind in _on_cards()]
    for _ in range(number):
        policy, kind = random.choice(seeds)
        yield json.dumps(_changed(policy, random)), kind if random.random() < 0.7 else random.choice(list(Kind))


def as_templates() -> Iterator[tuple[str, Kind]]:
    """The policies on cards as a template has them: what its stack says stands in the places of partitions, accounts and regions."""
    for text, kind in _on_cards():
        for changes in ([_PARTITION], [_PARTITION, _ACCOUNT], [_PARTITION, _ACCOUNT, _REGION]):
            told = text
            for pattern, parameter in changes:
                told = re.sub(pattern, parameter, told)
            yield told, kind


def in_a_partition() -> Iterator[tuple[str, str, Kind]]:
    """The policies on cards that name ARNs, and the same as a template has them that may be deployed in any partition."""
    for text, kind in _on_cards():
        template = json.dumps(_substituted(json.loads(text)))
        if "Fn::Sub" in template:
            yield text, template, kind


def _substituted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _substituted(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_substituted(inner) for inner in value]
    if isinstance(value, str) and "arn:aws:" in value:
        return {"Fn::Sub": value.replace("${", "${!").replace("arn:aws:", "arn:${AWS::Partition}:")}
    return value


def _on_cards() -> Iterator[tuple[str, Kind]]:
    for card in load_book().cards:
        for example in page_of(card).examples:
            if example.format == "json" and _is_json(example.block.text):
                yield example.block.text, Kind(example.flag("kind") or "trust")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _changed(value: Any, random: Random) -> Any:
    if random.random() < 0.06:
        return random.choice(_ODD)
    if isinstance(value, dict):
        kept = {random.choice(_KEYS) if random.random() < 0.04 else key: inner for key, inner in value.items() if random.random() > 0.03}
        found = {key: _changed(inner, random) for key, inner in kept.items()}
        return {**found, random.choice(_KEYS): random.choice(_ODD)} if random.random() < 0.04 else found
    if isinstance(value, list):
        return [_changed(inner, random) for inner in value for _ in range(1 + (random.random() < 0.03))]
    return value
