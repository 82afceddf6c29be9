"""What does the permission of a function, a layer or an event bus say, which a template has in the place of a policy?

The service makes a statement of it in the policy of the resource:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html,
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-layerversionpermission.html,
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html. A serverless application
has one for the address of a function: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-functionurlconfig.html.
"""

from __future__ import annotations

from typing import NamedTuple

from iamlint.policy.arn import is_account
from iamlint.policy.condition import Condition, Unknown
from iamlint.policy.intrinsic import resolve_in_partition
from iamlint.policy.naming import read_principal, unknown_principal
from iamlint.policy.operator import parse_operator
from iamlint.policy.principal import Principal, Principals
from iamlint.policy.statement import VERSIONS, Effect, Patterns, Policy, Statement
from iamlint.text.tree import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.text.tree import Route, Value


class _Form(NamedTuple):
    """Which property names the resource, how the ARNs of such begin, what is allowed if nothing says it, and what properties ask for."""

    resource: str
    start: str
    action: str
    conditions: dict[str, tuple[str, str]]


_HERE = "${AWS::Region}:${AWS::AccountId}"
_FUNCTION = _Form(
    "FunctionName",
    f"arn:aws:lambda:{_HERE}:function:",
    "",
    {
        "EventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
        "FunctionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
        "InvokedViaFunctionUrl": ("Bool", "lambda:InvokedViaFunctionUrl"),
        "PrincipalOrgID": ("StringEquals", "aws:PrincipalOrgID"),
        "SourceAccount": ("StringEquals", "aws:SourceAccount"),
        "SourceArn": ("ArnLike", "aws:SourceArn"),
    },
)
_FORMS = {
    "AWS::Lambda::Permission": _FUNCTION,
    "AWS::Lambda::LayerVersionPermission": _Form(
        "LayerVersionArn", f"arn:aws:lambda:{_HERE}:layer:", "", {"OrganizationId": ("StringEquals", "aws:PrincipalOrgID")}
    ),
    # A bus that is not named is the one that every account has.
    "AWS::Events::EventBus": _Form("EventBusName", f"arn:aws:events:{_HERE}:event-bus/", "events:PutEvents", {}),
}
_DEFAULT_BUS = "default"
# What has the address of a function in it, and opens it to everybody without more.
_ADDRESS, _ADDRESSED, _OPEN = "FunctionUrlConfig", "AWS::Serverless::Function", "NONE"


def permission(kind: str | None, properties: Mapping, route: Route) -> Policy | None:
    """The policy of one statement that properties of a resource at `route` come to; None where they give no permission."""
    if kind == _ADDRESSED:
        return _open_address(properties, route)
    form = _FORMS.get(kind or "")
    places = {name: (*route, position) for position, (name, _) in enumerate(properties.members)}
    if form is None or "Principal" not in places or not (form.action or {"Action", form.resource} <= places.keys()):
        return None
    texts = {name: _text(value) for name, value in properties.members}
    target = _arn(form, texts.get(form.resource, _DEFAULT_BUS))
    return one_allow(
        route,
        _principal(texts["Principal"], places["Principal"]),
        actions=Patterns("Action", (texts.get("Action", form.action),), False, places.get("Action", route), False),
        resources=Patterns(form.resource, (target,), False, places.get(form.resource, route), False),
        conditions=[
            *[_condition(*asked, texts[name], places[name]) for name, asked in form.conditions.items() if name in places],
            *_asked(properties, places),
        ],
    )


def _open_address(properties: Mapping, route: Route) -> Policy | None:
    """The permission that comes with the address of a function of a serverless application, if nobody is asked who they are."""
    at = properties.index(_ADDRESS)
    config = properties.get(_ADDRESS)
    if at is None or not isinstance(config, Mapping) or config.get("AuthType") != _OPEN:
        return None
    place = (*route, at, config.index("AuthType") or 0)
    return one_allow(
        route,
        read_principal("*", "*", place),
        actions=Patterns("Action", ("lambda:InvokeFunctionUrl",), False, (*route, at), False),
        resources=Patterns(_ADDRESS, (f"{_FUNCTION.start}${{Function}}",), False, (*route, at), False),
        conditions=[_condition("StringEquals", "lambda:FunctionUrlAuthType", _OPEN, place)],
    )


def one_allow(
    route: Route, principal: Principal | None, *, actions: Patterns, resources: Patterns, conditions: Iterable[Condition] = ()
) -> Policy:
    """The policy of one Allow, which stands at `route`, for a principal or for the holder."""
    principals = Principals((principal,), False, principal.route) if principal is not None else None
    statement = Statement(0, Effect.ALLOW, None, principals, actions, resources, tuple(conditions), route)
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


def _arn(form: _Form, text: str | Unknown) -> str:
    """The ARN of what a name, an ARN or a reference is for."""
    if isinstance(text, Unknown):
        return f"{form.start}${{{text.label.rpartition(' ')[2].partition('.')[0]}}}"
    return text if text.startswith(("arn:", "${")) else form.start + text


def _asked(properties: Mapping, places: dict[str, Route]) -> Iterator[Condition]:
    """What the permission of an event bus asks for, as an operator, a key and a value."""
    asked = properties.get("Condition")
    if isinstance(asked, Mapping):
        operator, key, value = map(asked.get, ("Type", "Key", "Value"))
        if isinstance(operator, str) and isinstance(key, str) and value is not None and parse_operator(operator) is not None:
            yield _condition(operator, key, _text(value), (*places["Condition"], asked.index("Value") or 0))


def _condition(operator: str, key: str, text: str | Unknown, route: Route) -> Condition:
    parsed = parse_operator(operator)
    assert parsed is not None, operator
    return Condition(parsed, key, (text,), route=route, operator_route=route, listed=False)
