"""What the rules about permissions say of statements."""

from __future__ import annotations

import json
from typing import Any

from iamlint.finding import Finding
from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.rulebook.book import load_book
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.zone import Zone

CARDS = tuple(card for card in load_book().cards if card.family == "permissions")


def findings(rule: str, *statements: dict[str, Any]) -> list[Finding]:
    """What `rule` finds in an identity policy of these statements when all rules of the family are asked."""
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    outcome = lint(find_documents(read_json(Source("policy.json", text.encode())), kind=Kind.IDENTITY), CARDS, Zone(), 0)
    assert outcome.failures == ()
    return [finding for finding in outcome.findings if finding.rule == rule]


def severities(rule: str, *statements: dict[str, Any]) -> list[str]:
    """How bad the findings are, in order."""
    return [finding.severity.value for finding in findings(rule, *statements)]


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    """An Allow."""
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    """A Deny."""
    return {**allow(action, resource, **more), "Effect": "Deny"}
