"""Which resource of a template has, by its name alone, a policy of AWS that makes an administrator?

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html,
https://docs.aws.amazon.com/aws-managed-policy/latest/reference/IAMFullAccess.html
"""

from __future__ import annotations

from iamlint.policy.intrinsic import resolve_in_partition
from iamlint.policy.permission import one_allow
from iamlint.policy.statement import Patterns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.policy.statement import Policy
    from iamlint.text.tree import Mapping, Route, Value

# What they allow on every resource; whoever may do all of IAM may give themselves the rest.
_ACTIONS = {"AdministratorAccess": "*", "IAMFullAccess": "iam:*"}
_PATH = ":iam::aws:policy/"
# Of each type the property that lists policies. A serverless application may leave the ARN of one of AWS to its name:
# https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html#sam-function-policies
_LISTS = {
    **dict.fromkeys(["AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::User"], "ManagedPolicyArns"),
    "AWS::SSO::PermissionSet": "ManagedPolicies",
    **dict.fromkeys(["AWS::Serverless::Function", "AWS::Serverless::StateMachine"], "Policies"),
}


def administrator_policies(kind: str | None, properties: Mapping, route: Route) -> Iterator[Policy]:
    """The policy, each time the properties of a resource, which stand at `route`, name such a one; it stands at its name."""
    name = _LISTS.get(kind or "", "")
    at, value = properties.index(name), properties.get(name)
    if at is None:
        return
    named = [(item, (*route, at, position)) for position, item in enumerate(value)] if isinstance(value, tuple) else [(value, (*route, at))]
    for item, place in named:
        action = _action(item, name)
        if action is not None:
            actions, resources = Patterns("Action", (action,), False, place, False), Patterns("Resource", ("*",), False, place, False)
            yield one_allow(place, None, actions=actions, resources=resources)


def _action(value: Value, name: str) -> str | None:
    """What the policy that a property names allows, if it is such a one."""
    text = value if isinstance(value, str) else resolve_in_partition(value)
    if not isinstance(text, str):
        return None
    _, path, named = text.rpartition(_PATH)
    return _ACTIONS.get(named) if path or name == "Policies" else None
