"""Of whom, and of which statements, is what a card forbids asked?

Once of each subject of its `for-each`. In a trust policy, where several statements let a subject in, of each of them alone: a mistake made
twice is two findings, and one statement that is open does not hide another.
"""

from __future__ import annotations

from functools import cache

from iamlint.access.sets.effort import Undecided
from iamlint.case import Case
from iamlint.policy.document import Kind
from iamlint.policy.principal import Form, names_many
from iamlint.rulebook.query import Query
from iamlint.rulebook.subjects import subjects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from iamlint.access.evaluation.request import Witness
    from iamlint.finding import Finding
    from iamlint.policy.condition import Unknown
    from iamlint.policy.statement import Policy
    from iamlint.rulebook.card import Card, Fact

# More statements than fit into a trust policy are not told apart:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_MOST = 128

# Each question about one of many takes the longer the more are named. No trust policy that AWS takes comes near this bound.
_BOUND = 1_000_000


def ask(card: Card, case: Case) -> Iterator[Finding]:
    """A finding for each subject, and each statement about it, by which the policy allows what `card` forbids."""
    for forbids in card.forbids:
        kind = forbids.get("for-each")
        if kind == "oidc-provider" and _leaves_tokens_open(case.document.policy):
            yield from _supposing(card, case, forbids)
        else:
            yield from _answers(card, case, forbids, kind if isinstance(kind, str) else "policy")


def _answers(card: Card, case: Case, forbids: Mapping[str, Fact], kind: str) -> Iterator[Finding]:
    named = sum([len(one.principals.entries) for one in case.document.policy.statements if one.principals is not None])
    for number, subject in enumerate(subjects(kind, case)):
        if number * named > _BOUND:
            raise Undecided(f"the policy names {named:,} principals, which are too many to ask about each of them")
        whole = Query(case, forbids, subject)
        for query in _alone(whole) if whole.asked() else ():
            witness = query.forbidden()
            if witness is not None:
                yield _answered()(card, query, witness)


@cache
def _answered() -> Callable[[Card, Query, Witness], Finding]:
    """Loaded for the first finding."""
    from iamlint.rulebook.answer import answered

    return answered


def _supposing(card: Card, case: Case, forbids: Mapping[str, Fact]) -> Iterator[Finding]:
    """What is found where references stand for the providers and names that the policy suggests."""
    from iamlint.rulebook.supposed import supposed

    guess = supposed(case.document)
    if guess is None:
        yield from _answers(card, case, forbids, "oidc-provider")
        return
    proved = {(finding.statement, finding.subject) for finding in _answers(card, case, forbids, "oidc-provider")}
    supposing = Case(case.rule, case.severity, guess.document, guess.access, case.zone, case.now)
    for finding in _answers(card, supposing, forbids, "oidc-provider"):
        yield guess.told(finding, case.document, proved=(finding.statement, finding.subject) in proved)


def _leaves_tokens_open(policy: Policy) -> bool:
    """Whether a reference stands for a provider or for what a token says: a look that spares a closer one."""
    for statement in policy.statements:
        entries = statement.principals.entries if statement.principals is not None else ()
        if any(entry.form is Form.UNKNOWN and entry.type == "Federated" for entry in entries):
            return True
        for condition in statement.conditions:
            if "." in condition.key and any(_may_be_open(value) for value in condition.values):
                return True
    return False


def _may_be_open(value: str | Unknown) -> bool:
    return not isinstance(value, str) or "{" in value or "<" in value


def _alone(whole: Query) -> Iterator[Query]:
    """The question of each statement that lets in what is asked about.

    It is put to the policy as a whole where one statement at most is about the subject, and where it takes several requests or all of
    them: statements can fulfil that together.
    """
    left = _about(whole) if whole.case.document.kind is Kind.TRUST else set()
    if not 2 <= len(left) <= _MOST or "also" in whole.forbids or "grants" in whole.forbids:
        yield whole
        return
    while left:
        witness = whole.among(left).allowed()
        if witness is None:
            return
        yield from [whole.among((index,)) for index in witness.statements]
        left = left.difference(witness.statements)


def _about(query: Query) -> set[int]:
    """The Allows that may be about the subject, by whom they name."""
    named = {statement.index for statement, _ in query.subject.entries}
    return {
        statement.index
        for statement in query.case.document.policy.statements
        if statement.allows and (not named or statement.index in named or names_many(statement.principals))
    }
