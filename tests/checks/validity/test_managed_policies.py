"""Do the rules about validity find nothing that is broken in the policies that AWS itself publishes?"""

from __future__ import annotations

import json

from moto.iam.aws_managed_policies import aws_managed_policies_data

from iamlint.finding import Confidence, Severity
from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.rulebook.book import load_book
from iamlint.zone import Zone
from tests.policy.reading import found

CARDS = [card for card in load_book().cards if card.family == "validity" and card.preset == "recommended"]
DOCUMENTS = [found(json.dumps(policy["Document"]), Kind.IDENTITY)[0] for policy in json.loads(aws_managed_policies_data).values()]
FINDINGS = lint(DOCUMENTS, CARDS, Zone(), 1795478400).findings

# AWS attaches its own policies beyond the quota of others, and some of them name resources in a form that its documentation does not have.
KNOWN = {"invalid-arn", "policy-too-long"}


def test_no_policy_of_aws_has_an_error() -> None:
    assert [finding.message for finding in FINDINGS if finding.severity.rank >= Severity.MEDIUM.rank] == []


def test_what_is_found_rests_on_documentation_or_a_quota() -> None:
    assert {finding.rule for finding in FINDINGS} <= KNOWN
    assert all(finding.confidence is Confidence.MEDIUM for finding in FINDINGS if finding.rule == "invalid-arn")


def test_few_resources_of_aws_are_not_documented() -> None:
    assert len({finding.subject for finding in FINDINGS if finding.rule == "invalid-arn"}) <= 50
