"""Does a question beyond its bound say so, and never "no"?"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pytest

from iamlint.access.access import Access
from iamlint.access.compare import widened
from iamlint.access.sets.effort import Undecided
from iamlint.access.sets.glob import wildcard
from iamlint.access.sets.pick import pick
from iamlint.policy.document import Kind
from iamlint.policy.statement import Policy
from tests.access.build import policy
from tests.access.chance import document
from tests.cli.run import iamlint

Rule: TypeAlias = tuple[tuple[str, bool], ...]

ALLOW = {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}
UNDECIDED = "undecided"


def denying(conditions: list[dict[str, Any]]) -> dict[str, Any]:
    """A trust policy that lets everybody in but under each of `conditions`."""
    denies = [{**ALLOW, "Effect": "Deny", "Condition": one} for one in conditions]
    return {"Version": "2012-10-17", "Statement": [ALLOW, *denies]}


def tag(name: object) -> str:
    return f"aws:RequestTag/{name}"


def pigeons(holes: int) -> dict[str, Any]:
    """One pigeon more than there are holes, a hole for each and none for two: nobody gets in, which is long to prove."""
    names = [f"h{hole}" for hole in range(holes)]
    housed: list[dict[str, Any]] = [{"StringNotEquals": {tag(pigeon): names}} for pigeon in range(holes + 1)]
    alone = [{"StringEquals": {tag(one): name, tag(two): name}} for name in names for one, two in combinations(range(holes + 1), 2)]
    return denying(housed + alone)


def random_rules(random: Random, variables: int, count: int) -> list[Rule]:
    """Clauses of three literals: a variable, and whether it has to be true."""
    return [tuple((f"v{one}", random.random() < 0.5) for one in random.sample(range(variables), 3)) for _ in range(count)]


def satisfying(rules: list[Rule]) -> dict[str, Any]:
    """Denies under which only what satisfies all of `rules` gets in."""
    return denying(
        [
            {
                "StringNotEquals": {tag(name): "1" for name, wanted in rule if wanted},
                "StringEquals": {tag(name): "1" for name, wanted in rule if not wanted},
            }
            for rule in rules
        ]
    )


def is_satisfiable(rules: list[Rule], variables: int) -> bool:
    return any(
        all(any(values[int(name[1:])] == wanted for name, wanted in rule) for rule in rules)
        for values in product((False, True), repeat=variables)
    )


def met(one: Policy, kind: Kind | None = None) -> bool | str:
    """Whether the policy allows something."""
    return answered(lambda: Access(one, kind).meets([]))


def answered(answer: Callable[[], object]) -> bool | str:
    """Whether there is a witness, or UNDECIDED."""
    try:
        return answer() is not None
    except Undecided:
        return UNDECIDED


def test_patterns_that_interleave_in_too_many_ways_are_undecided() -> None:
    words = [frozenset({wildcard(f"*{letter}{letter}x{letter}*")}) for letter in "abcdefghijkl"]
    with pytest.raises(Undecided):
        pick(words, frozenset())


def test_patterns_that_interleave_in_few_ways_are_decided() -> None:
    words = [frozenset({wildcard(f"*{letter}{letter}x{letter}*")}) for letter in "abcd"]
    assert pick(words, frozenset({wildcard("?" * 16 + "*")})) is None
    assert pick(words, frozenset({wildcard("?" * 17 + "*")})) is not None


def test_a_key_with_many_interleaved_patterns_is_undecided() -> None:
    words = [f"*{letter}{letter}x{letter}*" for letter in "abcdefghijklmnop"]
    one = policy(denying([{"StringNotLike": {tag("x"): word}} for word in words]))
    assert met(one) == UNDECIDED


def test_pairs_of_patterns_do_not_add_up_beyond_the_bound() -> None:
    random = Random(1)
    words = [f"*{letter}{letter}x{letter}*" for letter in "abcdefghijkl"]
    some = [{"StringNotLike": {tag("x"): random.sample(words, 3)}} for _ in range(36)]
    pairs = [random.sample(words, 2) for _ in range(36)]
    both = [{"StringLike": {tag("x"): one}, "StringLikeIfExists": {tag("x"): two}} for one, two in pairs]
    assert met(policy(denying([*some, *both, {"Null": {tag("x"): "true"}}]))) == UNDECIDED


def test_two_thousand_statements_are_undecided() -> None:
    statements = [
        {
            "Effect": "Allow" if number % 2 else "Deny",
            "Action": f"s3:Get{number}*",
            "Resource": f"arn:aws:s3:::b{number}*/x*",
            "Condition": {"StringLike": {tag("x"): f"a{number}*"}},
        }
        for number in range(2000)
    ]
    one = policy({"Statement": statements})
    assert met(one) in (True, UNDECIDED)
    assert answered(lambda: widened(one, one, None)) == UNDECIDED


def test_more_keys_than_the_facts_have_room_for_are_undecided_each_time() -> None:
    access = Access(policy(denying([{"StringEquals": {tag(number): "x"}} for number in range(5000)])), Kind.TRUST)
    assert [answered(lambda: access.meets([])) for _ in range(3)] == [UNDECIDED] * 3
    assert answered(lambda: access.covers([])) == UNDECIDED


def test_many_variables_that_cannot_be_filled_in_are_undecided() -> None:
    unequal = {tag(f"a{number}"): f"${{{tag(f'b{number}')}}}" for number in range(30)}
    given = {tag(f"{side}{number}"): "false" for number in range(30) for side in "ab"}
    # Each of these is longer than the other, so no request will do.
    endless = {tag("p"): f"${{{tag('q')}}}x", tag("q"): f"${{{tag('p')}}}y"}
    condition = {"StringNotEquals": unequal, "Null": given, "StringEquals": endless}
    one = policy({"Statement": {**ALLOW, "Condition": condition}})
    assert met(one) in (False, UNDECIDED)


def test_pigeons_are_not_housed_or_undecided() -> None:
    assert met(policy(pigeons(4))) is False
    assert met(policy(pigeons(9))) == UNDECIDED


def test_conditions_as_hard_as_can_be_are_never_a_wrong_no() -> None:
    random = Random(0)
    answers = []
    for _ in range(60):
        rules = random_rules(random, 7, 30)
        answers.append(met(policy(satisfying(rules))))
        assert answers[-1] == is_satisfiable(rules, 7)
    assert set(answers) == {True, False}


def test_a_hundred_such_variables_are_undecided() -> None:
    rules = random_rules(Random(1), 100, 430)
    assert met(policy(satisfying(rules))) == UNDECIDED


@pytest.mark.parametrize(("steps", "states"), [(5, 5), (30, 5), (100, 20), (300, 60_000), (200_000, 3)])
@pytest.mark.parametrize("kind", [None, Kind.TRUST])
def test_a_smaller_bound_changes_no_answer(kind: Kind | None, steps: int, states: int, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = set()
    for seed in range(40):
        random = Random(seed)
        one, other = policy(document(random)), policy(document(random))
        questions: tuple[Callable[[Access], object], ...] = (
            lambda access: access.meets([]),
            lambda access: access.covers([]),
            lambda access, other=other: widened(access.policy, other, kind),  # type: ignore[misc] # bound at once
        )
        whole = [answered(lambda ask=ask, one=one: ask(Access(one, kind))) for ask in questions]  # type: ignore[misc] # bound at once
        access = Access(one, kind)
        with monkeypatch.context() as patched:
            patched.setattr("iamlint.access.sets.effort.STEPS", steps)
            patched.setattr("iamlint.access.sets.effort.STATES", states)
            patched.setattr("iamlint.access.sets.pick.BUDGET", states)
            for _ in range(2):
                bounded = [answered(lambda ask=ask, access=access: ask(access)) for ask in questions]  # type: ignore[misc] # bound at once
                assert all(answer in (full, UNDECIDED) for answer, full in zip(bounded, whole, strict=True)), seed
                seen.update(bounded)
    assert seen >= ({UNDECIDED} if steps < 100 else {True, False})


def test_a_run_says_what_was_not_decided(tmp_path: Path) -> None:
    (tmp_path / "pigeons.json").write_text(json.dumps(pigeons(8)))
    ended = iamlint(tmp_path, "check", "--ignore", "policy-too-long", "pigeons.json")
    assert ended.code == 3
    assert "could not be decided: the policy combines too many conditions" in ended.err
