"""What does it cost to ask what AWS documents of an action, in a process that has read nothing yet?"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

from benchmarks.budget import COLD_LOOKUP
from benchmarks.installed import Install
from benchmarks.process import environment, median
from benchmarks.table import table

ACTIONS = ("sts:AssumeRole", "iam:PassRole", "s3:GetObject", "ec2:RunInstances")
# What every run of iamlint has imported anyway is imported first.
_PROGRAM = """
import enum, json, re, sys, time
begun = time.perf_counter()
from iamlint.knowledge.authorization import action, service
found = action(sys.argv[1])
service(found.prefix).keys_of(found)
print(time.perf_counter() - begun)
"""


def knowledge(install: Install, rounds: int) -> Iterator[str]:
    """The first look-up in each of some services, each in a new process; the largest service last."""
    times = {name: [_once(install, name) * 1000 for _ in range(rounds + 1)][1:] for name in ACTIONS}
    yield f"First look-up of an action and its keys, {rounds} rounds"
    yield table(("action", "median", "least"), [(name, f"{median(found):.2f} ms", f"{min(found):.2f} ms") for name, found in times.items()])
    yield COLD_LOOKUP.line(max(median(found) for found in times.values()))


def _once(install: Install, action: str) -> float:
    command = [install.python, "-I", "-c", _PROGRAM, action]
    return float(subprocess.run(command, check=True, capture_output=True, text=True, env=environment()).stdout)
