"""Which services say for whom they use a resource?"""

from __future__ import annotations

import pytest

from iamlint.knowledge import uses as module
from iamlint.knowledge.names import exists
from iamlint.knowledge.service_principals import find_service_principal
from iamlint.knowledge.uses import shows_what_it_reads, source_key, uses

NAMES = [line[2:].split()[0] for line in module._USES.splitlines() if line]


@pytest.mark.parametrize("name", NAMES)
def test_every_service_and_every_action_is_aws_s(name: str) -> None:
    assert find_service_principal(f"{name}.amazonaws.com") is not None
    assert uses(f"{name}.amazonaws.com")
    assert [action for action in uses(f"{name}.amazonaws.com") if not exists(action)] == []


def test_the_account_is_asked_for_where_aws_shows_it() -> None:
    assert source_key("s3.amazonaws.com") == "aws:SourceAccount"
    assert source_key("cloudfront.amazonaws.com") == "aws:SourceArn"


def test_a_region_and_another_suffix_are_the_same_service() -> None:
    assert uses("logs.eu-west-1.amazonaws.com") == uses("logs.amazonaws.com.cn") == ("lambda:InvokeFunction",)


def test_nothing_is_said_of_others() -> None:
    assert uses("ec2.amazonaws.com") == ()
    assert uses("") == ()
    assert not shows_what_it_reads("sns.amazonaws.com")
