"""Are all actions told that AWS does not have, be there ever so many?"""

from __future__ import annotations

import json

from iamlint.lint.run import lint
from iamlint.rulebook.book import load_book
from iamlint.zone import Zone
from tests.policy.reading import found

CARDS = [load_book().known("unknown-action")]
SLIPS = [f"s3:GetObjct{number}" for number in range(230)]


def test_of_many_all_are_told_and_what_was_meant_of_the_first_ones() -> None:
    statements = [{"Effect": "Allow", "Action": actions, "Resource": "*"} for actions in (SLIPS[:100], SLIPS[100:])]
    findings = lint(found(json.dumps({"Version": "2012-10-17", "Statement": statements})), CARDS, Zone(), 0).findings
    assert [finding.subject for finding in findings] == SLIPS
    titles = [finding.fix.title for finding in findings if finding.fix is not None]
    assert titles[:200] == ["write `s3:GetObject`"] * 200
    assert titles[200:] == ["look the name up in the service authorization reference"] * 30
