"""Which ARNs are plainly of a documented form?"""

from __future__ import annotations

import random
import re

import pytest

from iamlint.knowledge.arns import is_documented, lacks
from iamlint.knowledge.data import table
from iamlint.knowledge.plain_arns import plain_names

FILLED = ("*", "x", "x*", "?", "a/b", "a:b", "", "aws", "111122223333", "us-east-1")


@pytest.mark.parametrize(
    ("resource", "plain"),
    [
        ("arn:aws:iam::111122223333:role/a/b*", True),
        ("arn:aws:iam::111122223333:r*", False),
        ("arn:aws:iam:us-east-1:111122223333:role/a", False),
        ("arn:aws:s3:::reports", True),
        ("arn:aws:s3:::reports/2026/*", True),
        ("arn:aws:s3:::re:ports/2026/*", False),
        ("arn:aws:s3:*:*:reports", False),
        ("arn:aws:cloudformation:*:*:stack/web-*", True),
        ("arn:aws:cloudformation:*:*:stack/web", False),
        ("arn:aws:dynamodb:*:*:table/orders/index/*", True),
        ("arn:aws:glue:*:*:catalog", True),
        ("arn:aws:glue:*:*:catalogue", False),
        ("arn:aws:glue:*:*:*", True),
        ("arn:aws:nothing:*:*:*", False),
    ],
)
def test_a_look_tells_most_documented_arns(resource: str, plain: bool) -> None:
    assert _is_plain(resource) is plain


@pytest.mark.parametrize("seed", range(4))
def test_what_is_plain_is_documented_and_lacks_nothing(seed: int) -> None:
    made = random.Random(seed)
    forms = [form for forms in table("arn_formats").values() for form in forms]
    for form in forms:
        resource = _slipped(re.sub(r"\$\{[^}]*\}", lambda _: made.choice(FILLED), form), made)
        if _is_plain(resource):
            assert is_documented(resource), resource
            assert not lacks(resource), resource


def _is_plain(resource: str) -> bool:
    *fields, name = resource.split(":", 5)
    # The field of the service has no wildcard.
    return len(fields) == 5 and fields[2].isalnum() and plain_names(fields).have(name)


def _slipped(text: str, made: random.Random) -> str:
    """The text, perhaps with a character more or less."""
    at = made.randrange(len(text))
    return made.choice([text, text[:at] + text[at + 1 :], text[:at] + made.choice("*?:/a") + text[at:]])
