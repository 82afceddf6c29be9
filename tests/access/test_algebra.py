"""Do the answers about policies obey the laws of sets of requests?"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, TypeVar

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from iamlint.access.access import Access
from iamlint.access.compare import equivalent, widened
from iamlint.access.evaluation.evaluate import Outcome, Reading, evaluate, statement_applies
from iamlint.access.sets.effort import Undecided
from iamlint.policy.document import Kind
from iamlint.policy.statement import Policy
from tests.access.asking import asked
from tests.access.build import policy
from tests.access.chance import document, statement

Answer = TypeVar("Answer")
SEEDS = st.integers(0, 2**32).map(Random)
KINDS = st.sampled_from((None, None, *Kind))
LAW = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def made(version: str, statements: list[dict[str, Any]]) -> Policy:
    """The policy of these statements; a policy has at least one."""
    return policy({"Version": version, "Statement": statements})


def decided(answer: Callable[[], Answer]) -> Answer:
    """The answer; a question that cannot be decided is no example."""
    try:
        return answer()
    except Undecided:
        assume(False)
        raise


def wider(old: Policy, new: Policy, kind: Kind | None) -> bool:
    """Whether `new` allows what `old` does not."""
    return decided(lambda: widened(old, new, kind)) is not None


def answers(one: Policy, kind: Kind | None) -> tuple[bool, bool]:
    """Whether the policy allows something, and whether it refuses something."""
    access = Access(one, kind)
    return decided(lambda: access.meets([])) is not None, decided(lambda: access.covers([])) is not None


@LAW
@given(SEEDS, KINDS)
def test_a_policy_is_not_wider_than_itself(random: Random, kind: Kind | None) -> None:
    one = policy(document(random))
    assert not wider(one, one, kind)


@LAW
@given(SEEDS, KINDS)
def test_what_is_no_wider_than_the_narrower_is_no_wider_than_the_wide(random: Random, kind: Kind | None) -> None:
    trust = random.random() < 0.5
    # Statements of one pool, so that one policy often lies in another.
    pool = [statement(random, trust=trust) for _ in range(4)]
    narrow, middle, wide = (policy({"Version": "2012-10-17", "Statement": random.sample(pool, random.randint(1, 4))}) for _ in range(3))
    if not wider(middle, narrow, kind) and not wider(wide, middle, kind):
        assert not wider(wide, narrow, kind)


@LAW
@given(SEEDS, KINDS)
def test_one_more_allow_narrows_nothing(random: Random, kind: Kind | None) -> None:
    written = document(random)
    more = {**statement(random, trust=random.random() < 0.5), "Effect": "Allow"}
    assert not wider(made(written["Version"], [*written["Statement"], more]), policy(written), kind)


@LAW
@given(SEEDS, KINDS)
def test_one_more_deny_widens_nothing(random: Random, kind: Kind | None) -> None:
    written = document(random)
    more = {**statement(random, trust=random.random() < 0.5), "Effect": "Deny"}
    assert not wider(policy(written), made(written["Version"], [more, *written["Statement"]]), kind)


@LAW
@given(SEEDS, KINDS)
def test_the_order_and_number_of_statements_and_of_values_do_not_matter(random: Random, kind: Kind | None) -> None:
    written = document(random)
    again = [shuffled(random, one) for one in written["Statement"]]
    random.shuffle(again)
    one, other = policy(written), made(written["Version"], [*again, random.choice(again)])
    assert decided(lambda: equivalent(one, other, kind))
    assert answers(one, kind) == answers(other, kind)


@LAW
@given(SEEDS, KINDS)
def test_a_statement_is_one_statement_for_each_of_its_actions(random: Random, kind: Kind | None) -> None:
    written = document(random)
    split = [one for whole in written["Statement"] for one in by_action(whole)]
    assert decided(lambda: equivalent(policy(written), made(written["Version"], split), kind))


def shuffled(random: Random, one: dict[str, Any]) -> dict[str, Any]:
    """The statement with its elements, and the values in them, in another order."""
    items = [(name, random.sample(value, len(value)) if isinstance(value, list) else value) for name, value in one.items()]
    random.shuffle(items)
    return dict(items)


def by_action(one: dict[str, Any]) -> list[dict[str, Any]]:
    actions = one.get("Action")
    return [{**one, "Action": action} for action in actions] if isinstance(actions, list) else [one]


@LAW
@given(SEEDS, KINDS)
def test_a_witness_is_allowed_and_lies_in_the_question(random: Random, kind: Kind | None) -> None:
    one = policy(document(random))
    access = Access(one, kind)
    demands = asked(random, access)
    witness = decided(lambda: access.meets([clause for clause, _ in demands]))
    if witness is not None:
        assert evaluate(one, witness.request).outcome is Outcome.ALLOWED
        assert all(holds(witness.request) for _, holds in demands)


@LAW
@given(SEEDS, KINDS)
def test_a_witness_of_what_is_not_covered_is_refused_and_lies_in_the_question(random: Random, kind: Kind | None) -> None:
    one = policy(document(random))
    access = Access(one, kind)
    demands = asked(random, access)
    witness = decided(lambda: access.covers([clause for clause, _ in demands]))
    if witness is not None:
        assert evaluate(one, witness.request).outcome is not Outcome.ALLOWED
        assert all(holds(witness.request) for _, holds in demands)


@LAW
@given(SEEDS, KINDS)
def test_a_statement_matches_its_witness_and_more_without_a_condition(random: Random, kind: Kind | None) -> None:
    one = policy(document(random))
    access = Access(one, kind)
    whole = random.choice(one.statements)
    demands = asked(random, access)
    question = [clause for clause, _ in demands]
    witness = decided(lambda: access.matches(whole, question))
    left_out = whole.conditions[:1]
    looser = decided(lambda: access.matches(whole, question, without=left_out))
    if witness is not None:
        assert statement_applies(whole, witness.request, one.variables, Reading.CERTAIN)
        assert all(holds(witness.request) for _, holds in demands)
        assert looser is not None
    if looser is not None:
        assert all(holds(looser.request) for _, holds in demands)


@LAW
@given(SEEDS, st.sampled_from(tuple(Kind)))
def test_what_the_world_holds_can_be_written_down(random: Random, kind: Kind) -> None:
    one, other = policy(document(random)), policy(document(random))
    with_facts, without = Access(one, kind), Access(one, None)
    seed = random.getrandbits(32)
    question, same = ([clause for clause, _ in asked(Random(seed), access)] for access in (with_facts, without))
    if decided(lambda: with_facts.meets(question)) is not None:
        assert decided(lambda: without.meets(same)) is not None
    if decided(lambda: with_facts.covers(question)) is not None:
        assert decided(lambda: without.covers(same)) is not None
    if wider(one, other, kind):
        assert wider(one, other, None)


@LAW
@given(SEEDS)
def test_every_request_is_allowed_or_refused(random: Random) -> None:
    access = Access(policy(document(random)), None)
    everything = Access(policy({"Statement": [{"Effect": "Allow", "Action": "*"}]}), None)
    seed = random.getrandbits(32)
    question, same = ([clause for clause, _ in asked(Random(seed), one)] for one in (access, everything))
    answered = decided(lambda: access.meets(question)) or decided(lambda: access.covers(question))
    assert (answered is None) == (decided(lambda: everything.meets(same)) is None)
