"""Does only what somebody said of the zone count as said?"""

from __future__ import annotations

import json

from iamlint.lint.run import lint
from iamlint.policy.read import find_documents
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone
from tests.checks.trust.asking import CARDS, VENDOR, findings, trust


def test_the_account_in_a_documents_own_text_configures_no_zone() -> None:
    policy = {"Version": "2012-10-17", "Statement": [trust(VENDOR)]}
    role = {"Role": {"RoleName": "a", "Arn": "arn:aws:iam::111122223333:role/a", "AssumeRolePolicyDocument": policy}}
    documents = find_documents(read_json(Source("role.json", json.dumps(role).encode())))
    assert [document.account for document in documents] == ["111122223333"]
    assert [finding.rule for finding in lint(documents, CARDS, Zone(), 0).findings] == ["trust-missing-external-id"]


def test_an_account_that_aws_runs_for_a_service_is_not_unknown() -> None:
    assert findings("trust-unknown-account", trust("127311923021")) == []
