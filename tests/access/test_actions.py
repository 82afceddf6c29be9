"""Which actions are there, as far as the engine is concerned?"""

from __future__ import annotations

from string import ascii_lowercase, digits

import pytest

from iamlint.access.access import Access
from tests.access.build import allow


@pytest.mark.parametrize(
    "actions",
    [
        [f"{letter}*:*" for letter in ascii_lowercase],
        [f"{letter.upper()}*" for letter in ascii_lowercase],
        [f"*:{sign}*" for sign in ascii_lowercase + digits],
        ["*:*"],
    ],
)
def test_patterns_for_every_first_letter_cover_every_action(actions: list[str]) -> None:
    assert Access(allow(Action=actions), None).covers([]) is None


def test_without_one_letter_an_action_is_left() -> None:
    found = Access(allow(Action=[f"{letter}*:*" for letter in ascii_lowercase if letter != "q"]), None).covers([])
    assert found is not None
    assert found.request.action.startswith("q")


@pytest.mark.parametrize("action", ["s3:Get Object", "3s:GetObject", "s3:", "s3:Get:Object"])
def test_what_no_service_can_call_an_action_is_none(action: str) -> None:
    assert Access(allow(Action=action), None).meets([]) is None
