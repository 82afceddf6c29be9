"""The process that `benchmarks.warm` measures: it runs with an installed iamlint and prints what it measured as JSON.

A rate is what the median item gives; an item's time is the least of its rounds, which is what the code costs when nothing else runs.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from iamlint.access.access import Access
from iamlint.access.evaluation.evaluate import evaluate
from iamlint.access.search.question import account_not_in, action_is, caller_is
from iamlint.access.sets.effort import Undecided
from iamlint.knowledge.callers import CallerKind
from iamlint.lint.run import lint
from iamlint.policy.document import Document, Kind
from iamlint.policy.read import find_documents
from iamlint.report.outcome import FailureKind
from iamlint.rulebook.book import load_book
from iamlint.rulebook.select import choose
from iamlint.text.read import read
from iamlint.text.source import Source, TextError
from iamlint.zone import Zone

NOW = 1_782_864_000  # 2026-07-01
ACTIONS = ("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "iam:PassRole", "iam:CreateAccessKey", "s3:GetObject", "kms:Decrypt")


def main(fixtures: Path, managed: Path, rounds: int) -> dict[str, object]:
    """Everything that is measured here."""
    policies = [path.read_bytes() for path in sorted(fixtures.rglob("*.json"))]
    trust = [data for data in policies if any(document.kind is Kind.TRUST for document in documents(data))]
    owned = [path.read_bytes() for path in sorted(managed.glob("*.json"))]
    cards = choose(load_book())
    undecided = 0

    def check(data: bytes) -> None:
        lint(documents(data), cards, Zone(), NOW)

    for data in (*policies, *owned):
        undecided += sum(failure.kind is FailureKind.UNDECIDED for failure in lint(documents(data), cards, Zone(), NOW).failures)
    trust_times = [best(partial(check, data), rounds) for data in trust]
    questions = list(engine_times([document for data in (*trust, *owned) for document in documents(data)]))
    evaluations = list(evaluation_times([document for data in trust for document in documents(data)]))
    return {
        "trust_ms": statistics.median(trust_times) * 1e3,
        "undecided": undecided,
        "rows": [
            row("trust policies: read, parse, all rules", trust_times, 1e3, "ms"),
            row("managed policies: read, parse, all rules", [best(partial(check, data), 1) for data in owned], 1e3, "ms"),
            row("symbolic questions, each to a policy not asked before", questions, 1e6, "µs"),
            row("requests evaluated", evaluations, 1e6, "µs"),
        ],
    }


def documents(data: bytes) -> tuple[Document, ...]:
    """The policies of one JSON file; none where it is not JSON."""
    try:
        return tuple(document for tree in read(Source("policy.json", data)) for document in find_documents(tree))
    except TextError:
        return ()


def engine_times(asked: Sequence[Document]) -> Iterator[float]:
    """Seconds per question: may an outsider do this?"""
    for document in asked:
        for action in ACTIONS:
            access = Access(document.policy, document.kind)
            question = (action_is(action), caller_is(CallerKind.ROLE), account_not_in(["111122223333"]))
            begun = time.perf_counter()
            try:
                access.meets(question)
            except Undecided:
                continue
            yield time.perf_counter() - begun


def evaluation_times(asked: Sequence[Document]) -> Iterator[float]:
    """Seconds per request: the witness of every policy that has one is put to it again."""
    for document in asked:
        witness = Access(document.policy, document.kind).meets((action_is("sts:*"),))
        if witness is not None:
            yield best(partial(evaluate, document.policy, witness.request), 20)


def best(work: Callable[[], object], rounds: int) -> float:
    """The least time of so many rounds."""
    times = []
    for _ in range(max(rounds, 1)):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def row(what: str, times: Sequence[float], scale: float, unit: str) -> dict[str, object]:
    """A line of the table."""
    return {"what": what, "number": len(times), "median": statistics.median(times) * scale, "slowest": max(times) * scale, "unit": unit}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
