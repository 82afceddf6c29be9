"""What does one run of a program cost: time on the clock, time on the processor, memory?"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """One run: seconds on the clock, seconds of processor time of it and its children, peak memory in MB, exit code."""

    wall: float
    cpu: float
    peak: float
    code: int


class Program(NamedTuple):
    """A command with a name for the table; `stdin` is the file it reads, if any; `folder` is where it runs, `codes` are fine."""

    name: str
    command: Sequence[str]
    stdin: Path | None = None
    folder: Path | None = None
    codes: frozenset[int] = frozenset({0, 1})


def run(program: Program) -> Cost:
    """Runs the program once, its output thrown away."""
    # Peak memory is the larger of the child's and what this process had when it forked, so this process stays small.
    with open(program.stdin or os.devnull, "rb") as stdin, open(os.devnull, "wb") as sink:
        begun = time.perf_counter()
        child = subprocess.Popen(program.command, stdin=stdin, stdout=sink, stderr=sink, cwd=program.folder, env=environment())
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale, child.returncode)


def environment() -> Mapping[str, str]:
    """What a user's shell has, less what changes Python's start: bytecode must be written and found."""
    unwanted = ("PYTHON", "COVERAGE", "NO_COLOR", "FORCE_COLOR")
    return {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}


def interleaved(programs: Sequence[Program], rounds: int) -> Mapping[str, Sequence[Cost]]:
    """Runs the programs in turn, `rounds` times after one round that warms the caches: a noisy machine is noisy for all of them."""
    costs: dict[str, list[Cost]] = {program.name: [] for program in programs}
    for turn in range(rounds + 1):
        for program in programs:
            cost = run(program)
            if cost.code not in program.codes:
                raise RuntimeError(f"`{' '.join(program.command)}` exited with {cost.code}")
            if turn:
                costs[program.name].append(cost)
    return costs


def median(numbers: Sequence[float]) -> float:
    """The middle number: one slow run does not move it."""
    return statistics.median(numbers)
