"""Who sends which condition key, and what can it say?"""

from __future__ import annotations

import re

import pytest

from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.knowledge.key_table import ACTIONS_WITH, ACTIONS_WITHOUT, GLOBAL_KEYS, SAML_KEYS, SESSION_KEYS, STS_KEYS
from iamlint.knowledge.keys import (
    KeyClass,
    Presence,
    canonical_key,
    excludes,
    is_global,
    is_multivalued,
    key_class,
    key_type,
    presence,
    split_claim,
    suggest_key,
    value_format,
    values_for,
)
from iamlint.knowledge.sts import TRUST_ACTIONS

ASSUME = "sts:AssumeRole"
SAML = "sts:AssumeRoleWithSAML"
TOKEN = "sts:AssumeRoleWithWebIdentity"
GITHUB = "token.actions.githubusercontent.com"
A, S, N = Presence.ALWAYS, Presence.SOMETIMES, Presence.NEVER
USER, ROLE, SERVICE = CallerKind.USER, CallerKind.ROLE, CallerKind.SERVICE
ROOT, ANONYMOUS = CallerKind.ROOT, CallerKind.ANONYMOUS
WEB_IDENTITY, ASSERTION = CallerKind.WEB_IDENTITY, CallerKind.SAML
TABLES = (GLOBAL_KEYS, STS_KEYS, SAML_KEYS, SESSION_KEYS)


@pytest.mark.parametrize(
    ("key", "caller", "action", "expected"),
    [
        ("sts:ExternalId", USER, ASSUME, S),
        ("sts:ExternalId", ROLE, ASSUME, S),
        ("sts:ExternalId", SERVICE, ASSUME, S),
        ("sts:ExternalId", WEB_IDENTITY, TOKEN, N),
        ("sts:ExternalId", ASSERTION, SAML, N),
        ("sts:ExternalId", USER, "sts:TagSession", N),
        ("sts:ExternalId", USER, "sts:SetSourceIdentity", N),
        ("sts:ExternalId", USER, "s3:GetObject", N),
        ("sts:RoleSessionName", USER, ASSUME, A),
        ("sts:RoleSessionName", ASSERTION, SAML, A),
        ("sts:RoleSessionName", WEB_IDENTITY, TOKEN, A),
        ("sts:RoleSessionName", USER, "sts:TagSession", N),
        ("sts:SourceIdentity", USER, "sts:SetSourceIdentity", S),
        ("sts:SourceIdentity", USER, "sts:TagSession", N),
        ("sts:TransitiveTagKeys", USER, "sts:TagSession", S),
        ("sts:DurationSeconds", USER, ASSUME, N),
        ("sts:RequestContextProviders", USER, "sts:SetContext", S),
        ("sts:RequestContextProviders", USER, ASSUME, N),
        ("sts:RoleAuthorizedByIdp", WEB_IDENTITY, TOKEN, S),
        ("aws:RequestTag/team", USER, ASSUME, S),
        ("aws:RequestTag/team", USER, "sts:SetSourceIdentity", N),
        ("aws:TagKeys", USER, "s3:PutObject", S),
        ("iam:ResourceTag/team", USER, ASSUME, S),
        ("iam:ResourceTag/team", ASSERTION, SAML, N),
        ("iam:ResourceTag/team", USER, "iam:DeleteUser", S),
        ("aws:MultiFactorAuthPresent", USER, ASSUME, S),
        ("aws:MultiFactorAuthPresent", ROLE, ASSUME, S),
        ("aws:MultiFactorAuthPresent", SERVICE, ASSUME, N),
        ("aws:MultiFactorAuthPresent", WEB_IDENTITY, TOKEN, N),
        ("aws:MultiFactorAuthPresent", ASSERTION, SAML, N),
        ("aws:MultiFactorAuthAge", USER, ASSUME, S),
        ("aws:MultiFactorAuthAge", ROLE, ASSUME, N),
        ("aws:PrincipalArn", USER, ASSUME, A),
        ("aws:PrincipalArn", ANONYMOUS, "s3:GetObject", N),
        ("aws:PrincipalAccount", SERVICE, ASSUME, N),
        ("aws:PrincipalOrgID", ROLE, ASSUME, S),
        ("aws:PrincipalOrgID", SERVICE, ASSUME, N),
        ("aws:PrincipalOrgPaths", WEB_IDENTITY, TOKEN, N),
        ("aws:PrincipalTag/x509Subject/CN", SERVICE, ASSUME, S),
        ("aws:PrincipalTag/team", ROLE, ASSUME, S),
        ("aws:PrincipalTag/team", WEB_IDENTITY, TOKEN, N),
        ("aws:PrincipalTag/team", ANONYMOUS, "s3:GetObject", N),
        ("aws:username", USER, ASSUME, A),
        ("aws:username", ROLE, ASSUME, N),
        ("aws:username", ROOT, "s3:GetObject", N),
        ("aws:TokenIssueTime", USER, ASSUME, S),
        ("aws:TokenIssueTime", ROLE, ASSUME, A),
        ("aws:SourceIp", SERVICE, ASSUME, S),
        ("aws:SourceVpce", ROLE, ASSUME, S),
        ("aws:SourceArn", SERVICE, ASSUME, S),
        ("aws:SourceAccount", ROLE, ASSUME, N),
        ("aws:SourceOrgID", USER, ASSUME, N),
        ("aws:PrincipalServiceName", SERVICE, ASSUME, A),
        ("aws:PrincipalServiceName", USER, ASSUME, N),
        ("aws:PrincipalIsAWSService", WEB_IDENTITY, TOKEN, N),
        ("aws:CurrentTime", WEB_IDENTITY, TOKEN, A),
        ("aws:SecureTransport", ANONYMOUS, "s3:GetObject", A),
        (f"{GITHUB}:sub", WEB_IDENTITY, TOKEN, A),
        (f"{GITHUB}:aud", WEB_IDENTITY, "sts:TagSession", A),
        (f"{GITHUB}:environment", WEB_IDENTITY, TOKEN, S),
        (f"{GITHUB}:sub", USER, ASSUME, N),
        (f"{GITHUB}:environment", ROLE, ASSUME, N),
        (f"{GITHUB}:repository_owner", WEB_IDENTITY, TOKEN, N),
        ("idp.example.com:groups", WEB_IDENTITY, TOKEN, S),
        ("cognito-identity.amazonaws.com:sub", ROLE, ASSUME, S),
        ("cognito-identity.amazonaws.com:amr", WEB_IDENTITY, TOKEN, A),
        ("graph.facebook.com:app_id", WEB_IDENTITY, TOKEN, A),
        ("graph.facebook.com:aud", WEB_IDENTITY, TOKEN, S),
        ("saml:aud", ASSERTION, SAML, A),
        ("saml:aud", ROLE, ASSUME, N),
        ("saml:sub", ROLE, ASSUME, S),
        ("saml:cn", ASSERTION, SAML, S),
        ("lambda:SourceFunctionArn", ROLE, "s3:GetObject", S),
        ("lambda:SourceFunctionArn", USER, "s3:GetObject", N),
    ],
)
def test_a_request_carries_the_keys_that_aws_documents_for_its_caller(
    key: str, caller: CallerKind, action: str, expected: Presence
) -> None:
    assert presence(key, caller, action) is expected


@pytest.mark.parametrize("key", ["aws:NoSuchKey", "s3:prefix", "sts:NoSuchKey", "nonsense", ""])
def test_an_unknown_key_may_be_there_or_not(key: str) -> None:
    assert {presence(key, caller, ASSUME) for caller in CallerKind} == {S}


def test_no_request_carries_a_key_with_the_scheme_of_an_address() -> None:
    assert {presence("https://gitlab.com:sub", caller, ASSUME) for caller in CallerKind} == {Presence.NEVER}


def test_keys_and_actions_are_read_in_any_case() -> None:
    assert presence("STS:EXTERNALID", USER, "STS:assumerole") is S
    assert presence("AWS:RequestTAG/Team", USER, "sts:setsourceidentity") is N
    assert presence(f"{GITHUB.upper()}:SUB", WEB_IDENTITY, TOKEN) is A


@pytest.mark.parametrize("table", TABLES)
def test_every_row_names_a_known_type_class_and_presence_for_each_caller(table: dict[str, tuple[str, bool | None, str, str, str]]) -> None:
    for name, (type_, _, class_, senders, pattern) in table.items():
        assert type_ in {"String", "Numeric", "Date", "Bool", "IPAddress", "ARN"}, name
        assert class_ in {member.value for member in KeyClass}, name
        assert len(senders) == len(CallerKind), name
        assert set(senders) <= {"A", "s", "-"}, name
        re.compile(pattern)


def test_rows_by_action_name_keys_that_exist_and_actions_of_sts() -> None:
    known = {name.lower() for table in TABLES for name in table} | {"iam:resourcetag/"}
    assert set(ACTIONS_WITH) == {name.lower() for name in STS_KEYS}
    assert set(ACTIONS_WITHOUT) <= known
    trust = {action.lower() for action in TRUST_ACTIONS}
    assert {action for actions in ACTIONS_WITHOUT.values() for action in actions} <= trust


@pytest.mark.parametrize(
    ("key", "caller", "expected"),
    [
        ("aws:MultiFactorAuthPresent", ROLE, ("false",)),
        ("aws:MultiFactorAuthPresent", USER, None),
        ("aws:PrincipalIsAWSService", SERVICE, ("true",)),
        ("aws:PrincipalIsAWSService", ROLE, ("false",)),
        ("AWS:PRINCIPALTYPE", ROLE, ("AssumedRole",)),
        ("aws:PrincipalType", SERVICE, None),
        ("aws:PrincipalAccount", ANONYMOUS, ("anonymous",)),
        ("aws:PrincipalAccount", USER, None),
        ("aws:ViaAWSService", WEB_IDENTITY, ("false",)),
        ("aws:ViaAWSService", ROLE, None),
        ("sts:ExternalId", USER, None),
    ],
)
def test_some_values_are_fixed_by_the_caller(key: str, caller: CallerKind, expected: tuple[str, ...] | None) -> None:
    assert values_for(key, caller) == expected


def test_an_internet_address_excludes_a_vpc_endpoint_and_the_reverse() -> None:
    assert "aws:sourcevpce" in excludes("aws:SourceIp")
    assert excludes("aws:SourceVpc") == {"aws:sourceip"}
    assert excludes("aws:PrincipalArn") == frozenset()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("aws:TagKeys", True),
        ("aws:PrincipalOrgPaths", True),
        ("sts:TransitiveTagKeys", True),
        ("aws:PrincipalOrgID", False),
        ("aws:PrincipalTag/team", False),
        ("sts:ExternalId", False),
        ("saml:edupersonaffiliation", True),
        ("saml:mail", None),
        (f"{GITHUB}:sub", False),
        ("cognito-identity.amazonaws.com:amr", True),
        (f"{GITHUB}:environment", None),
        ("s3:prefix", False),
        ("dynamodb:LeadingKeys", True),
        ("codestar-connections:ProviderAction", None),
        ("s3:nothing", None),
    ],
)
def test_a_key_is_multivalued_when_aws_says_so_in_all_its_pages(key: str, expected: bool | None) -> None:
    assert is_multivalued(key) is expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("aws:PrincipalArn", "ARN"),
        ("aws:SourceIp", "IPAddress"),
        ("aws:MultiFactorAuthAge", "Numeric"),
        ("aws:EpochTime", "Date"),
        ("aws:securetransport", "Bool"),
        ("aws:RequestTag/team", "String"),
        (f"{GITHUB}:sub", "String"),
        ("accounts.google.com:google/organization_number", "Numeric"),
        ("s3:prefix", "String"),
        ("s3:signatureAge", "Numeric"),
        ("s3:nothing", None),
    ],
)
def test_the_type_of_a_key(key: str, expected: str | None) -> None:
    assert key_type(key) == expected


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("aws:SourceAccount", ("111122223333",), ("1", "*", "arn:aws:iam::111122223333:root")),
        ("aws:PrincipalOrgID", ("o-a1b2c3d4e5",), ("o-", "r-abcd", "O-A1B2C3D4E5")),
        ("aws:PrincipalOrgPaths", ("o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/", "o-a1b2c3d4e5/r-ab12/"), ("o-a1b2c3d4e5", "*")),
        (
            "sts:ExternalId",
            ("12", "acme@stack", "arn:aws:redshift:us-east-1:111122223333:dbuser:c/u"),
            ("", "a", "a b", "*", "a?"),
        ),
        ("sts:RoleSessionName", ("jane", "i-0abc"), ("j", "a/b", "a:b")),
        ("aws:SourceVpc", ("vpc-0123456789abcdef0",), ("vpc-", "subnet-1")),
        ("aws:SourceVpce", ("vpce-0123456789abcdef0",), ("vpc-012",)),
        ("aws:SourceArn", ("arn:aws:s3:::bucket", "arn:aws-cn:sns:cn-north-1:111122223333:t"), ("*", "arn:aws:s3:::*", "bucket")),
        ("aws:PrincipalTag/team", ("blue", "", "a b"), ("*",)),
    ],
)
def test_a_format_takes_what_is_legal_and_nothing_that_aws_never_sends(key: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    pattern = value_format(key)
    assert pattern is not None
    assert [text for text in good if not re.fullmatch(pattern, text)] == []
    assert [text for text in bad if re.fullmatch(pattern, text)] == []


@pytest.mark.parametrize("key", ["aws:UserAgent", "aws:userid", "aws:SourceIp", f"{GITHUB}:sub", "s3:prefix"])
def test_a_key_without_a_documented_form_has_none(key: str) -> None:
    assert value_format(key) is None


@pytest.mark.parametrize(
    ("expected", "keys"),
    [
        (KeyClass.IDENTITY, ["aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:SourceArn", "aws:userid", f"{GITHUB}:sub", "saml:aud"]),
        (KeyClass.OWNER_CONTROLLED, ["aws:username", "aws:PrincipalTag/team", "aws:PrincipalType"]),
        (KeyClass.CALLER_CONTROLLED, ["sts:ExternalId", "sts:RoleSessionName", "aws:RequestTag/x", "aws:UserAgent", "aws:RequestedRegion"]),
        (KeyClass.NETWORK, ["aws:SourceIp", "aws:SourceVpc", "aws:VpcSourceIp", "aws:VpceOrgID"]),
        (KeyClass.ASSURANCE, ["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"]),
        (KeyClass.TIME, ["aws:CurrentTime", "aws:EpochTime", "aws:TokenIssueTime"]),
        (KeyClass.OTHER, ["aws:SecureTransport", "aws:ResourceTag/x", "s3:prefix"]),
    ],
)
def test_a_key_belongs_to_who_has_a_say_in_it(expected: KeyClass, keys: list[str]) -> None:
    assert {key: key_class(key) for key in keys} == dict.fromkeys(keys, expected)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("aws:principalorgid", True),
        ("aws:RequestTag/x", True),
        ("aws:ExternalId", False),
        ("sts:ExternalId", False),
        ("aws:PrincipalTag/", False),
    ],
)
def test_global_keys_are_those_of_the_global_list(key: str, expected: bool) -> None:
    assert is_global(key) is expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("STS:externalid", "sts:ExternalId"),
        ("AWS:sourcevpce", "aws:SourceVpce"),
        ("aws:principaltag/Team", "aws:PrincipalTag/Team"),
        ("s3:Prefix", "s3:prefix"),
        ("s3:existingobjecttag/Team", "s3:ExistingObjectTag/Team"),
        ("s3:Nothing", "s3:Nothing"),
    ],
)
def test_a_known_key_has_awss_own_capitals(key: str, expected: str) -> None:
    assert canonical_key(key) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("aws:ExternalId", "sts:ExternalId"),
        ("iam:ExternalId", "sts:ExternalId"),
        ("ExternalId", "sts:ExternalId"),
        ("sts:ExternalID ", "sts:ExternalId"),
        ("aws:PrincipalOrgsID", "aws:PrincipalOrgID"),
        ("s3:prefx", "s3:prefix"),
        ("s3:ExistingObjectTags/Team", "s3:ExistingObjectTag/Team"),
        ("aws:PrincipleTag/team", "aws:PrincipalTag/team"),
        ("aws:MultifactorAuthPresnt", "aws:MultiFactorAuthPresent"),
        ("sts:externalid", None),
        ("aws:zebra", None),
        ("s3:prefix", None),
        (f"{GITHUB}:sub", None),
        ("firehose:ResourceTag/LogsIn", "aws:ResourceTag/LogsIn"),
        ("iam:PrincipalArn", "aws:PrincipalArn"),
    ],
)
def test_a_near_miss_suggests_the_key_that_was_meant(key: str, expected: str | None) -> None:
    assert suggest_key(key) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (f"{GITHUB}:sub", (GITHUB, "sub")),
        ("Oidc.Eks.us-east-1.amazonaws.com/id/ABC:sub", ("oidc.eks.us-east-1.amazonaws.com/id/abc", "sub")),
        ("oidc.circleci.com/org/1:oidc.circleci.com/project-id", ("oidc.circleci.com/org/1", "oidc.circleci.com/project-id")),
        ("aws:PrincipalOrgID", None),
        ("https://gitlab.com:sub", None),
        ("gitlab.com", None),
        ("gitlab.com:", None),
    ],
)
def test_an_issuers_key_is_its_address_and_a_claim(key: str, expected: tuple[str, str] | None) -> None:
    assert split_claim(key) == expected


def test_only_callers_of_an_account_have_principal_keys() -> None:
    carriers = {caller for caller in CallerKind if presence("aws:PrincipalArn", caller, ASSUME) is A}
    assert carriers == IAM_CALLERS
