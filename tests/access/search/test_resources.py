"""Which resources does the engine take a pattern with variables for?"""

from __future__ import annotations

import pytest

from iamlint.access.access import Access
from iamlint.access.evaluation.request import Witness
from tests.access.build import allow


def met(resource: str, version: str = "2012-10-17") -> Witness | None:
    one = allow(Resource=resource)
    one.version = version
    return Access(one, None).meets([])


@pytest.mark.parametrize("resource", ["arn:aws:kms:*:${aws:PrincipalAccount}:key/*", "arn:${aws:PrincipalTag/p, 'aws'}:s3:::a"])
def test_a_variable_before_the_last_part_matches_nothing(resource: str) -> None:
    assert met(resource) is None


def test_a_variable_in_the_last_part_is_filled_in() -> None:
    found = met("arn:aws:s3:::a:${aws:PrincipalTag/team}/x")
    assert found is not None
    assert found.request.resource == f"arn:aws:s3:::a:{found.request.value('aws:principaltag/team')}/x"


def test_without_variables_its_colon_separates_parts() -> None:
    found = met("arn:aws:kms:*:${aws:PrincipalAccount}:key/x", "2008-10-17")
    assert found is not None
    assert found.request.resource is not None
    assert found.request.resource.endswith(":${aws:PrincipalAccount}:key/x")


def test_an_escaped_wildcard_is_a_character_in_every_part() -> None:
    found = met("arn:aws:s3:${*}:${?}:${*}${$}")
    assert found is not None
    assert found.request.resource == "arn:aws:s3:*:?:*$"
