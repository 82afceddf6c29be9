"""Which texts may be the name of a service, and which may not?"""

from __future__ import annotations

import pytest

from iamlint.checks.conditions.condition_service_name_malformed import _may_be_name

NAMES = """
lambda.amazonaws.com lambda.amazonaws.com.cn config-multiaccountsetup.amazonaws.com alexa-appkit.amazon.com
member.org.stacksets.cloudformation.amazonaws.com logs.eu-west-1.amazonaws.com * lambda* *.amazonaws.* ec2.amazonaws.com* *.com
""".split()
NONE = "lambda Lambda.amazonaws.com lambda.amazonaws amazonaws.com .amazonaws.com lambda..amazonaws.com arn:aws:iam::1:role/x *.org".split()
IN_A_REGION = """
s3.eu-west-1.amazonaws.com s3.*.amazonaws.com *.amazonaws.com s3.* s3* * s3.cn-north-1.amazonaws.com.cn rds.us-iso-east-1.c2s.ic.gov
*eu-west-1.amazonaws.com s3.??-west-1.amazonaws.com *zonaws.com dynamodb.eu-*.amazonaws.com *.us-gov-west-1.amazonaws.com
""".split()
NOT_IN_ONE = (
    "s3.amazonaws.com S3.eu-west-1.amazonaws.com s3.eu-west-1 s3.eu.amazonaws.com *.eu.amazonaws.com *x.lambda.amazonaws.com".split()
)


@pytest.mark.parametrize("text", NAMES)
def test_a_service_may_be_called_so(text: str) -> None:
    assert _may_be_name(text, regional=False)


@pytest.mark.parametrize("text", NONE)
def test_no_service_is_called_so(text: str) -> None:
    assert not _may_be_name(text, regional=False)


@pytest.mark.parametrize("text", IN_A_REGION)
def test_a_service_may_be_called_so_in_a_region(text: str) -> None:
    assert _may_be_name(text, regional=True)


@pytest.mark.parametrize("text", NOT_IN_ONE)
def test_no_service_is_called_so_in_any_region(text: str) -> None:
    assert not _may_be_name(text, regional=True)
