"""Has a policy more characters than IAM takes?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length,
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html.
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.document import Kind
from iamlint.policy.length import length_beyond, length_of
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from iamlint.access.shorten import Way
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.document import Document
    from iamlint.policy.statement import Patterns
    from iamlint.text.edit import Change
    from iamlint.text.tree import Route, Value

    # What is to stand at a place, None for nothing: of most of these no change is made in the end.
    Draft: TypeAlias = tuple[Route, Value | None]

# How many characters each kind may have, and whose quota that is. What is attached to a role inline may be the longest identity policy.
QUOTAS = {
    Kind.TRUST: (2048, "a trust policy may have unless its quota was raised", "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA"),
    Kind.IDENTITY: (10240, "the inline policies of a role may have, which is the most", "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
    Kind.BOUNDARY: (6144, "a managed policy may have", "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
    Kind.SESSION: (2048, "a session policy may have", ""),
    Kind.SCP: (10240, "a service control policy may have", "POLICY_SIZE_EXCEEDS_SCP_QUOTA"),
    Kind.RCP: (5120, "a resource control policy may have", "POLICY_SIZE_EXCEEDS_RCP_QUOTA"),
}

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html,
# https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
OF_RESOURCES = {
    "AWS::S3::Bucket": (20480, "the policy of a bucket may have", "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"),
    "AWS::KMS::Key": (32768, "the policy of a key may have", "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"),
}

_ADVICE = "split it, or say the same in fewer statements"
_LESS = "take out what another value of the same list says already"
_SHORTER = "shorten the lists of actions: they allow the same of today's actions, and by their wildcards what AWS may name so later"

# So many times its quota, and with so many characters, no policy is shortened to it: of AWS's own ones none is.
_HOPELESS = 4
_ENDLESS = 16_000
# What is said twice elsewhere, in its resources, makes few policies longer than this, as a part of what is left.
_IDLE = 1.1


def check(case: Case) -> Iterator[Finding]:
    """A finding for a policy over its quota."""
    document = case.document
    quota, whose, code = QUOTAS.get(document.kind) or OF_RESOURCES.get(document.resource_type or "", (0, "", ""))
    length = length_beyond(document, quota) if quota else 0
    if length:
        yield case.finding(
            f"the policy has {length:,} characters without blanks, more than the {quota:,} that {whose}",
            Place(document.route),
            subject="length",
            fix=_fix(document, length, quota),
            aws_codes=(code,) if code else (),
        )


def _fix(document: Document, length: int, quota: int) -> Fix:
    """The least that gets the policy under its quota: without what is said twice, or with actions in shorter patterns; else advice."""
    from iamlint.access.shorten import narrow, shortest, spared_at_most

    if document.embedded or length > min(quota * _HOPELESS, _ENDLESS):
        return Fix(Safety.MANUAL, _ADVICE)
    if length - sum(map(spared_at_most, document.policy.statements)) > quota * _IDLE:
        return Fix(Safety.MANUAL, _ADVICE)
    brief, saved = _shortened(document, shortest)
    left = length - saved
    if left > quota:
        told = f"; shorter lists would leave {left:,} characters, {left - quota:,} too many" if saved else ""
        return Fix(Safety.MANUAL, _ADVICE + told)
    for safety, title, way in ((Safety.SAFE, _LESS, None), (Safety.UNSAFE, _SHORTER, narrow)):
        fewer, spared = _shortened(document, way)
        if length - spared <= quota:
            return Fix(safety, f"{title} (leaves {length - spared:,} characters)", _changes(fewer))
    return Fix(Safety.UNSAFE, f"{_SHORTER} (leaves {left:,} characters)", _changes(brief))


def _changes(drafts: Sequence[Draft]) -> tuple[Change, ...]:
    from iamlint.text.edit import Remove, SetValue

    return tuple([Remove(Place(route)) if value is None else SetValue(Place(route), value) for route, value in drafts])


def _shortened(document: Document, way: Way | None) -> tuple[Sequence[Draft], int]:
    """The changes that take out what is idle, or reword in a way what actions are allowed, and how many characters they save."""
    from iamlint.access.shorten import may_be_reworded
    from iamlint.access.subsumed import idle

    changes: list[Draft] = []
    saved = 0
    for statement in document.policy.statements:
        actions, resources = statement.actions, statement.resources
        if way is not None and actions is not None and may_be_reworded(statement):
            made, gain = _reworded(actions, way)
            changes += made
            saved += gain
            actions = None
        for patterns in (actions, resources):
            if patterns is not None and len(patterns.values) > 1 and (found := idle(patterns)):
                routes = [patterns.value_route(position) for position, _ in found]
                changes += [(route, None) for route in routes]
                saved += sum([length_of(value_at(document.tree.root, route)) + 1 for route in routes])
    return changes, saved


def _reworded(patterns: Patterns, way: Way) -> tuple[Sequence[Draft], int]:
    """The change that writes the list in `way` where that is shorter, and how many characters it saves."""
    texts = tuple([value for value in patterns.values if isinstance(value, str)])
    shorter = way(patterns)
    if shorter == texts:
        return [], 0
    old, new = [one if patterns.listed or len(one) > 1 else one[0] for one in (texts, shorter)]
    gain = length_of(old) - length_of(new)
    return ([(patterns.route, new)], gain) if gain > 0 else ([], 0)
