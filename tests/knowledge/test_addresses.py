"""Which addresses never reach AWS over the internet?"""

from __future__ import annotations

import pytest

from iamlint.access.sets.values import address_range
from iamlint.knowledge.addresses import privacy


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("10.0.0.0/8", "private"),
        ("10.255.255.255", "private"),
        ("11.0.0.0/8", None),
        ("8.0.0.0/6", None),
        ("172.16.0.0/12", "private"),
        ("172.32.0.0/16", None),
        ("192.168.1.1", "private"),
        ("100.64.0.0/10", "shared by a carrier's customers"),
        ("100.128.0.0/9", None),
        ("127.0.0.1", "a loopback"),
        ("169.254.169.254", "link-local"),
        ("0.0.0.0/0", None),
        ("::1", "a loopback"),
        ("fd00::/8", "private"),
        ("fe80::1", "link-local"),
        ("2600:1f00::/24", None),
    ],
)
def test_a_range_is_private_when_all_of_it_is(text: str, what: str | None) -> None:
    found = address_range(text)
    assert found is not None
    assert privacy(*found) == what
