"""Do the engine's answers agree with z3, an SMT solver that was given the same policies in another language?

`python -m tests.access.z3_oracle --policies 1000` asks about as many random policies as wanted. z3 has a time limit for each question; what
it does not decide is counted and says nothing. No fact about the world is assumed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from typing import Any

import z3

from iamlint.access.access import Access
from iamlint.access.compare import widened
from iamlint.access.evaluation.request import Witness
from iamlint.access.sets.effort import Undecided
from tests.access import chance
from tests.access.build import policy
from tests.access.z3_policies import allows, covered, matches
from tests.access.z3_request import Asked
from tests.access.z3_texts import Term

MILLISECONDS = 2000

# Pieces that overlap in many ways; patterns made of them are harder than those that people write.
_ARN_PIECES = ("arn:aws:", "arn:*", "iam", "sts", "*", ":", "::", "1", "111111111111", "role", "user", "root", "/", "ci", "?", "bob")
_PIECES = ("a", "b", "ab", "*", "?", "*a", "b*", "-")
_ACTION_PIECES = ("s3:", "Get", "Put", "*", "Object", "?", "e", "iam:", ":")


class Question:
    """One question about policies: how the engine answers it, and the formula of the requests that would be a "yes"."""

    def __init__(self, name: str, answer: Callable[[], Witness | None], formula: Callable[[Asked], Term], text: str) -> None:
        self.name = name
        self.answer = answer
        self.formula = formula
        self.text = text


def questions(seed: int) -> Iterator[Question]:
    """The questions about one random policy, and about it and another."""
    random = Random(seed)
    written, other = _document(random), _document(random)
    if random.random() < 0.5 and len(written["Statement"]) > 1:
        other = {**written, "Statement": written["Statement"][1:]}
    one, two = policy(written), policy(other)
    access = Access(one, None)
    text, pair = json.dumps(written), f"{json.dumps(written)} against {json.dumps(other)}"
    yield Question("meets", lambda: access.meets([]), partial(allows, written), text)
    yield Question("covers", lambda: access.covers([]), lambda asked: z3.Not(allows(written, asked)), text)
    for index, statement in enumerate(written["Statement"]):
        yield _matching(access, index, partial(matches, written, statement), text)
    for name, old, new in (("widened", (one, written), (two, other)), ("widened back", (two, other), (one, written))):
        yield _widening(name, old, new, pair)


def _matching(access: Access, index: int, formula: Callable[[Asked], Term], text: str) -> Question:
    return Question("matches", lambda: access.matches(access.policy.statements[index]), formula, f"statement {index} of {text}")


def _widening(name: str, old: tuple[Any, Any], new: tuple[Any, Any], text: str) -> Question:
    def formula(asked: Asked) -> Term:
        return z3.And(allows(new[1], asked), z3.Not(allows(old[1], asked)))

    return Question(name, lambda: widened(old[0], new[0], None), formula, text)


def _document(random: Random) -> dict[str, Any]:
    written = chance.document(random)
    if random.random() < 0.5:
        for statement in written["Statement"]:
            _vary(random, statement)
    return covered(written)


def _vary(random: Random, statement: dict[str, Any]) -> None:
    """Puts random patterns in the place of some of a statement's own."""
    if random.random() < 0.3:
        element = "Action" if "Action" in statement else "NotAction"
        statement[element] = [_pattern(random, _ACTION_PIECES) for _ in range(random.randint(1, 2))]
    if "Resource" in statement and random.random() < 0.4:
        statement["Resource"] = [f"arn:aws:s3:::{_pattern(random, _PIECES)}" for _ in range(random.randint(1, 2))]
    if random.random() < 0.5:
        operator = random.choice(("StringLike", "StringNotLike", "ArnLike", "ArnNotLike", "StringLikeIfExists", "ForAllValues:StringLike"))
        key, pieces = random.choice((("aws:PrincipalArn", _ARN_PIECES), ("aws:PrincipalArn", _ARN_PIECES), ("aws:username", _PIECES)))
        values = [_pattern(random, pieces) for _ in range(random.randint(1, 2))]
        statement.setdefault("Condition", {}).setdefault(operator, {})[key] = values


def _pattern(random: Random, pieces: tuple[str, ...]) -> str:
    return "".join(random.choice(pieces) for _ in range(random.randint(1, 6)))


def decided(formula: Callable[[Asked], Term], milliseconds: int) -> bool | None:
    """Whether z3 finds a request, or proves that there is none; None when it runs out of time.

    It is asked about one kind of caller after the other, which it decides far more often than all of them at once.
    """
    asked = Asked()
    whole = z3.And(formula(asked), *asked.rules)
    cases = {case.sexpr(): case for case in (z3.simplify(z3.substitute(whole, (asked.kind, kind))) for kind in map(z3.IntVal, range(9)))}
    for limit in (milliseconds // 10, milliseconds // max(1, len(cases))):
        undecided = {}
        for text, case in cases.items():
            found = _checked(case, limit)
            if found == z3.sat:
                return True
            if found == z3.unknown:
                undecided[text] = case
        if not undecided:
            return False
        cases = undecided
    return None


def _checked(formula: Term, milliseconds: int) -> Term:
    solver = z3.Solver()
    solver.set("timeout", milliseconds)
    solver.add(formula)
    return solver.check()


def disagreements(seed: int, counts: Counter[str], milliseconds: int = MILLISECONDS) -> Iterator[str]:
    """Where z3 and the engine differ about the policies of a seed; `counts` collects who decided what."""
    for question in questions(seed):
        try:
            answer: bool | None = question.answer() is not None
        except Undecided:
            counts["undecided by the engine"] += 1
            answer = None
        found = decided(question.formula, milliseconds)
        counts["questions"] += 1
        if found is None:
            counts["undecided by z3"] += 1
            continue
        counts[f"{question.name}: {'yes' if found else 'no'}"] += 1
        if answer is not None and answer != found:
            yield f"seed {seed}: `{question.name}` is {answer} for the engine, {found} for z3: {question.text}"


def main() -> int:
    """Asks about as many policies as wanted; 1 when an answer differs."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--policies", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--milliseconds", type=int, default=MILLISECONDS, help="z3's time for each question")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    wrong = 0
    for seed in range(arguments.seed, arguments.seed + arguments.policies):
        for said in disagreements(seed, counts, arguments.milliseconds):
            wrong += 1
            sys.stdout.write(f"{said}\n")
            sys.stdout.flush()
    sys.stdout.write("".join(f"{name}: {count}\n" for name, count in sorted(counts.items())) + f"{wrong} differ\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
