"""What the rules about trust say of statements."""

from __future__ import annotations

import json
from typing import Any

from iamlint.finding import Finding
from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.report.mend import edits_of
from iamlint.rulebook.book import load_book
from iamlint.rulebook.select import choose
from iamlint.text.edit import apply
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone

CARDS = choose(load_book())
OWN = "arn:aws:iam::111122223333:root"
VENDOR = "arn:aws:iam::444455556666:root"
ZONE = Zone(["111122223333"])


def findings(rule: str, *statements: dict[str, Any], zone: Zone = ZONE, alone: bool = False) -> list[Finding]:
    """What `rule` finds in a trust policy of these statements when it is asked alone or with all others."""
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    documents = find_documents(read_json(Source("policy.json", text.encode())), kind=Kind.TRUST)
    outcome = lint(documents, [card for card in CARDS if not alone or card.name == rule], zone, 0)
    assert outcome.failures == ()
    return [finding for finding in outcome.findings if finding.rule == rule]


def mended(finding: Finding) -> Any:
    """The statements after the finding's fix."""
    assert finding.fix is not None
    tree = finding.document.tree
    return json.loads(apply(tree.source.text, edits_of(finding.fix, tree)))["Statement"]


def marked(finding: Finding) -> str:
    """The text that the finding points at."""
    tree = finding.document.tree
    span = tree.locate(finding.primary.place)
    return tree.source.text[span.start : span.end]


def trust(principal: Any, condition: Any = None, action: Any = "sts:AssumeRole", effect: str = "Allow") -> dict[str, Any]:
    """A statement of a trust policy."""
    statement = {"Effect": effect, "Principal": principal if isinstance(principal, dict) else {"AWS": principal}, "Action": action}
    return {**statement, "Condition": condition} if condition else statement
