"""Which conditions of a policy does a rule have to look at?"""

from __future__ import annotations

from iamlint.policy.condition import Condition
from iamlint.policy.quiet import Quiet
from iamlint.policy.statement import Policy
from tests.access.build import policy

LOUD = {"StringEquals": {"aws:PrincipalAccount": "1", "aws:PrincipalOrgID": "o-a"}}
STILL = {"StringEquals": {"aws:PrincipalOrgID": "o-a"}}


def test_what_is_not_quiet_is_given_with_its_statement_wherever_it_stands() -> None:
    quiet = Quiet(lambda condition: condition.key == "aws:PrincipalOrgID")
    for _ in range(2):
        found = quiet.others(made(STILL, LOUD, LOUD))
        assert [(statement.index, condition.key) for statement, condition in found] == [
            (1, "aws:PrincipalAccount"),
            (2, "aws:PrincipalAccount"),
        ]


def test_each_condition_is_asked_about_once() -> None:
    asked: list[str] = []

    def is_quiet(condition: Condition) -> bool:
        asked.append(condition.key)
        return condition.key == "aws:PrincipalOrgID"

    quiet = Quiet(is_quiet)
    quiet.others(made(LOUD, STILL))
    quiet.others(made(LOUD))
    assert sorted(asked) == ["aws:PrincipalAccount", "aws:PrincipalOrgID"]


def made(*conditions: dict[str, dict[str, str]]) -> Policy:
    return policy({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": one} for one in conditions]})
