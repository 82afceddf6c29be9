"""Is what a source leaves open told from what it says?"""

from __future__ import annotations

import pytest

from iamlint.policy.pattern import Hole, Variable, split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("arn:aws:iam::${var.account}:root", ("arn:aws:iam::", Hole("var.account"), ":root")),
        ("{{ account }}", (Hole("account"),)),
        ("{{}}", (Hole(""),)),
        ("<ACCOUNT_ID>", (Hole("ACCOUNT_ID"),)),
        ("%{Source.Arn}/*", (Hole("Source.Arn"), "/*")),
        ("arn:aws:iam::#{AWS::AccountId}:root", ("arn:aws:iam::", Hole("AWS::AccountId"), ":root")),
        ("home/${aws:username}/%{x}", ("home/", Variable("aws:username", None), "/", Hole("x"))),
        ("{account}", ("{account}",)),
        ("100%{}", ("100%{}",)),
        ("#{{x}}", ("#", Hole("x"))),
    ],
)
def test_what_a_template_fills_in_is_a_hole(text: str, parts: tuple[object, ...]) -> None:
    assert split(text) == parts
