"""Which conditions of a policy does a rule have to look at?"""

from __future__ import annotations

from iamlint.policy.quiet import others
from tests.access.build import policy

LOUD = {"StringEquals": {"aws:PrincipalAccount": "1", "aws:PrincipalOrgID": "o-a"}}
STILL = {"StringEquals": {"aws:PrincipalOrgID": "o-a"}}


def test_what_is_not_quiet_is_given_with_its_statement_wherever_it_stands() -> None:
    written = [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": one} for one in (STILL, LOUD, LOUD)]
    found = others(policy({"Statement": written}), lambda condition: "Account" not in condition.key)
    assert [(statement.index, condition.key) for statement, condition in found] == [(n, "aws:PrincipalAccount") for n in (1, 2)]
