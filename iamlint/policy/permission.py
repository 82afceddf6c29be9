"""What does the permission of a function say, which a template has in the place of a policy?

Lambda makes a statement of it in the function's policy:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html,
https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html.
"""

from __future__ import annotations

from iamlint.policy.arn import is_account
from iamlint.policy.condition import Condition, Unknown
from iamlint.policy.intrinsic import resolve_in_partition
from iamlint.policy.naming import read_principal, unknown_principal
from iamlint.policy.operator import parse_operator
from iamlint.policy.principal import Principal, Principals
from iamlint.policy.statement import VERSIONS, Effect, Patterns, Policy, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.text.tree import Mapping, Route, Value

TYPE = "AWS::Lambda::Permission"
# What its properties ask for.
_CONDITIONS = {
    "EventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
    "FunctionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
    "InvokedViaFunctionUrl": ("Bool", "lambda:InvokedViaFunctionUrl"),
    "PrincipalOrgID": ("StringEquals", "aws:PrincipalOrgID"),
    "SourceAccount": ("StringEquals", "aws:SourceAccount"),
    "SourceArn": ("ArnLike", "aws:SourceArn"),
}
_FUNCTION = "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:"


def permission(properties: Mapping, route: Route) -> Policy | None:
    """The policy of one statement that the properties, which stand at `route`, come to; None where they lack what it needs."""
    places = {name: (*route, position) for position, (name, _) in enumerate(properties.members)}
    texts = {name: _text(value) for name, value in properties.members}
    if not {"Action", "FunctionName", "Principal"} <= places.keys():
        return None
    statement = Statement(
        0,
        Effect.ALLOW,
        sid=None,
        principals=Principals((_principal(texts["Principal"], places["Principal"]),), False, places["Principal"]),
        actions=Patterns("Action", (texts["Action"],), False, places["Action"], False),
        resources=Patterns("FunctionName", (_function(texts["FunctionName"]),), False, places["FunctionName"], False),
        conditions=tuple([_condition(name, texts[name], places[name]) for name in _CONDITIONS if name in places]),
        route=route,
    )
    return Policy(VERSIONS[0], None, (statement,))


def _text(value: Value) -> str | Unknown:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else resolve_in_partition(value) or Unknown("a value")


def _principal(text: str | Unknown, route: Route) -> Principal:
    """A service, or else who is named as in a policy."""
    if isinstance(text, Unknown):
        return unknown_principal("AWS", text.label, route)
    if text == "*":
        return read_principal("*", text, route)
    is_service = "." in text and not text.startswith("arn:") and not is_account(text)
    return read_principal("Service" if is_service else "AWS", text, route)


def _function(text: str | Unknown) -> str:
    """The ARN of the function that a name, an ARN or a reference is for."""
    if isinstance(text, Unknown):
        return f"{_FUNCTION}${{{text.label.rpartition(' ')[2].partition('.')[0]}}}"
    return text if text.startswith(("arn:", "${")) else _FUNCTION + text


def _condition(name: str, text: str | Unknown, route: Route) -> Condition:
    operator, key = _CONDITIONS[name]
    parsed = parse_operator(operator)
    assert parsed is not None, operator
    return Condition(parsed, key, (text,), route=route, operator_route=route, listed=False)
