"""Does any input make a reader fail, hang or contradict itself? `python -m tests.fuzz.fuzz_readers --seconds 600`."""

from __future__ import annotations

import argparse
import faulthandler
import signal
import sys
import time
from collections import Counter
from random import Random
from types import FrameType

from tests.fuzz.inputs import corpus, generate
from tests.fuzz.promises import examine

LONGEST = 5.0


class HangError(Exception):
    """An input took longer than `LONGEST` seconds."""


def main() -> int:
    """Fuzz for a while; 1 when an input broke a promise."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=600)
    arguments.add_argument("--seed", type=int, default=None, help="start from this number; by default the clock chooses")
    chosen = arguments.parse_args()
    seed = int(time.time()) if chosen.seed is None else chosen.seed
    signal.signal(signal.SIGALRM, _hang)
    say(f"seed {seed}")
    return fuzz(seed, chosen.seconds)


def fuzz(seed: int, seconds: float) -> int:
    """Give inputs to the readers until the time is over or one of them breaks a promise."""
    fixtures = corpus()
    seen: Counter[str] = Counter()
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        name, data = generate(Random(f"{seed} {number}"), fixtures)
        try:
            seen[_timed(name, data)] += 1
        except (Exception, HangError) as error:
            say(f"input {number} of seed {seed}, as {name}:\n{data!r}\n{type(error).__name__}: {error}")
            raise
        number += 1
    say(f"{number} inputs, {seen['tree']} read, {len(seen) - 1} different messages")
    return 0


def say(line: str) -> None:
    """Tell whoever waits."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _timed(name: str, data: bytes) -> str:
    faulthandler.dump_traceback_later(2 * LONGEST, exit=True)
    signal.setitimer(signal.ITIMER_REAL, LONGEST)
    try:
        outcome = examine(name, data)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
    return outcome if outcome == "tree" else outcome.split("`")[0]


def _hang(number: int, frame: FrameType | None) -> None:
    raise HangError


if __name__ == "__main__":
    sys.exit(main())
