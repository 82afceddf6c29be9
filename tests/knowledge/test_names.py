"""Which actions does a pattern match, and which name was meant?"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from iamlint.knowledge import names
from iamlint.knowledge.retired import is_retired, is_retired_service, last_documented
from iamlint.knowledge.undocumented import is_undocumented, is_undocumented_service
from iamlint.knowledge.wildcards import matching


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("sts:AssumeRole", ("sts:AssumeRole",)),
        ("STS:assumerole", ("sts:AssumeRole",)),
        ("sts:AssumeRole*", ("sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity")),
        ("sts:*Role", ("sts:AssumeRole",)),
        ("st?:*sumeR?le", ("sts:AssumeRole",)),
        ("sts:Nothing*", ()),
        ("sts:", ()),
        ("sts", ()),
        ("nothing:*", ()),
    ],
)
def test_a_pattern_is_expanded(pattern: str, expected: tuple[str, ...]) -> None:
    assert names.expand(pattern) == expected


@pytest.mark.parametrize("pattern", ["*", "**", "*:*", ""])
def test_a_star_is_every_action(pattern: str) -> None:
    assert len(names.expand(pattern)) == (0 if not pattern else sum(len(names.action_names(prefix)) for prefix in names.prefixes()))


def test_a_name_with_a_common_beginning_and_marks_is_found() -> None:
    assert list(matching("a?c*", ["aac", "abc", "abcd", "abd", "b"])) == [0, 1, 2]


def test_hostile_patterns_end() -> None:
    assert names.expand("s3:" + "*a" * 200) == ()


@pytest.mark.parametrize(
    ("action", "meant"),
    [
        ("s3:GetObjcet", "s3:GetObject"),
        ("iam:ListUser", "iam:ListUsers"),
        ("lamda:InvokeFunction", "lambda:InvokeFunction"),
        ("iam:AssumeRole", "sts:AssumeRole"),
        ("cloudwatch:PutLogEvents", "logs:PutLogEvents"),
        ("s3:ListObjects", "s3:ListBucket"),
        ("s3:HeadObject", "s3:GetObject"),
        ("lambda:Invoke", "lambda:InvokeFunction"),
        ("s3:GetObject", None),
        ("s3:Get*", None),
        ("s3:Xyzzy", None),
        ("GetObject", None),
        ("", None),
        ("ecr-public:BatchGetImage", "ecr:BatchGetImage"),
        ("bedrock:GetModelInvocationLogging", "bedrock:GetModelInvocationLoggingConfiguration"),
    ],
)
def test_a_slip_is_understood(action: str, meant: str | None) -> None:
    assert names.suggest_action(action) == meant


@pytest.mark.parametrize(("prefix", "meant"), [("lamda", "lambda"), ("cloudfomation", "cloudformation"), ("s3", None), ("xyzzy", None)])
def test_a_slip_in_a_prefix_is_understood(prefix: str, meant: str | None) -> None:
    assert names.suggest_service(prefix) == meant


def test_services_have_names() -> None:
    assert names.service_name("S3") == "Amazon S3"
    assert names.service_name("nothing") is None


def test_a_name_leads_to_the_services_that_have_it() -> None:
    assert names.services_with("putlogevents") == ("logs",)
    assert {"ec2", "lambda"}.isdisjoint(names.services_with("AssumeRole"))


def test_an_action_that_aws_dropped_is_retired() -> None:
    assert is_retired("Artifact:get")
    assert last_documented("elastic-inference:Connect") is not None
    assert not is_retired("s3:GetObject")
    assert not is_retired("s3:Xyzzy")
    assert last_documented("s3:GetObject") is None
    assert is_retired_service("deeplens")
    assert not is_retired_service("s3")


def test_nothing_of_the_services_that_matter_most_is_retired() -> None:
    from iamlint.knowledge.data import table

    assert [name for name in table("retired") if name.split(":")[0] in ("iam", "sts", "s3", "ec2")] == []


def entries(statement: dict[str, object]) -> Iterator[str]:
    for element in ("Action", "NotAction"):
        value = statement.get(element, [])
        yield from [value] if isinstance(value, str) else value  # type: ignore[misc]  # a list of texts in AWS's own policies


def test_the_policies_that_aws_manages_name_few_actions_that_are_not_known() -> None:
    from moto.iam.aws_managed_policies import aws_managed_policies_data

    unknown = []
    for name, policy in json.loads(aws_managed_policies_data).items():
        statements = policy["Document"]["Statement"]
        found = [entry for statement in (statements if isinstance(statements, list) else [statements]) for entry in entries(statement)]
        unknown += [(name, entry) for entry in found if not names.expand(entry)]
    assert len(unknown) <= 140
    assert len({name for name, _ in unknown}) <= 22
    assert [entry for _, entry in unknown if not is_undocumented(entry)] == []


def test_actions_that_only_aws_itself_names_are_told_apart() -> None:
    assert is_undocumented("BUILDERID:CreateInvitation")
    assert not is_undocumented("builderid:Xyzzy")
    assert not is_undocumented("s3:GetObject")
    assert is_undocumented_service("zocalo")
    assert not is_undocumented_service("s3")
    assert not is_undocumented_service("xyzzy")
