"""The command `python -m benchmarks`: prints tables, and writes them to a file only when told to."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.cold import cold
from benchmarks.installed import Install, installed
from benchmarks.knowledge import knowledge
from benchmarks.machine import machine
from benchmarks.templates import templates, templates_of
from benchmarks.throughput import throughput
from benchmarks.warm import warm

Part = Callable[[Install, int], Iterator[str]]
PARTS: dict[str, tuple[Part, int]] = {
    "cold": (cold, 15),
    "throughput": (throughput, 3),
    "templates": (templates, 1),
    "warm": (warm, 5),
    "knowledge": (knowledge, 15),
}


def main() -> None:
    """Runs the parts that were asked for, one after the other."""
    asked = arguments().parse_args()
    lines = [f"Measured on {machine()}."]
    print(lines[0])
    parts = dict(PARTS)
    if asked.templates:
        parts["templates"] = (partial(templates_of, asked.templates), PARTS["templates"][1])
    with contextlib.nullcontext(Install(asked.python)) if asked.python else installed() as install:
        for name in asked.parts or parts:
            part, rounds = parts[name]
            for line in ("", *part(install, asked.rounds or rounds)):
                print(line, flush=True)
                lines.append(line)
    if asked.output:
        asked.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


def arguments() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=f"one or more of: {', '.join(PARTS)} (default: all)")
    usual = ", ".join(f"{name} {rounds}" for name, (_, rounds) in PARTS.items())
    parser.add_argument("--rounds", type=int, help=f"how often each program runs (default: {usual})")
    parser.add_argument(
        "--python", help="an interpreter that has iamlint installed, not editable (default: a new environment from the wheel)"
    )
    parser.add_argument("--templates", type=Path, metavar="FOLDER", help="templates of your own for the part of that name")
    parser.add_argument("-o", "--output", type=Path, metavar="PATH", help="also write the tables to this file")
    return parser


if __name__ == "__main__":
    main()
