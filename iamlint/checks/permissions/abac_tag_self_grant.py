"""May the holder of an identity policy set the very tags by which the policy limits it?

https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html
"""

from __future__ import annotations

from iamlint.access.everything import everything
from iamlint.access.permits import wide_permit
from iamlint.access.powers import Powers
from iamlint.finding import Fix, Label, Safety
from iamlint.policy.operator import Family
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.access import Access
    from iamlint.access.permit import Permit
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
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
_SETS = Powers(*[action for actions in _TAGGING.values() for action in actions])
ACTIONS = _SETS.actions
# AWS alone sets these: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
_RESERVED = "aws:"
_OF_CALLER = ("iam:TagRole", "iam:TagUser")
_ON_RESOURCE = ("resourcetag/", "existingobjecttag/")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each tag that an Allow asks for and the holder can set, on things that do not have it or on itself."""
    told: set[str] = set()
    named = _SETS.named(case.access)
    for statement in case.document.policy.statements if named else ():
        for condition in statement.conditions if statement.effect is Effect.ALLOW else ():
            tag = condition.key.partition("/")[2]
            if not tag or tag.lower().startswith(_RESERVED) or tag in told or not _limits(condition) or everything(case.access) is not None:
                continue
            permit = _permit(case.access, [action for action in _setting(statement, condition) if action in named], tag)
            if permit is not None:
                told.add(tag)
                yield _finding(case, statement, condition, permit)


def _limits(condition: Condition) -> bool:
    """Whether a condition asks for a value of a tag."""
    base = condition.operator.base
    key = condition.key.lower()
    return base.family is Family.STRING and not base.negated and (_is_on_resource(key) or key.startswith("aws:principaltag/"))


def _is_on_resource(key: str) -> bool:
    return key.partition(":")[2].startswith(_ON_RESOURCE)


def _setting(statement: Statement, condition: Condition) -> Iterator[str]:
    """The actions that set the tag which the condition is about."""
    if not _is_on_resource(condition.key.lower()):
        yield from _OF_CALLER
        return
    actions = statement.actions
    services = [value.partition(":")[0].lower() for value in actions.values if isinstance(value, str)] if actions is not None else []
    for service in dict.fromkeys(services):
        yield from _TAGGING.get(service, ())


def _permit(access: Access, actions: Sequence[str], tag: str) -> Permit | None:
    """How the policy lets the holder set the tag to what it likes, by the first of the actions that does."""
    context = {"aws:TagKeys": tag, f"aws:RequestTag/{tag}": "zzzz"}
    for action in actions:
        permit = wide_permit(access, action, context)
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
