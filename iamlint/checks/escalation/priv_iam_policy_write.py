"""May the holder of an identity policy write the policies that say what it may do?"""

from __future__ import annotations

from iamlint.access.everything import everything
from iamlint.access.permit import Permit
from iamlint.access.permits import permits, wide_permits
from iamlint.access.powers import Powers
from iamlint.finding import Fix, Safety, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.access import Access
    from iamlint.case import Case
    from iamlint.finding import Finding

# What one writes, and what makes use of it where one may write only to some: https://pathfinding.cloud/paths/
_ACTIONS: dict[str, tuple[str, ...]] = {
    "iam:CreatePolicyVersion": (),
    "iam:SetDefaultPolicyVersion": (),
    "iam:AttachUserPolicy": ("iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"),
    "iam:PutUserPolicy": ("iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"),
    "iam:AttachGroupPolicy": ("iam:AddUserToGroup",),
    "iam:PutGroupPolicy": ("iam:AddUserToGroup",),
    "iam:AttachRolePolicy": ("sts:AssumeRole", "iam:UpdateAssumeRolePolicy"),
    "iam:PutRolePolicy": ("sts:AssumeRole", "iam:UpdateAssumeRolePolicy"),
    "iam:AddUserToGroup": (),
}
_WRITES = Powers(*_ACTIONS)
_USES = Powers(*[use for uses in _ACTIONS.values() for use in uses])
ACTIONS = _WRITES.actions
_POLICY = "iam:PolicyARN"
_STRONG = ("arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/IAMFullAccess")
_OTHER = "arn:aws:iam::111122223333:policy/zzzz"
# AWS alone writes to the roles of its services: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
_OF_SERVICES = "/aws-service-role/"


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy: the worst of what it can write, and by which actions."""
    access = case.access
    found = [one for (action,) in _WRITES.ways(access) for one in _written(access, action)]
    if not found or everything(access) is not None:
        return
    worst = max((severity for severity, _ in found), key=lambda severity: severity.rank)
    chains = [chain for severity, chain in found if severity is worst]
    yield case.granting(
        _message(worst, chains),
        chains[0],
        label="any policy for others to use" if worst is Severity.HIGH else "writes what the holder may do",
        severity=worst,
        fix=Fix(Safety.MANUAL, "leave it to another role, or ask for a permissions boundary with `iam:PermissionsBoundary`"),
    )


def _written(access: Access, action: str) -> Iterator[tuple[Severity, tuple[Permit, ...]]]:
    """The worst that `action` lets the holder do, with what it takes."""
    attaches = action.startswith("iam:Attach")
    contexts: list[dict[str, str]] = [{_POLICY: policy} for policy in _STRONG] if attaches else [{}]
    for context in contexts:
        for one in wide_permits(access, action, context=context):
            yield Severity.CRITICAL, (one,)
            return
    named = _USES.named(access)
    uses = [use for use in _ACTIONS[action] if use in named]
    for context in contexts if uses else ():
        for one in permits(access, action, context=context):
            use = _use(access, one, uses)
            if use is not None:
                yield Severity.HIGH, (one, use)
                return
    for one in wide_permits(access, action, context={_POLICY: _OTHER}) if attaches else ():
        yield Severity.MEDIUM, (one,)
        return


def _use(access: Access, one: Permit, actions: list[str]) -> Permit | None:
    """How the policy lets the holder use the role, user or group that it writes to."""
    about = one.request.resource or ""
    if _OF_SERVICES in about:
        return None
    return next((use for action in actions for use in permits(access, action, about)), None)


def _message(worst: Severity, chains: list[tuple[Permit, ...]]) -> str:
    by = _listed([chain[0].action for chain in chains])
    match worst:
        case Severity.HIGH:
            first, use = chains[0]
            kind = (first.request.resource or "").split(":", 5)[5].partition("/")[0]
            return f"the holder can give any permission to a {kind} that it can use: `{first.action}` and `{use.action}` on `{first.value}`"
        case Severity.MEDIUM:
            return f"the holder can give itself the policies that a condition on `{_POLICY}` lets through, with {by}"
        case _:
            return f"the holder can give itself any permission with {by}"


def _listed(actions: list[str]) -> str:
    more = f" and {len(actions) - 1} more" if len(actions) > 1 else ""
    return f"`{actions[0]}`{more}"
