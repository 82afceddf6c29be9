"""Is a role that is open to everybody told once, and only when somebody gets in?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.trust.asking import findings, trust

RULES = ("trust-public-principal", "trust-public-network-gated", "trust-public-external-id-only", "trust-external-id-weak")
ADDRESS = "aws:SourceIp"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"IpAddress": {ADDRESS: "203.0.113.0/24"}}, ["trust-public-network-gated"]),
        ({"IpAddress": {ADDRESS: ["10.0.0.0/8", "203.0.113.0/24"]}}, ["trust-public-network-gated"]),
        ({"IpAddress": {ADDRESS: "10.0.0.0/8"}}, []),
        ({"IpAddress": {ADDRESS: ["192.168.0.0/16", "fd00::/8"]}}, []),
        ({"IpAddress": {ADDRESS: "0.0.0.0/0"}}, ["trust-public-principal"]),
        ({"NotIpAddress": {ADDRESS: "10.0.0.0/8"}}, ["trust-public-principal"]),
        ({"StringLike": {"sts:ExternalId": "*"}}, ["trust-public-external-id-only"]),
        ({"StringLike": {"sts:ExternalId": "?*"}}, ["trust-public-external-id-only"]),
        ({"StringLike": {"sts:ExternalId": "acme-*"}}, ["trust-public-external-id-only", "trust-external-id-weak"]),
    ],
)
def test_a_gate_is_judged_once(condition: dict[str, Any], expected: list[str]) -> None:
    assert [rule for rule in RULES if findings(rule, trust("*", condition))] == expected
