"""How many policies does a second of processor time pay for?"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.budget import CORPUS_FOUNDATION, CORPUS_MEMORY, CORPUS_PARLIAMENT, EVERY_POLICY
from benchmarks.installed import Install
from benchmarks.managed import write_managed_policies
from benchmarks.process import Cost, Program, environment, interleaved, median
from benchmarks.table import table

OURS = "iamlint check"
FEWER = "iamlint check, foundation"
FOUNDATION = Path(__file__).with_name("foundation.txt")
"""The rules of the first version: a figure that grows with the rulebook says nothing about the engine."""


def throughput(install: Install, rounds: int) -> Iterator[str]:
    """The policies that AWS manages, checked whole by one process of each program."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        policies = write_managed_policies(folder)
        read = documents_read(install, folder)
        costs = interleaved(_programs(install, folder), rounds)
    cpu = {name: median([cost.cpu for cost in runs]) for name, runs in costs.items()}
    yield f"{policies:,} policies that AWS manages, {rounds} rounds in turn"
    yield table(("program", "clock", "processor", "policies/s", "memory"), [_row(name, runs, policies) for name, runs in costs.items()])
    yield EVERY_POLICY.line(read / policies)
    yield CORPUS_MEMORY.line(_peak(costs[OURS]))
    if "parliament" in cpu:
        yield CORPUS_FOUNDATION.line(cpu["parliament"] / cpu[FEWER])
        yield CORPUS_PARLIAMENT.line(cpu["parliament"] / cpu[OURS])


def documents_read(install: Install, folder: Path) -> int:
    """How many policies iamlint says that it read: a fast run that skips files proves nothing."""
    command = [install.script("iamlint"), "check", "--no-config", "-o", "json", "."]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, encoding="utf-8", check=False)
    return int(json.loads(done.stdout)["summary"]["documents"])


def _programs(install: Install, folder: Path) -> list[Program]:
    script = install.script("iamlint")
    foundation = ",".join(FOUNDATION.read_text(encoding="utf-8").split())
    ours = [
        Program(FEWER, [script, "check", "--no-config", "--select", foundation, "."], folder=folder),
        Program(OURS, [script, "check", "--no-config", "."], folder=folder),
        Program("iamlint check -o json", [script, "check", "--no-config", "-o", "json", "."], folder=folder),
    ]
    peer = shutil.which("parliament")
    return [*ours, Program("parliament", [peer, "--directory", "."], folder=folder)] if peer else ours


def _row(name: str, runs: Sequence[Cost], policies: int) -> tuple[str, ...]:
    cpu = median([cost.cpu for cost in runs])
    return (name, f"{median([cost.wall for cost in runs]):.2f} s", f"{cpu:.2f} s", f"{policies / cpu:,.0f}", f"{_peak(runs):.0f} MB")


def _peak(runs: Sequence[Cost]) -> float:
    return max(cost.peak for cost in runs)
