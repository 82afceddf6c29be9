"""What does the Service Authorization Reference say? Facts read from AWS's pages, the awkward ones first."""

from __future__ import annotations

import pytest

from iamlint.knowledge.authorization import Service, action, documented_key, service
from iamlint.knowledge.documented import AccessLevel, Action
from iamlint.knowledge.names import prefixes


def the_action(name: str) -> Action:
    found = action(name)
    assert found is not None
    return found


def the_service(prefix: str) -> Service:
    found = service(prefix)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("s3:ListBucket", AccessLevel.LIST),
        ("s3:GetObject", AccessLevel.READ),
        ("s3:PutObject", AccessLevel.WRITE),
        ("ec2:CreateTags", AccessLevel.TAGGING),
        ("s3:PutBucketPolicy", AccessLevel.PERMISSIONS),
        ("iam:PassRole", AccessLevel.WRITE),
    ],
)
def test_an_action_has_the_level_that_aws_gives_it(name: str, level: AccessLevel) -> None:
    assert the_action(name).level is level


@pytest.mark.parametrize("name", ["s3:getobject", "S3:GETOBJECT", "s3:GetObject"])
def test_names_are_found_ignoring_case_and_given_in_aws_capitals(name: str) -> None:
    assert the_action(name).id == "s3:GetObject"


@pytest.mark.parametrize("name", ["s3:GetObjekt", "s3:Get*", "s3:", "s3", "", "nothing:GetObject", "../s3:GetObject", "s3/x:GetObject"])
def test_what_is_no_action_is_none(name: str) -> None:
    assert action(name) is None


@pytest.mark.parametrize("prefix", ["", "nothing", "../regions", "s3.json", "s3/../s3", "con", "\0", "a" * 5000])
def test_what_is_no_service_is_none(prefix: str) -> None:
    assert service(prefix) is None


def test_a_third_of_all_actions_have_no_resource_type() -> None:
    assert the_action("s3:ListAllMyBuckets").targets == ()


def test_required_types_are_alternatives() -> None:
    assert len(the_action("bedrock:InvokeModel").required_types) >= 12


def test_an_action_on_two_pages_has_the_types_of_both() -> None:
    types = {target.type for target in the_action("apigateway:GET").targets}
    assert {"RestApi", "Api"} <= types


def test_dependent_actions_are_named() -> None:
    assert {"ec2:CreateTags", "iam:PassRole"} <= set(the_action("ec2:RunInstances").dependent_actions)


@pytest.mark.parametrize(
    ("name", "key", "own"),
    [
        ("s3:GetObject", "s3:ExistingObjectTag/team", True),
        ("s3:GetObject", "S3:existingobjecttag/Team", True),
        ("s3:GetObject", "s3:AccessPointNetworkOrigin", True),
        ("ec2:RunInstances", "ec2:InstanceType", True),
        ("kms:Decrypt", "kms:EncryptionContext:aws:s3:arn", True),
        ("iam:PassRole", "aws:ResourceTag/team", True),
        ("iam:PassRole", "iam:PassedToService", True),
        ("s3:ListAllMyBuckets", "s3:prefix", False),
        ("s3:GetObject", "s3:ExistingObjectTag/", False),
        ("iam:CreateUser", "iam:PassedToService", False),
        ("iam:PassRole", "aws:RequestTag/team", False),
    ],
)
def test_keys_are_those_of_the_action_its_rows_and_its_resources(name: str, key: str, own: bool) -> None:
    found = the_action(name)
    assert the_service(found.prefix).supports(found, key) is own


@pytest.mark.parametrize(
    ("key", "name", "kind", "multivalued"),
    [
        ("dynamodb:LeadingKeys", "dynamodb:LeadingKeys", "String", True),
        ("kms:viaservice", "kms:ViaService", "String", False),
        ("codebuild:environment.environmentVariables/A.value", "codebuild:environment.environmentVariables/${}.value", "String", False),
        ("s3:ExistingObjectTag/a/b", "s3:ExistingObjectTag/${}", "String", False),
        ("iam:ResourceTag/team", "iam:ResourceTag/${}", "String", False),
        ("ec2:SourceInstanceARN", "ec2:SourceInstanceARN", "ARN", False),
        ("identitystore:UserId", "identitystore:UserId", "String", None),
        ("catalog:ChangeType", "catalog:ChangeType", "String", False),
        ("token.actions.githubusercontent.com:job_workflow_ref", "token.actions.githubusercontent.com:job_workflow_ref", "String", False),
    ],
)
def test_a_key_has_a_type_and_one_value_or_several(key: str, name: str, kind: str, multivalued: bool | None) -> None:
    found = documented_key(key)
    assert found is not None
    assert (found.name, found.type, found.multivalued) == (name, kind, multivalued)


@pytest.mark.parametrize(
    "key",
    [
        "s3:Nothing",
        "nothing:Key",
        "",
        ":",
        "codebuild:environment.environmentVariables/A.name",
        "token.actions.githubusercontent.com:sub",
    ],
)
def test_a_key_that_no_service_documents_is_none(key: str) -> None:
    assert documented_key(key) is None


def test_the_types_of_global_keys_are_those_of_our_own_table() -> None:
    key = the_service("s3").key("aws:TagKeys")
    assert key is not None
    assert (key.type, key.multivalued) == ("String", True)


@pytest.mark.parametrize(
    ("prefix", "resource", "types"),
    [
        ("s3", "arn:aws:s3:::bucket", {"bucket"}),
        ("s3", "arn:aws:s3:::bucket/*", {"object"}),
        ("s3", "arn:aws:s3:::buc?et/a:b/c", {"object"}),
        ("ec2", "arn:aws:ec2:*:*:instance/*", {"instance"}),
        ("ec2", "arn:aws-cn:ec2:cn-north-1:111122223333:instance/i-1", {"instance"}),
        ("sts", "arn:aws:iam::111122223333:role/path/Name", {"role"}),
        ("lex", "arn:aws:lex:eu-west-1:111122223333:bot:Name", {"bot"}),
        ("lex", "arn:aws:lex:eu-west-1:111122223333:bot/ID", {"bot"}),
        ("braket", "arn:aws:braket:::device/qpu/ionq/Aria", {"device"}),
        ("dynamodb", "arn:aws:dynamodb:*:*:table/T", {"table"}),
        ("dynamodb", "arn:aws:dynamodb:*:*:table/T/index/*", {"index"}),
        ("ec2", "arn:aws:s3:::bucket", set()),
        ("s3", "bucket", set()),
        ("s3", "", set()),
    ],
)
def test_an_arn_tells_the_types_it_can_be_of(prefix: str, resource: str, types: set[str]) -> None:
    assert {kind.name for kind in the_service(prefix).resource_types_for(resource)} == types


@pytest.mark.parametrize("resource", ["*", "arn:*", "arn:aws:s3*", "?*"])
def test_a_wildcard_for_many_fields_is_of_every_type(resource: str) -> None:
    kinds = the_service("s3").resource_types
    assert {kind.name for kind in the_service("s3").resource_types_for(resource)} == set(kinds)


def test_every_action_of_every_service_can_be_read() -> None:
    from iamlint.knowledge.names import prefixes

    for prefix in prefixes():
        found = the_service(prefix)
        for name in found.actions:
            one = found.action(name)
            assert one is not None
            assert found.keys_of(one) <= {key.name for key in found.keys}
            assert all(target.type in found.resource_types for target in one.targets)


def test_the_service_says_whether_resource_control_policies_apply() -> None:
    assert the_service("s3").supports_rcp
    assert not the_service("ec2").supports_rcp


def test_what_is_documented_of_one_tag_of_a_resource_is_of_all() -> None:
    keys = {key.name for prefix in prefixes() for key in the_service(prefix).keys}
    assert {name for name in keys if name.lower().startswith("aws:resourcetag/")} == {"aws:ResourceTag/${}"}
