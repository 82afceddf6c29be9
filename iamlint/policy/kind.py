"""Of what kind is a policy, judging by what it says?

The evidence, in this order:

1. No statement names a principal: a trust policy when every action is an assume-role action and no resource is named (its principals were
   forgotten), else an identity policy.
2. Every action is `sts:AssumeRole…` or one of its companions: a trust policy. With a `Resource` element, too: IAM refuses it there, and
   nothing but a role takes such an action together with a principal. A resource control policy, though, where most are Denies with one.
3. No statement names a resource, and some action is `sts:…` or unknown, or all are `*`: a trust policy. Other policies with principals
   name resources, but for a few (repositories of ECR, file systems of EFS), whose actions are their own service's.
4. Fewer than half of the statements name a principal: an identity policy into which a principal strayed.
5. It is about objects in several buckets, about services that have no policies of resources, or lets everybody do everything, as AWS
   writes it: the policy of a VPC endpoint. S3 takes no policy about a bucket that it is not attached to.
6. Else a resource policy.

So one statement that lacks its `Principal` does not turn a trust policy into an identity policy. SCPs, RCPs, boundaries, session policies
and endpoint policies look like others; only where they stand tells them, or `--kind`.
"""

from __future__ import annotations

from iamlint.policy.arn import arn_fields
from iamlint.policy.document import Kind
from iamlint.policy.pattern import has_hole
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamlint.policy.draft import Draft

_COMPANIONS = frozenset({"sts:tagsession", "sts:setsourceidentity", "sts:setcontext"})
_EVERY = frozenset({"*", "*:*"})

# Services with endpoints whose resources have no policies:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
_WITHOUT_POLICIES = frozenset({"autoscaling", "cloudformation", "ec2", "ec2messages", "ecs", "elasticloadbalancing", "ssmmessages"})


def kind_of(drafts: Sequence[Draft]) -> Kind:
    """The kind of policy that has these statements."""
    with_principal = sum([draft.has("Principal") for draft in drafts])
    with_resource = True in [draft.has("Resource") for draft in drafts]
    if with_resource and not with_principal:
        return Kind.IDENTITY
    actions, is_open = _actions(drafts)
    assumes = bool(actions) and not is_open and all(map(_assumes, actions))
    if not with_principal:
        return Kind.TRUST if assumes else Kind.IDENTITY
    if assumes:
        return Kind.RCP if with_resource and 2 * sum(map(_is_of_control, drafts)) > len(drafts) else Kind.TRUST
    if not with_resource and (is_open or any(map(_is_of_sts, actions)) or _EVERY.issuperset(actions)):
        return Kind.TRUST
    if 2 * with_principal < len(drafts):
        return Kind.IDENTITY
    return Kind.VPC_ENDPOINT if _is_of_endpoint(drafts, actions, is_open) else Kind.RESOURCE


def _is_of_control(draft: Draft) -> bool:
    return draft.effect is Effect.DENY and draft.has("Principal") and draft.has("Resource")


def _is_of_endpoint(drafts: Sequence[Draft], actions: Sequence[str], is_open: bool) -> bool:
    if actions == ["*"] and len(drafts) == 1 and drafts[0].effect is Effect.ALLOW:
        principals, resources = drafts[0].principals, drafts[0].resources
        everybody = principals is not None and [entry.text for entry in principals.entries] == ["*"] and not principals.negated
        return everybody and resources is not None and resources.values == ("*",) and not drafts[0].conditions
    services = {action.partition(":")[0] for action in actions}
    return (bool(services) and not is_open and services <= _WITHOUT_POLICIES) or len(_buckets(drafts)) > 1


def _buckets(drafts: Sequence[Draft]) -> set[str]:
    """The names of buckets that statements are about, as far as they are written out."""
    found = set()
    for draft in drafts:
        for value in draft.resources.values if draft.resources and not draft.resources.negated else ():
            fields = arn_fields(value) if isinstance(value, str) else []
            if len(fields) == 6 and fields[:1] == ["arn"] and fields[2:5] == ["s3", "", ""]:
                name = fields[5].partition("/")[0]
                if not ("*" in name or "?" in name or has_hole(name)):
                    found.add(name)
    return found


def _actions(drafts: Sequence[Draft]) -> tuple[list[str], bool]:
    """The actions that statements name, in lower case, and whether some of them are unknown."""
    known: list[str] = []
    is_open = False
    for draft in drafts:
        for value in draft.actions.values if draft.actions else ():
            if isinstance(value, str) and not has_hole(value):
                known.append(value.strip().lower())
            else:
                is_open = True
    return known, is_open


def _assumes(action: str) -> bool:
    return action.startswith("sts:assumerole") or action in _COMPANIONS


def _is_of_sts(action: str) -> bool:
    return action.startswith("sts:")
