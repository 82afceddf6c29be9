"""Is the permission of a function, a layer or an event bus read as the statement that its service makes of it?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from iamlint.policy.condition import Unknown
from iamlint.policy.document import Kind
from iamlint.policy.principal import Form
from tests.policy.reading import found, only

USUAL = {"Action": "lambda:InvokeFunction", "FunctionName": "hello", "Principal": "s3.amazonaws.com"}
REGIONAL = "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:"


def template(properties: dict[str, Any], type: str = "AWS::Lambda::Permission") -> str:
    return json.dumps({"Resources": {"It": {"Type": type, "Properties": properties}}})


def test_it_is_a_policy_of_one_statement_that_no_edit_reaches() -> None:
    document = only(template(USUAL))
    (statement,) = document.policy.statements
    assert (document.kind, document.resource_type, document.address) == (Kind.RESOURCE, "AWS::Lambda::Permission", "Resources.It")
    assert (document.embedded, document.problems, document.policy.version) == (True, (), "2012-10-17")
    assert statement.actions is not None
    assert (statement.actions.values, statement.conditions) == (("lambda:InvokeFunction",), ())


@pytest.mark.parametrize(
    ("principal", "form", "account"),
    [
        ("s3.amazonaws.com", Form.SERVICE, ""),
        ({"Fn::Sub": "events.${AWS::URLSuffix}"}, Form.SERVICE, ""),
        ("*", Form.EVERYONE, ""),
        ("444455556666", Form.ACCOUNT, "444455556666"),
        ("arn:aws:iam::444455556666:role/caller", Form.ROLE, "444455556666"),
        ({"Ref": "Caller"}, Form.UNKNOWN, ""),
    ],
)
def test_who_may_call(principal: object, form: Form, account: str) -> None:
    (statement,) = only(template({**USUAL, "Principal": principal})).policy.statements
    assert statement.principals is not None
    ((entry),) = statement.principals.entries
    assert (entry.form, entry.account) == (form, account)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hello", REGIONAL + "hello"),
        ({"Ref": "Hello"}, REGIONAL + "${Hello}"),
        ({"Fn::GetAtt": ["Hello", "Arn"]}, REGIONAL + "${Hello}"),
        ("arn:aws:lambda:eu-west-1:111122223333:function:hello", "arn:aws:lambda:eu-west-1:111122223333:function:hello"),
        ({"Fn::Sub": "${Hello.Arn}:live"}, "${Hello.Arn}:live"),
    ],
)
def test_which_function(name: object, expected: str) -> None:
    (statement,) = only(template({**USUAL, "FunctionName": name})).policy.statements
    assert statement.resources is not None
    assert statement.resources.values == (expected,)


def test_what_is_asked() -> None:
    asked = {
        "SourceAccount": {"Ref": "AWS::AccountId"},
        "SourceArn": {"Fn::Sub": "arn:${AWS::Partition}:s3:::${Bucket}"},
        "PrincipalOrgID": "o-7fk3mx92qp",
        "InvokedViaFunctionUrl": True,
        "FunctionUrlAuthType": "NONE",
        "EventSourceToken": "amzn1.ask.skill.x",
    }
    (statement,) = only(template({**USUAL, **asked})).policy.statements
    assert {condition.key: (condition.operator.text, condition.values[0]) for condition in statement.conditions} == {
        "aws:SourceAccount": ("StringEquals", Unknown("!Ref AWS::AccountId")),
        "aws:SourceArn": ("ArnLike", "arn:aws:s3:::${Bucket}"),
        "aws:PrincipalOrgID": ("StringEquals", "o-7fk3mx92qp"),
        "lambda:InvokedViaFunctionUrl": ("Bool", "true"),
        "lambda:FunctionUrlAuthType": ("StringEquals", "NONE"),
        "lambda:EventSourceToken": ("StringEquals", "amzn1.ask.skill.x"),
    }


@pytest.mark.parametrize(
    ("properties", "type"),
    [
        ({key: value for key, value in USUAL.items() if key != "Action"}, "AWS::Lambda::Permission"),
        (USUAL, "AWS::Lambda::LayerVersionPermission"),
        ({"EventBusName": "orders", "Action": "events:PutEvents"}, "AWS::Events::EventBusPolicy"),
        ({"FunctionUrlConfig": {"AuthType": "AWS_IAM"}}, "AWS::Serverless::Function"),
        ({"FunctionUrlConfig": {"AuthType": {"Ref": "AuthType"}}}, "AWS::Serverless::Function"),
        ({"FunctionUrlConfig": {"AuthType": "NONE"}}, "AWS::Lambda::Function"),
        (USUAL, "AWS::Lambda::Alias"),
        (USUAL, "Custom::Permission"),
    ],
)
def test_nothing_else_is_taken_for_one(properties: dict[str, Any], type: str) -> None:
    assert found(template(properties, type)) == ()


def test_a_layer_is_given_to_an_organization() -> None:
    asked = {"Action": "lambda:GetLayerVersion", "LayerVersionArn": {"Ref": "Layer"}, "Principal": "*", "OrganizationId": "o-7fk3mx92qp"}
    document = only(template(asked, "AWS::Lambda::LayerVersionPermission"))
    (statement,) = document.policy.statements
    assert document.resource_type == "AWS::Lambda::LayerVersionPermission"
    assert statement.resources is not None
    assert statement.resources.values == ("arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:layer:${Layer}",)
    assert [(condition.key, condition.values) for condition in statement.conditions] == [("aws:PrincipalOrgID", ("o-7fk3mx92qp",))]


def test_a_bus_takes_events_by_default() -> None:
    asked = {"Type": "StringEquals", "Key": "aws:PrincipalOrgID", "Value": {"Ref": "Organization"}}
    document = only(template({"StatementId": "all", "Principal": "*", "Condition": asked}, "AWS::Events::EventBusPolicy"))
    (statement,) = document.policy.statements
    assert statement.actions is not None
    assert statement.resources is not None
    assert statement.actions.values == ("events:PutEvents",)
    assert statement.resources.values == ("arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default",)
    assert [(condition.key, condition.values) for condition in statement.conditions] == [
        ("aws:PrincipalOrgID", (Unknown("!Ref Organization"),))
    ]


def test_the_statement_of_a_bus_is_read_where_it_stands() -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": "*"}
    document = only(template({"StatementId": "all", "Principal": "*", "Statement": statement}, "AWS::Events::EventBusPolicy"))
    assert (document.embedded, document.resource_type) == (False, "AWS::Events::EventBus")


def test_the_address_of_a_serverless_function_is_open_and_its_policies_are_read_too() -> None:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    properties = {"FunctionUrlConfig": {"AuthType": "NONE"}, "Policies": [{"Version": "2012-10-17", "Statement": [statement]}]}
    address, policy = found(template(properties, "AWS::Serverless::Function"))
    assert [document.kind for document in (address, policy)] == [Kind.RESOURCE, Kind.IDENTITY]
    assert address.policy.statements[0].conditions[0].key == "lambda:FunctionUrlAuthType"
