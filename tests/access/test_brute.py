"""Does the symbolic engine agree with trying requests one by one?"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.access.brute import disagreements


@pytest.mark.parametrize("block", range(10))
def test_every_answer_agrees_with_brute_force(block: int) -> None:
    counts: Counter[str] = Counter()
    assert [said for seed in range(block * 100, block * 100 + 100) for said in disagreements(seed, counts)] == []
    assert counts["meets: yes"] > 50
    assert counts["widened: no"] > 20


def test_small_policies_are_decided() -> None:
    counts: Counter[str] = Counter()
    for seed in range(5000, 5300):
        assert list(disagreements(seed, counts)) == []
    assert [name for name in counts if name.endswith("undecided")] == []
