"""Does a condition ask for a key that requests for one of its actions never carry?

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.
"""

from __future__ import annotations

from functools import cache, lru_cache

from iamlint.access.presence import may_never_be_sent, never_sent
from iamlint.finding import Confidence, Fix, Label, Safety, Severity
from iamlint.knowledge.keys import find_key, split_claim
from iamlint.policy.document import Kind
from iamlint.policy.quiet import others
from iamlint.policy.requires import requires_key
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.knowledge.authorization import Service
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Patterns, Statement

# AWS's own policies test their keys with actions that are not documented to have them.
_LOOSE = frozenset({"aws-marketplace"})
_TAG = "aws:resourcetag/"
# What an action makes has no tags yet, and what it uses for that may have some.
_MAKING = ("create", "run", "request")
# How many actions are remembered of a key.
_MOST = 1 << 11


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition that keeps some action of its statement from ever matching."""
    # Who sends what to a role is told by `trust-dead-statement` and those that it yields to.
    if case.document.kind is Kind.TRUST:
        return
    for statement, condition in others(case.document.policy, is_quiet):
        key = condition.key.lower()
        if key.startswith("aws:") and not key.startswith(_TAG):
            if never_sent(key, statement, case.document.kind):
                yield _by_caller(case, statement, condition)
            continue
        # INVARIANT: what a service documents of one tag, it documents of all.
        lacking = _lacking(statement.actions, f"{_TAG}x" if key.startswith(_TAG) else key)
        if lacking:
            yield _by_action(case, statement, condition, lacking)


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


def _lacking(actions: Patterns | None, key: str) -> Sequence[str]:
    """The actions that are documented, and not to have the key."""
    if actions is None or actions.negated:
        return ()
    fine = _not_lacking(key)
    if fine.issuperset(actions.values):
        return ()
    _, lacks = _reference()
    lacking = [value for value in actions.values if isinstance(value, str) and lacks(value, key) and not _may_make(value, key)]
    if len(fine) < _MOST:
        fine.update(set(actions.values).difference(lacking))
    return lacking


@lru_cache(maxsize=256)
def _not_lacking(key: str) -> set[str | Unknown]:
    """The actions that were found to have the key, or not to be documented."""
    return set()


@cache
def _reference() -> tuple[Callable[[str], Service | None], Callable[[str, str], bool]]:
    """What finds a service, and what tells whether an action lacks a key; loaded for the first condition that asks for either."""
    from iamlint.knowledge.authorization import lacks, service

    return service, lacks


def _by_action(case: Case, statement: Statement, condition: Condition, lacking: Sequence[str]) -> Finding:
    actions, first = statement.actions, lacking[0]
    assert actions is not None
    more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
    whole = len(lacking) == len(actions.values)
    return case.finding(
        f"`{condition.key}` is never there in a request for `{first}`{more}, so the statement {_outcome(statement)} of it",
        Place(condition.route, on_key=True),
        label="never there",
        secondary=(Label(Place(actions.value_route(actions.values.index(first))), "for this action"),),
        severity=None if whole else Severity.LOW,
        confidence=Confidence.MEDIUM,
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, "put the action into a statement without the condition" if not whole else "test a key that the action has"),
        aws_codes=(_code(statement, condition),),
    )


def _code(statement: Statement, condition: Condition) -> str:
    """AWS's code, which for tags of resources is another one."""
    if not condition.key.lower().startswith(_TAG):
        return "UNSUPPORTED_ACTION_FOR_CONDITION_KEY"
    effect = "DENY" if statement.denies else "ALLOW"
    return f"{effect}_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE"


def _outcome(statement: Statement) -> str:
    return "denies nothing" if statement.denies else "allows nothing"


def _travels(key: str) -> bool:
    """Whether the key says where a role session came from, and is there for every action."""
    return split_claim(key) is not None or (find_key(key) is not None and not key.startswith(("sts:", "iam:")))


def _is_documented(key: str) -> bool:
    """Whether AWS says which actions have the key: of some it only lists the name."""
    service, _ = _reference()
    prefix = key.partition(":")[0]
    owner = service(prefix)
    return owner is not None and prefix not in _LOOSE and owner.documents(key, "*")


def _may_make(action: str, key: str) -> bool:
    """Whether the action may make the resource whose tags the key is about."""
    return key.startswith(_TAG) and action.partition(":")[2].lower().startswith(_MAKING)
