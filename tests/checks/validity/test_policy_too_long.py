"""What counts towards the length of a policy?"""

from __future__ import annotations

import json

from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.rulebook.book import load_book
from iamlint.zone import Zone
from tests.policy.reading import found

CARDS = [card for card in load_book().cards if card.name == "policy-too-long"]


def reported(account: str, roles: int) -> bool:
    principals = [f"arn:aws:iam::{account}:role/number-{number:02}" for number in range(roles)]
    statement = {"Effect": "Allow", "Principal": {"AWS": principals}, "Action": "sts:AssumeRole"}
    documents = found(json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=4), Kind.TRUST)
    return bool(lint(documents, CARDS, Zone(), 0).findings)


def test_every_character_but_blanks_counts() -> None:
    assert not reported("210987654321", 43)
    assert reported("210987654321", 46)


def test_what_the_source_fills_in_may_be_short() -> None:
    assert not reported("${data.aws_caller_identity.current.account_id}", 43)
    assert reported("${data.aws_caller_identity.current.account_id}", 70)
