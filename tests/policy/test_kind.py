"""Is the kind of a policy told from what it says and where it stands?"""

from __future__ import annotations

import json

import pytest

from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.policy.source import documents_of
from iamlint.text.json import read_json
from iamlint.text.source import Source
from tests.policy.reading import IDENTITY, TRUST, only, policy_text, rules

BUCKET = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
ASSUME = {"Effect": "Allow", "Action": "sts:AssumeRole"}


@pytest.mark.parametrize(
    ("statements", "kind"),
    [
        ([TRUST], Kind.TRUST),
        ([{**TRUST, "Action": ["sts:assumerole", "sts:TagSession"]}], Kind.TRUST),
        ([{**TRUST, "Action": "sts:AssumeRole*"}], Kind.TRUST),
        ([{**TRUST, "Action": "sts:*"}], Kind.TRUST),
        ([{**TRUST, "Action": "*"}], Kind.TRUST),
        ([{**TRUST, "Action": "${action}"}], Kind.TRUST),
        ([{**TRUST, "Action": ["sts:AssumeRole", "s3:GetObject"]}], Kind.TRUST),
        ([{"Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}], Kind.TRUST),
        ([{**TRUST, "Resource": "*"}], Kind.TRUST),
        ([{**TRUST, "Effect": "Deny", "Resource": "*"}], Kind.RCP),
        ([{**TRUST, "Effect": "Deny", "Resource": "*"}, {**TRUST, "Effect": "Deny", "Resource": "*"}, TRUST], Kind.RCP),
        ([{**TRUST, "Effect": "Deny", "Principal": "*", "Action": "sts:TagSession", "Resource": "*"}, TRUST], Kind.TRUST),
        ([{**TRUST, "Effect": "Deny"}], Kind.TRUST),
        ([TRUST, ASSUME], Kind.TRUST),
        ([ASSUME], Kind.TRUST),
        ([ASSUME, ASSUME, TRUST], Kind.TRUST),
        ([{"Effect": "Allow", "Principals": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}], Kind.TRUST),
        ([{"Effect": "allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}], Kind.TRUST),
        ([IDENTITY], Kind.IDENTITY),
        ([{**IDENTITY, "Action": "sts:AssumeRole"}], Kind.IDENTITY),
        ([{"Effect": "Allow", "Action": "sts:*"}], Kind.IDENTITY),
        ([{"Effect": "Allow", "Action": "s3:GetObject"}], Kind.IDENTITY),
        ([IDENTITY, IDENTITY, BUCKET], Kind.IDENTITY),
        ([], Kind.IDENTITY),
        ([BUCKET], Kind.RESOURCE),
        ([BUCKET, IDENTITY], Kind.RESOURCE),
        ([BUCKET, {**BUCKET, "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b*/x", "arn:aws:s3:::${bucket}/*"]}], Kind.RESOURCE),
        ([{**BUCKET, "Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::c/*"]}], Kind.VPC_ENDPOINT),
        ([BUCKET, {**BUCKET, "Resource": "arn:aws:s3:::c/*"}], Kind.VPC_ENDPOINT),
        ([{**BUCKET, "Action": "*", "Resource": "*"}], Kind.VPC_ENDPOINT),
        ([{**BUCKET, "Action": "*", "Resource": "*", "Effect": "Deny"}], Kind.RESOURCE),
        ([{**BUCKET, "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}], Kind.RESOURCE),
        ([{**BUCKET, "Action": "*", "Resource": "*", "Principal": {"AWS": "111122223333"}}], Kind.RESOURCE),
        ([{**BUCKET, "Action": ["ec2:*", "ecs:*"], "Resource": "*"}], Kind.VPC_ENDPOINT),
        ([{**BUCKET, "Action": ["ec2:*", "s3:*"], "Resource": "*"}], Kind.RESOURCE),
        ([{**BUCKET, "Action": "kms:*", "Resource": "*"}], Kind.RESOURCE),
        ([{**BUCKET, "Action": "*"}], Kind.RESOURCE),
        ([{**BUCKET, "Action": "sts:*", "Resource": "*"}], Kind.RESOURCE),
        ([{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}], Kind.RESOURCE),
        ([{**TRUST, "Action": "elasticfilesystem:ClientMount"}, {**TRUST, "Effect": "Deny", "Action": "*"}], Kind.RESOURCE),
        ([{**TRUST, "Action": "*"}, {**TRUST, "Action": "*:*"}], Kind.TRUST),
        ([{**BUCKET, "Action": "${action}"}], Kind.RESOURCE),
    ],
)
def test_the_kind_follows_from_the_statements(statements: list[object], kind: Kind) -> None:
    assert only(policy_text(*statements)).kind is kind


def test_a_statement_that_lacks_its_principal_is_reported_as_one_of_a_trust_policy() -> None:
    document = only(policy_text(TRUST, ASSUME))
    assert rules(document) == ["missing-element"]
    assert document.problems[0].statement == 1


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_that_is_given_overrules_what_the_policy_says(kind: Kind) -> None:
    assert only(policy_text(BUCKET), kind).kind is kind


def test_a_kind_that_is_given_does_not_overrule_where_the_policy_stands() -> None:
    text = json.dumps({"Role": {"AssumeRolePolicyDocument": {"Statement": [TRUST]}}})
    assert only(text, Kind.IDENTITY).kind is Kind.TRUST


@pytest.mark.parametrize(
    ("type", "given", "kind"),
    [
        ("AWS::IAM::ManagedPolicy", Kind.BOUNDARY, Kind.BOUNDARY),
        ("AWS::IAM::ManagedPolicy", Kind.RESOURCE, Kind.IDENTITY),
        ("AWS::S3::BucketPolicy", Kind.SCP, Kind.RESOURCE),
        ("AWS::EC2::VPCEndpoint", Kind.RESOURCE, Kind.VPC_ENDPOINT),
        ("Custom::Policy", Kind.SCP, Kind.SCP),
    ],
)
def test_a_kind_that_is_given_is_that_of_a_templates_policy_where_it_can_be(type: str, given: Kind, kind: Kind) -> None:
    resource = {"Type": type, "Properties": {"PolicyDocument": {"Version": "2012-10-17", "Statement": [BUCKET]}}}
    assert only(json.dumps({"Resources": {"Policy": resource}}), given).kind is kind


def test_a_type_of_resources_that_is_given_is_not_that_of_a_templates_roles() -> None:
    policy = {"Version": "2012-10-17", "Statement": [IDENTITY]}
    text = json.dumps({"Resources": {"Policy": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": policy}}}})
    (document,) = find_documents(read_json(Source("p.json", text.encode())), resource_type="AWS::S3::Bucket")
    assert (document.kind, document.resource_type) == (Kind.IDENTITY, None)


@pytest.mark.parametrize(
    ("resource_type", "kind"),
    [
        ("AWS::IAM::AssumeRolePolicyDocument", Kind.TRUST),
        ("AWS::S3::Bucket", Kind.RESOURCE),
        ("AWS::EC2::VPCEndpoint", Kind.VPC_ENDPOINT),
        (None, Kind.IDENTITY),
    ],
)
def test_the_type_of_a_resource_says_the_kind(resource_type: str | None, kind: Kind) -> None:
    (document,) = find_documents(read_json(Source("p.json", policy_text(IDENTITY).encode())), resource_type=resource_type)
    assert (document.kind, document.resource_type) == (kind, resource_type)


@pytest.mark.parametrize(
    ("name", "statement", "kind"),
    [
        ("guardrails_scp.json", IDENTITY, Kind.SCP),
        ("guardrails/SCP-EC2-1.json", IDENTITY, Kind.SCP),
        ("organization\\service-control-policies\\regions.json", IDENTITY, Kind.SCP),
        ("service_control_policies/regions.json", {**IDENTITY, "Sidd": "x"}, Kind.SCP),
        ("service_control_policies/roles/deploy.json", IDENTITY, Kind.IDENTITY),
        ("scparse/script.json", IDENTITY, Kind.IDENTITY),
        ("scp-deployer.json", {**IDENTITY, "Action": ["organizations:AttachPolicy", "s3:GetObject"]}, Kind.IDENTITY),
        ("scp.json", {**IDENTITY, "Effect": "Deny", "Action": "organizations:LeaveOrganization"}, Kind.SCP),
        ("policies/deploy-boundary.json", IDENTITY, Kind.BOUNDARY),
        ("installer_permission_boundary_policy.json", IDENTITY, Kind.BOUNDARY),
        ("EnvironmentRolePermissionsBoundary", IDENTITY, Kind.BOUNDARY),
        ("require-permissions-boundary.json", IDENTITY, Kind.IDENTITY),
        ("boundary-keeper.json", IDENTITY, Kind.IDENTITY),
        ("outboundary.json", IDENTITY, Kind.IDENTITY),
        ("boundary.json", TRUST, Kind.TRUST),
        ("policies/SecurityControlsSCP.json.tftpl", IDENTITY, Kind.SCP),
        ("ServiceControlPolicies/Regions.json", IDENTITY, Kind.SCP),
        ("scp.json", TRUST, Kind.TRUST),
        ("scp.json", BUCKET, Kind.RESOURCE),
        ("identity_perimeter_rcp.json", {**BUCKET, "Effect": "Deny"}, Kind.RCP),
        ("resource-control-policies/perimeter.json", {**BUCKET, "Effect": "Deny"}, Kind.RCP),
        ("vpc_endpoint_policies/s3.json", BUCKET, Kind.VPC_ENDPOINT),
        ("VpcEndpointS3.json", BUCKET, Kind.VPC_ENDPOINT),
        ("vpce/s3.json", BUCKET, Kind.VPC_ENDPOINT),
        ("vpce.json", {**BUCKET, "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}, Kind.RESOURCE),
        ("website-endpoint.json", BUCKET, Kind.RESOURCE),
        ("vpc-flow-logs.json", BUCKET, Kind.RESOURCE),
        ("vpc-endpoint.json", IDENTITY, Kind.IDENTITY),
        ("rcp.json", TRUST, Kind.TRUST),
        ("rcp.json", IDENTITY, Kind.IDENTITY),
    ],
)
def test_a_file_that_is_a_policy_of_an_organization_may_say_so_in_its_name(name: str, statement: object, kind: Kind) -> None:
    (document,) = documents_of(Source(name, policy_text(statement).encode()))
    assert document.kind is kind


def test_the_name_of_a_file_says_nothing_of_policies_in_it_or_against_what_is_given() -> None:
    (inner,) = documents_of(Source("scp.json", json.dumps({"PolicyDocument": {"Statement": [IDENTITY]}}).encode()))
    (given,) = documents_of(Source("scp.json", policy_text(IDENTITY).encode()), kind=Kind.BOUNDARY)
    assert (inner.kind, given.kind) == (Kind.IDENTITY, Kind.BOUNDARY)


@pytest.mark.parametrize(
    ("name", "type", "kind"),
    [
        ("DeployPermissionsBoundaryPolicy", "AWS::IAM::ManagedPolicy", Kind.BOUNDARY),
        ("BoundaryOfWhat", "AWS::IAM::ManagedPolicy", Kind.IDENTITY),
        ("DeployBoundary", "AWS::IAM::Policy", Kind.IDENTITY),
        ("DenyRegions", "OC::ORG::ServiceControlPolicy", Kind.SCP),
    ],
)
def test_a_template_says_by_type_and_name_what_a_policy_without_principals_is(name: str, type: str, kind: Kind) -> None:
    policy = {"Version": "2012-10-17", "Statement": [IDENTITY]}
    assert only(json.dumps({"Resources": {name: {"Type": type, "Properties": {"PolicyDocument": policy}}}})).kind is kind


def test_the_policy_of_a_vpc_endpoint_is_known_by_the_id_beside_it() -> None:
    document = {"VpcEndpointId": "vpce-0a1b2c3d4e5f60718", "PolicyDocument": policy_text(BUCKET)}
    assert only(json.dumps({"VpcEndpoints": [document]})).kind is Kind.VPC_ENDPOINT
    assert only(json.dumps({"VpcEndpoints": [{**document, "PolicyDocument": policy_text(IDENTITY)}]})).kind is Kind.VPC_ENDPOINT


@pytest.mark.parametrize(
    ("type", "kind"), [("SERVICE_CONTROL_POLICY", Kind.SCP), ("RESOURCE_CONTROL_POLICY", Kind.RCP), ("TAG_POLICY", Kind.IDENTITY)]
)
def test_an_organizations_policy_has_the_kind_of_its_type(type: str, kind: Kind) -> None:
    content = json.dumps({"Version": "2012-10-17", "Statement": [IDENTITY]})
    assert only(json.dumps({"Policy": {"PolicySummary": {"Type": type}, "Content": content}})).kind is kind
    assert only(json.dumps({"P": {"Properties": {"Type": type, "Content": json.loads(content)}}})).kind is kind


@pytest.mark.parametrize(("said", "kind"), [({}, Kind.SCP), ({"type": "RESOURCE_CONTROL_POLICY"}, Kind.RCP)])
def test_a_policy_of_crossplane_that_says_no_type_is_a_service_control_policy(said: dict[str, str], kind: Kind) -> None:
    provider = {"forProvider": {**said, "content": json.dumps({"Version": "2012-10-17", "Statement": [IDENTITY]})}}
    document = {"apiVersion": "organizations.aws.upbound.io/v1beta1", "kind": "Policy", "spec": provider}
    assert only(json.dumps(document)).kind is kind
