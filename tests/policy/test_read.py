"""Are policies found where they stand, and nothing else taken for one?"""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from iamlint.policy.document import Kind
from tests.policy.reading import IDENTITY, TRUST, found, found_in_yaml, only, policy_text, resource, rules, told, underlined

ROLE = {
    "RoleName": "ci",
    "Arn": "arn:aws:iam::111122223333:role/team/ci",
    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [TRUST]},
}
POLICY = {"Version": "2012-10-17", "Statement": [IDENTITY]}


def where(text: str) -> list[tuple[str, str | None, Kind]]:
    return [(document.address, document.account, document.kind) for document in found(text)]


def test_a_file_that_is_a_policy_needs_no_address() -> None:
    assert where(json.dumps(POLICY)) == [("", None, Kind.IDENTITY)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"Role": ROLE}, [("arn:aws:iam::111122223333:role/team/ci", "111122223333", Kind.TRUST)]),
        (
            {"Roles": [ROLE, {**ROLE, "Arn": "arn:aws:iam::444455556666:role/b"}]},
            [
                ("arn:aws:iam::111122223333:role/team/ci", "111122223333", Kind.TRUST),
                ("arn:aws:iam::444455556666:role/b", "444455556666", Kind.TRUST),
            ],
        ),
        (
            {"RoleDetailList": [{**ROLE, "RolePolicyList": [{"PolicyName": "read", "PolicyDocument": POLICY}]}]},
            [
                ("arn:aws:iam::111122223333:role/team/ci", "111122223333", Kind.TRUST),
                ("arn:aws:iam::111122223333:role/team/ci.RolePolicyList[read]", "111122223333", Kind.IDENTITY),
            ],
        ),
        ({"RoleName": "ci", "PolicyName": "read", "PolicyDocument": POLICY}, [("ci/read", None, Kind.IDENTITY)]),
        ({"PolicyVersion": {"Document": POLICY, "VersionId": "v1"}}, [("", None, Kind.IDENTITY)]),
        ({"PolicyDocument": POLICY}, [("", None, Kind.IDENTITY)]),
        ([POLICY, POLICY], [("[0]", None, Kind.IDENTITY), ("[1]", None, Kind.IDENTITY)]),
        ({"Policies": {"admin": POLICY}}, [("Policies.admin", None, Kind.IDENTITY)]),
        (
            {"resource": {"aws_iam_role": {"ci": {"assume_role_policy": {"Statement": TRUST}}}}},
            [("resource.aws_iam_role.ci", None, Kind.TRUST)],
        ),
        (
            {
                "Resources": {
                    "CiRole": {
                        "Type": "AWS::IAM::Role",
                        "Properties": {
                            "RoleName": "ci",
                            "AssumeRolePolicyDocument": {"Statement": [TRUST]},
                            "Policies": [{"PolicyName": "read", "PolicyDocument": POLICY}, {"PolicyDocument": POLICY}],
                        },
                    }
                }
            },
            [
                ("Resources.CiRole", None, Kind.TRUST),
                ("Resources.CiRole.Policies[read]", None, Kind.IDENTITY),
                ("Resources.CiRole.Policies[1]", None, Kind.IDENTITY),
            ],
        ),
    ],
)
def test_policies_are_found_with_what_their_place_says(value: object, expected: list[tuple[str, str | None, Kind]]) -> None:
    assert where(json.dumps(value)) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        1,
        "x",
        [],
        {},
        {"a": {"b": [1, "x", None, {"Statement": "no"}]}},
        {"Version": "1.0", "Rules": []},
        {"version": 3, "services": {}},
        {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "Update:*", "Resource": "*"}]},
        {"Statement": [{"Effect": "Deny", "Principal": "*", "NotAction": ["Update:Delete"], "Resource": "LogicalResourceId/Db"}]},
        {
            "Name": "protect",
            "Version": "2021-06-01",
            "Statement": [{"Sid": "a", "DataDirection": "Inbound", "Principal": ["*"], "DataIdentifier": ["x"], "Operation": {"Deny": {}}}],
        },
        {"store": ["example"], "price": [{"numeric": [">", 1]}]},
        {"rules": [{"rulePriority": 1, "selection": {}, "action": {"type": "expire"}}]},
        {"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:q", "maxReceiveCount": 3},
        {"tags": {"Owner": {"tag_key": {"@@assign": "Owner"}}}},
        {"plans": {"daily": {"regions": {"@@assign": ["eu-west-1"]}}}},
        {"services": {"default": {"opt_out_policy": {"@@assign": "optOut"}}}},
        {"principalId": "user", "policyDocument": POLICY},
        {"members": {"AssumeRolePolicyDocument": {"shape": "policyDocumentType", "documentation": "The trust policy."}}},
        {"version": "tree-0.1", "tree": {"id": "App", "attributes": {"policyDocument": POLICY}}},
        {"text": json.dumps(POLICY)},
        {"PolicyDocument": 'the "Statement" of the year, ${who}'},
    ],
)
def test_what_is_no_policy_of_iam_is_left_alone(value: object) -> None:
    assert found(json.dumps(value)) == ()


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ({"Version": "2012-10-17"}, "missing-element"),
        ({"Version": "2012-10-17", "Statements": [IDENTITY]}, "unknown-element"),
        ({"version": "2012-10-17", "Statement": [IDENTITY]}, "unknown-element"),
        ({"statement": [IDENTITY]}, "unknown-element"),
        (IDENTITY, "missing-element"),
        ([IDENTITY, IDENTITY], "missing-element"),
        ({"Statement": "x"}, "invalid-element"),
        ({"AssumeRolePolicyDocument": {}}, "missing-element"),
        ({"AssumeRolePolicyDocument": {"Statements": [TRUST]}}, "unknown-element"),
    ],
)
def test_what_was_meant_to_be_a_policy_is_not_passed_over(value: object, rule: str) -> None:
    assert rules(only(json.dumps(value))) == [rule]


@pytest.mark.parametrize(
    ("type", "statement", "expected"),
    [
        ("AWS::EC2::VPCEndpoint", {**IDENTITY, "Principal": "*"}, (Kind.VPC_ENDPOINT, None)),
        ("AWS::IAM::ManagedPolicy", {**IDENTITY, "Principal": "*"}, (Kind.IDENTITY, None)),
        ("AWS::S3::BucketPolicy", {**IDENTITY, "Principal": "*"}, (Kind.RESOURCE, "AWS::S3::Bucket")),
        ("AWS::KMS::Key", {**TRUST, "Action": "*"}, (Kind.RESOURCE, "AWS::KMS::Key")),
        ("AWS::Chatbot::Unheard", {**IDENTITY, "Principal": "*"}, (Kind.RESOURCE, "AWS::Chatbot::Unheard")),
        ("Custom::Policy", {**IDENTITY, "Principal": "*"}, (Kind.RESOURCE, None)),
        ("AWS::Transfer::User", IDENTITY, (Kind.SESSION, None)),
        ("AWS::Serverless::StateMachine", IDENTITY, (Kind.IDENTITY, None)),
        ("AWS::ECR::RegistryPolicy", IDENTITY, (Kind.RESOURCE, "AWS::ECR::RegistryPolicy")),
    ],
)
def test_a_template_says_what_a_policy_is_attached_to(type: str, statement: object, expected: tuple[Kind, str | None]) -> None:
    document = only(resource(type, PolicyDocument={"Version": "2012-10-17", "Statement": [statement]}))
    assert (document.kind, document.resource_type) == expected
    assert document.address == "Resources.It"


SERVICE = {"service": "shop", "provider": {"name": "aws", "iam": {"role": {"statements": [IDENTITY, "${file(more.yml):statement}"]}}}}


def test_statements_of_a_serverless_service_are_a_policy_that_the_framework_writes_the_rest_of() -> None:
    document = only(json.dumps(SERVICE))
    assert (document.kind, document.address, document.policy.version) == (Kind.IDENTITY, "provider.iam.statements", "2012-10-17")
    assert (document.problems, document.policy.complete) == ((), False)


def test_functions_of_a_serverless_service_may_have_their_own() -> None:
    service = {"service": "shop", "provider": {"name": "aws"}, "functions": {"pay": {"iamRoleStatements": [IDENTITY]}}}
    assert where(json.dumps(service)) == [("functions.pay.iamRoleStatements", None, Kind.IDENTITY)]


def test_a_policy_of_devices_is_none_of_iam() -> None:
    statement = {**IDENTITY, "Action": "iot:*", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    assert found(resource("AWS::IoT::Policy", PolicyDocument=policy)) == ()
    assert found(resource("AWS::IoT::Policy", PolicyDocument=json.dumps(policy))) == ()


def test_policies_in_a_string_under_a_name_for_many_are_read() -> None:
    document = only(resource("AWS::OpenSearchService::Domain", AccessPolicies=policy_text({**IDENTITY, "Principal": "*"})))
    assert (document.kind, document.embedded) == (Kind.RESOURCE, True)


def test_statements_among_the_properties_of_a_resource_are_a_policy_that_aws_writes_the_rest_of() -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": "*", "Sidd": "x"}
    document = only(resource("AWS::Events::EventBusPolicy", EventBusName="x", StatementId="y", Statement=statement))
    assert (document.kind, document.resource_type, document.policy.version) == (Kind.RESOURCE, "AWS::Events::EventBus", "2012-10-17")
    assert [text for _, text, _ in told(document)] == ['"Sidd"']


def test_a_function_around_a_policy_is_looked_through() -> None:
    (document,) = found_in_yaml("role:\n  assumeRolePolicy:\n    fn::toJSON:\n      Statement: {Effect: Allow, Action: 'sts:AssumeRole'}\n")
    assert (document.kind, rules(document)) == (Kind.TRUST, ["missing-element"])


def test_a_policy_in_a_string_that_a_function_fills_in_is_read() -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": [{**TRUST, "Principal": {"Federated": "${Provider}"}}]})
    (document,) = found(resource("AWS::IAM::Role", AssumeRolePolicyDocument={"Fn::Sub": [text, {"Provider": {"Ref": "Provider"}}]}))
    assert (document.kind, document.embedded) == (Kind.TRUST, True)


def test_one_policy_or_another_is_of_the_kind_of_its_place() -> None:
    policies = [{"Version": "2012-10-17", "Statement": [{**IDENTITY, "Principal": "*"}]}, {"Statement": [TRUST]}]
    documents = found(resource("AWS::IAM::Role", AssumeRolePolicyDocument={"Fn::If": ["IsProduction", *policies]}))
    assert [document.kind for document in documents] == [Kind.TRUST, Kind.TRUST]


@pytest.mark.parametrize("statement", [{**TRUST, "Sid": 1}, {**TRUST, "Principal": {"AWS": 111122223333}}])
def test_a_number_is_a_string_in_yaml_alone(statement: object) -> None:
    text = policy_text(statement)
    (document,) = found_in_yaml("# YAML\n" + text)
    assert rules(document) == []
    assert rules(only(text)) == ["invalid-element"]


def test_a_policy_in_a_string_is_read_and_stands_where_the_string_does() -> None:
    document = only(json.dumps({"Policy": json.dumps({"Statement": [{**IDENTITY, "Effect": "allow"}]})}))
    ((rule, text, _),) = told(document)
    assert document.embedded
    assert rule == "invalid-effect"
    assert text.startswith('"{')
    assert (document.problems[0].changes, document.problems[0].help) == ((), "did you mean `Allow`?")


def test_a_key_that_is_written_twice_in_a_string_is_reported() -> None:
    inner = '{"Statement": [{"Effect": "Allow", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
    assert rules(only(json.dumps({"PolicyDocument": inner}))) == ["duplicate-json-key"]


def test_a_percent_encoded_policy_is_read() -> None:
    document = only(json.dumps({"Role": {**ROLE, "AssumeRolePolicyDocument": quote(policy_text(TRUST))}}))
    assert (document.kind, len(document.policy.statements)) == (Kind.TRUST, 1)


def test_a_policy_in_escapes_as_api_gateway_gives_them_is_read() -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
    escaped = json.dumps(json.dumps({"Version": "2012-10-17", "Statement": [statement]})).strip('"').replace("/", "\\/")
    document = only(json.dumps({"items": [{"id": "a1b2c3d4e5", "policy": escaped}]}))
    assert (document.kind, document.problems) == (Kind.RESOURCE, ())
    assert rules(only(json.dumps({"policy": '{\\"Statement": [}'}))) == ["invalid-json"]


def test_prose_about_statements_is_no_policy() -> None:
    assert found(json.dumps({"ResourcePolicy": "Configure the policy. *Type*: ResourcePolicyStatement"})) == ()
    assert rules(only(json.dumps({"AssumeRolePolicyDocument": "Statement:\n- Effect: Allow\n"}))) == ["invalid-json"]


def test_a_string_that_is_no_json_is_reported() -> None:
    document = only(json.dumps({"AssumeRolePolicyDocument": '{"Statement": [}'}))
    assert (rules(document), document.kind, document.policy.complete) == (["invalid-json"], Kind.TRUST, False)


def test_a_string_that_a_template_completes_is_left_alone() -> None:
    assert found(json.dumps({"PolicyDocument": '{"Statement": ${jsonencode(x)}}'})) == ()
    assert found(json.dumps({"policy": '${jsonencode({Statement = [{Effect = "Allow"}]})}'})) == ()


TEMPLATE = """\
Resources:
  CiRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal:
              AWS: [!Ref Trusted, !Sub 'arn:aws:iam::${AWS::AccountId}:root', !If [Has, a, b]]
              Service: !Sub 'ec2.${AWS::URLSuffix}'
            Action: [!Ref Act, sts:AssumeRole]
            Condition:
              StringEquals:
                sts:ExternalId: !Ref Id
                Fn::If: [A, b, c]
              Bool: !If [A, {}, {}]
          - !If [Has, {Effect: Deny}, !Ref AWS::NoValue]
          - Effect: !Ref Effect
            Principal: !Ref P
            Action: sts:AssumeRole
            Condition: !Ref C
"""


def test_what_a_template_leaves_open_is_no_problem() -> None:
    (document,) = found_in_yaml(TEMPLATE)
    assert told(document) == []
    assert [statement.index for statement in document.policy.statements] == [0]
    assert not document.policy.complete


def test_a_condition_that_a_template_leaves_open_still_restricts() -> None:
    (document,) = found_in_yaml("Statement: {Effect: Allow, Principal: '*', Action: 'sts:AssumeRole', Condition: !Ref C}")
    ((condition,),) = [statement.conditions for statement in document.policy.statements]
    assert repr(condition.values) == "(Unknown('!Ref C'),)"


def test_a_policy_that_a_template_makes_of_text_is_read() -> None:
    (document,) = found_in_yaml("PolicyDocument: !Sub '" + json.dumps(POLICY) + "'\n")
    assert (document.embedded, len(document.policy.statements)) == (True, 1)


def test_the_place_of_a_found_policy_is_its_own() -> None:
    document = only(json.dumps({"Role": ROLE}))
    from iamlint.text.tree import Place

    assert underlined(document.tree, Place(document.route)).startswith('{"Version"')
    assert underlined(document.tree, Place(document.policy.statements[0].route)).startswith('{"Effect"')


SERVERLESS = """\
provider:
  name: aws
  iam:
    role:
      statements:
        - Effect: Allow
          Action: s3:GetObject
          Resource: "arn:aws:s3:::${self:custom.bucket}/*"
        - ${file(more.yml)}
  resourcePolicy:
    - {Effect: Allow, Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*"}
functions:
  hello:
    iamRoleStatements:
      - {Effect: Allow, Action: "s3:ListBucket", Resource: "*"}
"""


def test_statements_that_a_tool_writes_a_policy_around_are_read() -> None:
    role, api, function = found_in_yaml(SERVERLESS)
    assert [one.kind for one in (role, api, function)] == [Kind.IDENTITY, Kind.RESOURCE, Kind.IDENTITY]
    assert [one.address for one in (role, api, function)] == [
        "provider.iam.statements",
        "provider.resourcePolicy",
        "functions.hello.iamRoleStatements",
    ]
    assert [told(one) for one in (role, api, function)] == [[], [], []]
    assert (role.policy.version, role.policy.complete, api.policy.complete) == ("2012-10-17", False, True)


def test_statements_of_an_api_in_a_template_are_read() -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
    document = only(resource("AWS::Serverless::Api", Auth={"ResourcePolicy": {"CustomStatements": [statement]}}))
    assert (document.kind, rules(document)) == (Kind.RESOURCE, [])


@pytest.mark.parametrize(
    "text",
    [
        "x: {statements: [{Effect: NoSchedule, Action: x}]}",
        "x: {statements: [SELECT 1]}",
        "rules: [{Effect: Allow, Action: x}]",
        "statements: [SELECT 1]",
        "{version: 2, statement: SELECT 1}",
    ],
)
def test_other_lists_are_no_statements(text: str) -> None:
    assert found_in_yaml(text) == ()


def test_the_policy_of_a_domain_is_read_where_aws_gives_it() -> None:
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{**TRUST, "Action": "es:ESHttpGet", "Resource": "*"}]})
    assert only(json.dumps({"DomainStatusList": [{"AccessPolicies": policy}]})).kind is Kind.RESOURCE
    assert only(json.dumps({"DomainConfig": {"AccessPolicies": {"Options": policy}}})).kind is Kind.RESOURCE
