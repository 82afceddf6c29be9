"""Which keys do services send?"""

from __future__ import annotations

import pytest

from iamlint.knowledge.services import (
    always_sends_source_keys,
    calls_for_callers,
    checks_pass_role,
    runs_code,
    sends_external_id,
    sends_source_keys,
    sends_tags,
    source_keys,
    work_together,
)


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("firehose.amazonaws.com", True),
        ("FIREHOSE.amazonaws.com", True),
        ("redshift.amazonaws.com", True),
        ("cognito-idp.amazonaws.com", True),
        ("vmie.amazonaws.com", True),
        ("ec2.amazonaws.com", False),
        ("ec2.amazonaws.com.cn", False),
        ("lambda.amazonaws.com", False),
        ("logs.eu-west-1.amazonaws.com", False),
        ("batchoperations.s3.amazonaws.com", False),
        ("no-such-service.amazonaws.com", None),
        ("eks.amazonaws.com", None),
        ("", None),
    ],
)
def test_a_service_sends_an_external_id_when_its_documentation_shows_one(service: str, expected: bool | None) -> None:
    assert sends_external_id(service) is expected


@pytest.mark.parametrize(
    ("service", "expected", "keys"),
    [
        ("states.amazonaws.com", "documented", ("aws:SourceAccount", "aws:SourceArn")),
        ("logs.us-gov-west-1.amazonaws.com", "documented", ("aws:SourceAccount", "aws:SourceArn")),
        ("rolesanywhere.amazonaws.com", "documented", ("aws:SourceArn",)),
        ("config.amazonaws.com", "documented", ("aws:SourceAccount",)),
        ("cloudtrail.amazonaws.com", "mixed", ("aws:SourceAccount", "aws:SourceArn")),
        ("elastictranscoder.amazonaws.com", "reported-not-sent", ()),
        ("ec2.amazonaws.com", None, ()),
        ("no-such-service.amazonaws.com", None, ()),
    ],
)
def test_a_service_sends_the_source_keys_that_its_documentation_shows(service: str, expected: str | None, keys: tuple[str, ...]) -> None:
    assert sends_source_keys(service) == expected
    assert source_keys(service) == keys


@pytest.mark.parametrize(
    ("service", "expected"), [("codebuild", True), ("sagemaker", False), ("cloudtrail", False), ("ec2", False), ("lambda", False)]
)
def test_only_a_service_documented_for_all_its_roles_always_sends_source_keys(service: str, expected: bool) -> None:
    assert always_sends_source_keys(f"{service}.amazonaws.com") is expected


def test_a_service_checks_pass_role_where_that_is_known() -> None:
    assert checks_pass_role("codebuild.amazonaws.com")
    assert not checks_pass_role("textract.amazonaws.com")


def test_roles_anywhere_sends_tags_and_acts_for_its_callers() -> None:
    assert sends_tags("rolesanywhere.amazonaws.com")
    assert calls_for_callers("rolesanywhere.amazonaws.com")
    assert not sends_tags("lambda.amazonaws.com")
    assert not calls_for_callers("lambda.amazonaws.com")


def test_services_work_together_when_a_guide_says_so() -> None:
    assert runs_code("lambda.amazonaws.com")
    assert not runs_code("events.amazonaws.com")
    assert work_together(["lambda.amazonaws.com", "edgelambda.amazonaws.com"])
    assert not work_together(["lambda.amazonaws.com", "ec2.amazonaws.com"])
