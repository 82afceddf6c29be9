"""Do the engine's answers agree with trying many requests one by one?

Random small policies (`chance`) are asked every kind of question. A "no" is checked against some hundred requests, decided by the concrete
evaluator; a "yes" carries its request, which is decided again. `python -m tests.access.brute --policies 10000` runs as many as wanted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from iamlint.access.access import Access
from iamlint.access.compare import widened
from iamlint.access.evaluation.evaluate import Outcome, Reading, evaluate, statement_applies
from iamlint.access.evaluation.request import Request, Witness
from iamlint.access.sets.effort import Undecided
from iamlint.policy.statement import Policy
from tests.access.build import policy
from tests.access.chance import document, request

REQUESTS = 300

Predicate = Callable[[Request], bool]


class Question:
    """One question about random policies: how the engine answers it, and which requests would refute a "no"."""

    def __init__(self, name: str, answer: Callable[[], Witness | None], holds: Predicate, text: str) -> None:
        self.name = name
        self.answer = answer
        self.holds = holds
        self.text = text


def allowed(one: Policy) -> Predicate:
    """Whether the policy allows a request."""
    return lambda asked: evaluate(one, asked).outcome is Outcome.ALLOWED


def questions(chance: Random) -> Iterator[Question]:
    """The questions about one random policy, and about it and another."""
    written = document(chance)
    one = policy(written)
    access = Access(one, None)
    text = json.dumps(written)
    lets = allowed(one)
    yield Question("meets", lambda: access.meets([]), lets, text)
    yield Question("covers", lambda: access.covers([]), lambda asked: not lets(asked), text)
    for statement in one.statements:
        applies = _applies(one, statement.index)
        yield Question("matches", lambda statement=statement: access.matches(statement), applies, text)  # type: ignore[misc] # bound at once
    written_other = _neighbour(chance, written)
    other = policy(written_other)
    lets_other = allowed(other)
    pair = f"{text} against {json.dumps(written_other)}"
    yield Question("widened", lambda: widened(one, other, None), lambda asked: lets_other(asked) and not lets(asked), pair)
    yield Question("widened by itself", lambda: widened(one, one, None), lambda asked: False, text)


def _applies(one: Policy, index: int) -> Predicate:
    statement = next(statement for statement in one.statements if statement.index == index)
    return lambda asked: statement_applies(statement, asked, one.variables, Reading.CERTAIN)


def _neighbour(chance: Random, written: dict[str, Any]) -> dict[str, Any]:
    if chance.random() < 0.5 and len(written["Statement"]) > 1:
        return {**written, "Statement": written["Statement"][1:]}
    return document(chance)


def disagreements(seed: int, counts: Counter[str]) -> Iterator[str]:
    """What is wrong with the answers about the policies of a seed; `counts` collects the answers."""
    chance = Random(seed)
    asked = [request(chance) for _ in range(REQUESTS)]
    for question in questions(chance):
        try:
            witness = question.answer()
        except Undecided:
            counts[f"{question.name}: undecided"] += 1
            continue
        counts[f"{question.name}: {'no' if witness is None else 'yes'}"] += 1
        if question.name == "widened by itself" and witness is not None:
            yield f"seed {seed}: a policy is wider than itself: {question.text}"
        elif witness is not None and not question.holds(witness.request):
            yield f"seed {seed}: the witness of `{question.name}` is none: {question.text}"
        elif witness is None and (found := next(filter(question.holds, asked), None)) is not None:
            request_text = f"{found.action} {found.caller} {found.resource} {found.context}"
            yield f"seed {seed}: `{question.name}` is not `no`: {question.text}: {request_text}"


def main() -> int:
    """Runs as many policies as asked for; 1 when an answer is wrong."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--policies", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    wrong = [said for seed in range(arguments.seed, arguments.seed + arguments.policies) for said in disagreements(seed, counts)]
    print("\n".join([*wrong, *(f"{name}: {count}" for name, count in sorted(counts.items())), f"{len(wrong)} wrong"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
