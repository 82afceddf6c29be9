"""Does a witness look like a request that somebody could make?"""

from __future__ import annotations

import pytest

from iamlint.access.access import Access
from iamlint.access.evaluation.request import Witness
from iamlint.access.search.question import key_is
from iamlint.access.sets.value_sets import ALL_TEXT
from tests.access.build import allow


def met(**condition: dict[str, str]) -> Witness:
    found = Access(allow(Principal={"AWS": "*"}, Condition=condition), None).meets([])
    assert found is not None
    return found


@pytest.mark.parametrize("operator", ["ArnLike", "StringLike"])
def test_a_role_has_a_name_behind_its_path(operator: str) -> None:
    found = met(**{operator: {"aws:PrincipalArn": "arn:aws:iam::*:role/ci/*"}})
    assert found.request.caller.name == "ci/Outsider"


def test_what_a_pattern_leaves_open_is_not_left_empty() -> None:
    assert met(StringLike={"sts:RoleSessionName": "app-*"}).request.context == {"sts:rolesessionname": "app-x"}


def test_keys_of_a_question_are_spelled_as_aws_does() -> None:
    access = Access(allow(Principal={"AWS": "*"}), None)
    found = access.meets([key_is(access.space, "aws:principalorgid", ALL_TEXT)])
    assert found is not None
    assert found.request.names == {"aws:principalorgid": "aws:PrincipalOrgID"}
