"""Which resource of a template has the policy of AWS that allows everything, by its name alone?

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html
"""

from __future__ import annotations

from iamlint.policy.intrinsic import resolve_in_partition
from iamlint.policy.statement import VERSIONS, Effect, Patterns, Policy, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.text.tree import Mapping, Route, Value

_NAME = "AdministratorAccess"
_ARN = f":iam::aws:policy/{_NAME}"
# Of each type the property that lists policies. A serverless application may leave the ARN of one of AWS to its name:
# https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html#sam-function-policies
_LISTS = {
    **dict.fromkeys(["AWS::IAM::Group", "AWS::IAM::Role", "AWS::IAM::User"], "ManagedPolicyArns"),
    "AWS::SSO::PermissionSet": "ManagedPolicies",
    **dict.fromkeys(["AWS::Serverless::Function", "AWS::Serverless::StateMachine"], "Policies"),
}


def administrator_policies(kind: str | None, properties: Mapping, route: Route) -> Iterator[Policy]:
    """The policy that allows everything, each time the properties of a resource, which stand at `route`, name it; it stands at its name."""
    name = _LISTS.get(kind or "", "")
    at, value = properties.index(name), properties.get(name)
    if at is None:
        return
    if _is_named(value, name):
        yield _policy((*route, at))
    for position, item in enumerate(value if isinstance(value, tuple) else ()):
        if _is_named(item, name):
            yield _policy((*route, at, position))


def _is_named(value: Value, name: str) -> bool:
    text = value if isinstance(value, str) else resolve_in_partition(value)
    return isinstance(text, str) and (text.endswith(_ARN) or (text == _NAME and name == "Policies"))


def _policy(route: Route) -> Policy:
    actions, resources = Patterns("Action", ("*",), False, route, False), Patterns("Resource", ("*",), False, route, False)
    statement = Statement(0, Effect.ALLOW, sid=None, principals=None, actions=actions, resources=resources, conditions=(), route=route)
    return Policy(VERSIONS[0], None, (statement,))
