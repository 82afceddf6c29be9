"""How long does a user wait for `iamlint check` on one trust policy?"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.budget import COLD_PARLIAMENT, COLD_PYTHON
from benchmarks.installed import ROOT, Install
from benchmarks.process import Program, interleaved, median
from benchmarks.table import table

POLICY = ROOT / "fixtures" / "policies" / "cross-account" / "vendor-role.json"
FLAGGED = POLICY.with_name("vendor-root-no-external-id.json")


def cold(install: Install, rounds: int) -> Iterator[str]:
    """An empty interpreter, iamlint on a good and on a bad policy, and parliament, in turn.

    They run in a folder without settings: in ours iamlint would read a `pyproject.toml` that names it.
    """
    iamlint = install.script("iamlint")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = [
            Program("python -c pass", [install.python, "-c", "pass"], folder=folder),
            Program("iamlint check, clean", [iamlint, "check", str(POLICY)], folder=folder),
            Program("iamlint check, one finding", [iamlint, "check", str(FLAGGED)], folder=folder),
            *_parliament(POLICY, folder),
        ]
        costs = interleaved(programs, rounds)
    walls = {name: [cost.wall * 1000 for cost in runs] for name, runs in costs.items()}
    middle = {name: median(times) for name, times in walls.items()}
    empty, clean, flagged, *others = middle
    yield f"Cold start, {rounds} rounds in turn"
    rows = [
        (
            name,
            f"{middle[name]:.1f} ms",
            f"{min(walls[name]):.1f} ms",
            f"{middle[name] / middle[empty]:.1f}",
            f"{max(cost.peak for cost in costs[name]):.0f} MB",
        )
        for name in middle
    ]
    yield table(("program", "median", "least", "x python", "memory"), rows)
    yield COLD_PYTHON.line(middle[flagged] / middle[empty])
    yield from (COLD_PARLIAMENT.line(middle[name] / middle[clean]) for name in others)


def _parliament(policy: Path, folder: Path) -> list[Program]:
    """Parliament reads a policy from standard input; with `--file` it refuses to run where that is not a terminal."""
    script = shutil.which("parliament")
    return [Program("parliament", [script], stdin=policy, folder=folder)] if script else []
