"""Can objects be listed by a shorter prefix than the one that a condition is to keep out?

A listing shows every key that begins with the prefix that is asked for: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-prefixes.html.
"""

from __future__ import annotations

from iamlint.access.evasion import by_holder, evades
from iamlint.access.search.question import action_is, key_absent, key_is
from iamlint.access.sets.glob import exact
from iamlint.access.sets.value_sets import TextSet
from iamlint.finding import Fix, Safety
from iamlint.policy.fixed import keys_of
from iamlint.policy.operator import Family
from iamlint.policy.pattern import split
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.evaluation.request import Witness
    from iamlint.access.search.cube import Clause
    from iamlint.access.search.space import Space
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Policy, Statement

_PREFIX, _DELIMITER = "s3:prefix", "s3:delimiter"
# Keys of objects have 1,024 bytes: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html. A few prefixes show what all do.
_LONGEST, _MOST = 1024, 10
_LISTING = ("s3:ListBucket", "s3:ListBucketVersions")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such condition of a Deny, or negated one of an Allow."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.key.lower() == _PREFIX and condition.operator.base.family is Family.STRING:
                witness = _around(case, statement, condition)
                if witness is not None:
                    yield _finding(case, statement, condition, witness)


def _around(case: Case, statement: Statement, condition: Condition) -> Witness | None:
    """A listing that shows what the condition is to keep out."""
    shorter = _shorter(condition)
    if shorter is None:
        return None
    policy = case.document.policy
    denies = statement.denies
    if denies is condition.operator.base.negated:
        # A Deny of all but some prefixes, and an Allow of some.
        return None
    if denies:
        return evades(case.access, statement, condition, _LISTING, lambda space: _question(space, policy, shorter))
    if not case.access.reaches(_LISTING):
        return None
    return case.access.meets(_question(case.access.space, policy, shorter), statements=(statement.index,))


def _shorter(condition: Condition) -> TextSet | None:
    """The prefixes that show what begins with all of the condition's; None where that is not known."""
    texts = [_head(value) for value in condition.values]
    if not texts or None in texts:
        return None
    found = {""}
    for text in [text for text in texts if text and len(text) <= _LONGEST][:_MOST]:
        # Each folder above it, and all of it but the last character.
        folders = text.split("/")[:_MOST]
        found |= {"/".join(folders[:n]) + "/" for n in range(1, len(folders))} - {text} | {text[:-1]}
    return TextSet([exact(prefix) for prefix in sorted(found)])


def _head(value: str | Unknown) -> str | None:
    """What a value begins with, up to its first wildcard or variable; None where the source leaves that open."""
    first = next(iter(split(value)), "") if isinstance(value, str) else None
    return first.replace("?", "*").partition("*")[0] if isinstance(first, str) else None


def _question(space: Space, policy: Policy, shorter: TextSet) -> list[Clause]:
    # A delimiter sums up what stands behind it, so that nothing below the prefix is shown.
    whole = [key_absent(space, _DELIMITER)] if _DELIMITER in keys_of(policy) else []
    return [action_is(*_LISTING), key_is(space, _PREFIX, shorter, absent=True), *whole]


def _finding(case: Case, statement: Statement, condition: Condition, witness: Witness) -> Finding:
    said = witness.request.value(_PREFIX)
    asked = said if isinstance(said, str) else ""
    how = f"with the prefix `{asked}`" if asked else "without a prefix"
    begins = next((head for value in condition.values if (head := _head(value)) and head != asked and head.startswith(asked)), "")
    return case.finding(
        f"who lists {how} sees {f'the keys that begin with `{begins}` too' if begins else 'every key'}",
        Place(condition.route),
        label="passed by a shorter prefix" if statement.denies else "lets shorter prefixes through",
        statement=statement.index,
        subject=_PREFIX,
        witness=by_holder(case.access, witness.request),
        fix=Fix(Safety.MANUAL, "allow the prefixes that may be listed, by `StringEquals` or `StringLike` in an Allow"),
        aws_codes=("S3_PREFIX_IN_NEGATIVE_CONTEXT",),
    )
