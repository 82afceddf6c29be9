"""Which keys do services send?"""

from __future__ import annotations

import pytest

from iamlint.knowledge.services import sends_external_id, sends_source_keys, source_keys


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
