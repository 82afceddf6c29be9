"""Does a condition ask for a key that requests for one of its actions never carry?

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.presence import may_never_be_sent, never_sent
from iamlint.finding import Confidence, Fix, Label, Safety, Severity
from iamlint.knowledge.keys import find_key, split_claim
from iamlint.policy.document import Kind
from iamlint.policy.quiet import others
from iamlint.policy.requires import requires_key
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

# AWS's own policies test their keys with actions that are not documented to have them.
_LOOSE = frozenset({"aws-marketplace"})
_TAG = "aws:resourcetag/"
# What an action makes has no tags yet, and what it uses for that may have some.
_MAKING = ("create", "run", "request")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition that keeps some action of its statement from ever matching."""
    # Who sends what to a role is told by `trust-dead-statement` and those that it yields to.
    if case.document.kind is Kind.TRUST:
        return
    for statement, condition in others(case.document.policy, is_quiet):
        key = condition.key.lower()
        if key.startswith(_TAG):
            yield from _by_tag(case, statement, condition)
        elif not key.startswith("aws:"):
            yield from _lacking(case, statement, condition, key, "UNSUPPORTED_ACTION_FOR_CONDITION_KEY")
        elif never_sent(key, statement, case.document.kind):
            yield _by_caller(case, statement, condition)


def is_quiet(condition: Condition) -> bool:
    """Whether the condition asks for no key that some requests never carry."""
    return _may_always_be_there(condition.key.lower()) or not requires_key(condition, condition.key)


@lru_cache(maxsize=1024)
def _may_always_be_there(key: str) -> bool:
    if key.startswith("aws:"):
        return not key.startswith(_TAG) and not may_never_be_sent(key)
    return _travels(key) or not _is_documented(key)


def _by_caller(case: Case, statement: Statement, condition: Condition) -> Finding:
    return case.finding(
        f"`{condition.key}` is never there: no caller that the statement is about sends it",
        Place(condition.route, on_key=True),
        label="never there",
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, f"test a key that they send; as it is, the statement {_outcome(statement)}"),
    )


def _by_tag(case: Case, statement: Statement, condition: Condition) -> Iterator[Finding]:
    """As of other keys; AWS has codes of their own for tags of resources.

    INVARIANT: what a service documents of one tag, it documents of all.
    """
    effect = "DENY" if statement.effect is Effect.DENY else "ALLOW"
    yield from _lacking(case, statement, condition, f"{_TAG}x", f"{effect}_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE")


def _lacking(case: Case, statement: Statement, condition: Condition, key: str, code: str) -> Iterator[Finding]:
    from iamlint.knowledge.authorization import lacks

    actions = statement.actions
    if actions is None or actions.negated:
        return
    lacking = [n for n, value in enumerate(actions.values) if isinstance(value, str) and lacks(value, key) and not _may_make(value, key)]
    if not lacking:
        return
    first = str(actions.values[lacking[0]])
    more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
    whole = len(lacking) == len(actions.values)
    yield case.finding(
        f"`{condition.key}` is never there in a request for `{first}`{more}, so the statement {_outcome(statement)} of it",
        Place(condition.route, on_key=True),
        label="never there",
        secondary=(Label(Place(actions.value_route(lacking[0])), "for this action"),),
        severity=None if whole else Severity.LOW,
        confidence=Confidence.MEDIUM,
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, "put the action into a statement without the condition" if not whole else "test a key that the action has"),
        aws_codes=(code,),
    )


def _outcome(statement: Statement) -> str:
    return "denies nothing" if statement.effect is Effect.DENY else "allows nothing"


def _travels(key: str) -> bool:
    """Whether the key says where a role session came from, and is there for every action."""
    return split_claim(key) is not None or (find_key(key) is not None and not key.startswith(("sts:", "iam:")))


def _is_documented(key: str) -> bool:
    """Whether AWS says which actions have the key: of some it only lists the name."""
    from iamlint.knowledge.authorization import service

    prefix = key.partition(":")[0]
    owner = service(prefix)
    return owner is not None and prefix not in _LOOSE and owner.documents(key, "*")


def _may_make(action: str, key: str) -> bool:
    """Whether the action may make the resource whose tags the key is about."""
    return key.startswith(_TAG) and action.partition(":")[2].lower().startswith(_MAKING)
