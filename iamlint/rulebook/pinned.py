"""Is a card's question answered by what every Allow asks for, so that no search is needed?

A question that wants a key to be absent, or to have a value that the policy does not fix, finds nothing where each Allow requires a
fixed value of such a key.
"""

from __future__ import annotations

from iamlint.policy.fixed import STRANGE_KEYS, keys_of, pins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Policy, Statement
    from iamlint.rulebook.card import Fact
    from iamlint.rulebook.subjects import Subject

_OTHER = ("absent", "elsewhere", "fresh")


def is_pinned(policy: Policy, subject: Subject, parts: Mapping[str, Fact], statements: Collection[int] | None) -> bool:
    """Whether each Allow (of `statements`) fixes a key that the parts of the question want to be something else."""
    keys = keys_of(policy).intersection(_keys_elsewhere(subject, parts))
    if not keys:
        return False
    for statement in policy.statements:
        counts = statement.allows and (statements is None or statement.index in statements)
        if counts and not _fixes_one(statement, keys):
            return False
    return True


def _fixes_one(statement: Statement, keys: Collection[str]) -> bool:
    return any(condition.key.lower() in keys and pins(condition) and not _has_fresh(condition) for condition in statement.conditions)


def _has_fresh(condition: Condition) -> bool:
    """Whether a value looks like one that nobody wrote down (see `question.fresh_values`), or is not known."""
    return any(not isinstance(value, str) or not value.strip("z") for value in condition.values)


def _keys_elsewhere(subject: Subject, parts: Mapping[str, Fact]) -> Iterator[str]:
    """The keys, in lower case, whose values are to be none that the policy fixes."""
    context, token, principal = parts.get("context"), parts.get("token"), parts.get("principal")
    if isinstance(context, dict):
        for key, wanted in context.items():
            if wanted in _OTHER:
                yield key.format_map(subject.fields).lower()
    if isinstance(principal, dict) and principal.get("organization") == "elsewhere":
        yield from STRANGE_KEYS
    if isinstance(token, dict):
        yield from _claims_elsewhere(subject, token)


def _claims_elsewhere(subject: Subject, token: Mapping[str, Fact]) -> Iterator[str]:
    from iamlint.knowledge.issuers import find_issuer

    issuer = find_issuer(subject.fields["issuer"])
    if token.get("subject") == "elsewhere":
        yield issuer.key(issuer.subject_claim).lower()
    if token.get("audience") == "fresh":
        yield issuer.key("aud").lower()
