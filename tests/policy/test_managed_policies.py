"""Are the policies that AWS itself publishes read without a complaint?"""

from __future__ import annotations

import json

from moto.iam.aws_managed_policies import aws_managed_policies_data

from iamlint.policy.document import Kind
from tests.policy.reading import found


def test_the_policies_of_aws_have_no_problem() -> None:
    policies = json.loads(aws_managed_policies_data)
    complaints = []
    for name, policy in policies.items():
        (document,) = found(json.dumps(policy["Document"]))
        complaints += [(name, problem.message) for problem in document.problems]
        assert document.kind is Kind.IDENTITY, name
        assert document.policy.complete, name
    assert len(policies) > 1500
    assert complaints == []
