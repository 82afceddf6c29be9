"""May the holder of an identity policy set the very tags by which the policy limits it?

https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.everything import everything
from iamlint.access.permits import wide_permit
from iamlint.access.powers import Powers
from iamlint.finding import Fix, Label, Safety
from iamlint.policy.operator import Family
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.access import Access
    from iamlint.access.permit import Permit
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.operator import Base
    from iamlint.policy.statement import Statement

# What sets a tag on things of a service: https://docs.aws.amazon.com/tag-editor/latest/userguide/supported-resources.html
_TAGGING = {
    "cloudformation": ("cloudformation:TagResource",),
    "dynamodb": ("dynamodb:TagResource",),
    "ec2": ("ec2:CreateTags",),
    "ecr": ("ecr:TagResource",),
    "ecs": ("ecs:TagResource",),
    "iam": ("iam:TagRole", "iam:TagUser", "iam:TagPolicy"),
    "kms": ("kms:TagResource",),
    "lambda": ("lambda:TagResource",),
    "rds": ("rds:AddTagsToResource",),
    "s3": ("s3:PutObjectTagging",),
    "secretsmanager": ("secretsmanager:TagResource",),
    "sns": ("sns:TagResource",),
    "sqs": ("sqs:TagQueue",),
    "ssm": ("ssm:AddTagsToResource",),
}
_NUMBERS = {action: number for number, action in enumerate([action for actions in _TAGGING.values() for action in actions])}
_SETS = Powers(*_NUMBERS)
ACTIONS = _SETS.actions
# AWS alone sets these: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
_RESERVED = "aws:"
_OF_CALLER = ("iam:TagRole", "iam:TagUser")
_ON_RESOURCE = ("resourcetag/", "existingobjecttag/")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag that an Allow asks for and the holder can set, on things that do not have it or on itself."""
    told: set[str] = set()
    known: dict[tuple[str, str], Permit | None] = {}
    named = _SETS.named(case.access)
    for statement in case.document.policy.statements if named else ():
        for condition in statement.conditions if statement.allows else ():
            tag = _limiting(condition.operator.base, condition.key)
            if not tag or tag in told or everything(case.access) is not None:
                continue
            permit = _permit(case.access, _setting(statement, condition, named), tag, known)
            if permit is not None:
                told.add(tag)
                yield _finding(case, statement, condition, permit)


@lru_cache(maxsize=512)
def _limiting(base: Base, key: str) -> str:
    """The tag of which such a condition asks for a value; empty for none."""
    tag = key.partition("/")[2]
    if tag.lower().startswith(_RESERVED) or base.family is not Family.STRING or base.negated:
        return ""
    return tag if _is_on_resource(key.lower()) or key.lower().startswith("aws:principaltag/") else ""


def _is_on_resource(key: str) -> bool:
    return key.partition(":")[2].startswith(_ON_RESOURCE)


def _setting(statement: Statement, condition: Condition, named: frozenset[str]) -> list[str]:
    """The actions of those `named` that set the tag which the condition is about."""
    if not _is_on_resource(condition.key.lower()):
        return [action for action in _OF_CALLER if action in named]
    text = statement.actions.text if statement.actions is not None else ""
    # Those come first whose service the statement names first.
    found = sorted([(text.find(f"\n{action.partition(':')[0]}:"), _NUMBERS[action], action) for action in named])
    return [action for at, _, action in found if at >= 0]


def _permit(access: Access, actions: Sequence[str], tag: str, known: dict[tuple[str, str], Permit | None]) -> Permit | None:
    """How the policy lets the holder set the tag to what it likes, by the first of the actions that does.

    `known` has what was asked about before.
    """
    for action in actions:
        if (action, tag) not in known:
            known[action, tag] = wide_permit(access, action, {"aws:TagKeys": tag, f"aws:RequestTag/{tag}": "zzzz"})
        permit = known[action, tag]
        if permit is not None:
            return permit
    return None


def _finding(case: Case, statement: Statement, condition: Condition, permit: Permit) -> Finding:
    return case.finding(
        f"the holder can set the tag that limits it, `{condition.key}`, with `{permit.action}`",
        permit.action_place,
        label="sets any tag",
        secondary=(Label(Place(condition.route, on_key=True), "and is limited by this one"),),
        statement=permit.statement.index,
        subject=condition.key,
        witness=None if permit.open else permit.request,
        fix=Fix(Safety.MANUAL, "say in `aws:TagKeys` which tags it may set, with `ForAllValues:StringEquals`"),
    )
