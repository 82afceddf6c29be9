"""Do the readers keep their promises on a few thousand inputs? The ten-minute run is `python -m tests.fuzz.fuzz_readers`."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.inputs import corpus, generate
from tests.fuzz.promises import examine


@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_inputs_give_trees_or_errors(seed: int) -> None:
    fixtures = corpus()
    outcomes = {examine(*generate(Random(f"{seed} {number}"), fixtures)) for number in range(1_000)}
    assert "tree" in outcomes
    assert len(outcomes) > 50


# What the fuzzer once found.
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.yaml", b'Version: "20\\'),
        ("a.yaml", b'a: [sts:AssumeRole"a":1,"a":2]\n'),
        ("a.yaml", b"2012-10-17{ : |\r\n    !!int "),
        ("a.yaml", b"Effect: {a: a, ? '' : null}\n"),
        ("a.yaml", b"\xef\xbb\xbf\xef\xbb\xbfa: b"),
    ],
)
def test_what_once_broke_a_promise_does_not(name: str, data: bytes) -> None:
    assert examine(name, data)
