"""Are the rules on conditions silent on the policies that AWS itself publishes?"""

from __future__ import annotations

import json

from moto.iam.aws_managed_policies import aws_managed_policies_data

from iamlint.finding import Severity
from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.rulebook.book import load_book
from iamlint.zone import Zone
from tests.policy.reading import found

NOW = 1767225600


def test_the_policies_of_aws_have_no_finding() -> None:
    cards = [card for card in load_book().cards if card.family == "conditions" and card.preset == "recommended"]
    documents = [found(json.dumps(policy["Document"]), Kind.IDENTITY)[0] for policy in json.loads(aws_managed_policies_data).values()]
    outcome = lint(documents, cards, Zone(), NOW)
    assert len(cards) >= 9
    # Some list an action beside others whose keys it is not documented to have, such as tags beside ec2:DescribeInstances.
    told = [
        finding.message
        for finding in outcome.findings
        if (finding.rule, finding.severity) != ("condition-key-not-in-context", Severity.LOW)
    ]
    assert told == []
    assert outcome.failures == ()
