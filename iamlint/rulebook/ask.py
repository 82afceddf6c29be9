"""Of whom, and of which statements, is what a card forbids asked?

Once of each subject of its `for-each`. In a trust policy, where several statements let a subject in, of each of them alone: a mistake made
twice is two findings, and one statement that is open does not hide another.
"""

from __future__ import annotations

from iamlint.policy.document import Kind
from iamlint.policy.principal import names_many
from iamlint.policy.statement import Effect
from iamlint.rulebook.answer import answered
from iamlint.rulebook.query import Query
from iamlint.rulebook.subjects import subjects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.rulebook.card import Card

# More statements than fit into a trust policy are not told apart:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_MOST = 128


def ask(card: Card, case: Case) -> Iterator[Finding]:
    """A finding for each subject, and each statement about it, by which the policy allows what `card` forbids."""
    for forbids in card.forbids:
        kind = forbids.get("for-each")
        for subject in subjects(kind if isinstance(kind, str) else "policy", case):
            whole = Query(case, forbids, subject)
            for query in _alone(whole) if whole.asked() else ():
                witness = query.forbidden()
                if witness is not None:
                    yield answered(card, query, witness)


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
        if statement.effect is Effect.ALLOW and (not named or statement.index in named or names_many(statement.principals))
    }
