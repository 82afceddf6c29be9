"""What does one policy, and one question to the engine, cost a process that is already warm?"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.budget import UNDECIDED, WARM_POLICY
from benchmarks.installed import ROOT, Install
from benchmarks.managed import write_managed_policies
from benchmarks.process import environment
from benchmarks.table import table


def warm(install: Install, rounds: int) -> Iterator[str]:
    """Rules and engine in one process: the fixtures' trust policies, then the policies that AWS manages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_managed_policies(folder)
        command = [
            install.python,
            str(ROOT / "benchmarks" / "warm_child.py"),
            str(ROOT / "fixtures" / "policies"),
            str(folder),
            str(rounds),
        ]
        done = subprocess.run(command, cwd=folder, env=environment(), check=True, capture_output=True, text=True)
    measured = json.loads(done.stdout)
    yield f"In a warm process, {rounds} rounds"
    yield table(("what", "number", "median", "slowest"), [_row(row) for row in measured["rows"]])
    yield WARM_POLICY.line(measured["trust_ms"])
    yield UNDECIDED.line(measured["undecided"])


def _row(row: dict[str, float | str]) -> tuple[str, ...]:
    unit = str(row["unit"])
    return (str(row["what"]), f"{row['number']:,}", f"{float(row['median']):.2f} {unit}", f"{float(row['slowest']):.2f} {unit}")
