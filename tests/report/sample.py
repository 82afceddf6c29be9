"""Findings about policies that a test writes down, pointing at text instead of at offsets."""

from __future__ import annotations

from collections.abc import Iterator

from iamlint.access.evaluation.request import Request
from iamlint.finding import Finding, Fix, Label, Severity
from iamlint.policy.document import Document, Kind
from iamlint.policy.read import find_documents
from iamlint.report.outcome import Outcome
from iamlint.rulebook.card import Card
from iamlint.text.json import read_json
from iamlint.text.source import Source
from iamlint.text.tree import Node, Place

RULE = "trust-missing-external-id"
CARD = Card({"name": RULE, "summary": "s", "severity": "medium", "applies-to": "any"}, "trust", "rules/trust/trust-missing-external-id.md")


def document(text: str, name: str = "policy.json", kind: Kind | None = None) -> Document:
    """The one policy in `text`."""
    found = find_documents(read_json(Source(name, text.encode())), kind=kind)
    assert len(found) == 1
    return found[0]


def place(document: Document, text: str) -> Place:
    """The first key or value that is written as `text`."""
    source = document.tree.source
    for candidate in _places(document.tree.nodes(), ()):
        span = document.tree.locate(candidate)
        if source.text[span.start : span.end] == text:
            return candidate
    raise AssertionError(f"nothing is written as {text}")


def _places(node: Node, route: tuple[int, ...]) -> Iterator[Place]:
    if node.key is not None:
        yield Place(route, on_key=True)
    yield Place(route)
    for number, child in enumerate(node.children):
        yield from _places(child, (*route, number))


def finding(
    policy: Document,
    at: str | Place,
    message: str = "account 999988887777 can assume this role",
    label: str = "",
    *,
    rule: str = RULE,
    severity: Severity = Severity.HIGH,
    secondary: tuple[tuple[str, str], ...] = (),
    statement: int | None = None,
    subject: str = "",
    witness: Request | None = None,
    fix: Fix | None = None,
) -> Finding:
    """A finding that points at the text `at`."""
    return Finding(
        rule,
        policy,
        severity,
        message,
        Label(place(policy, at) if isinstance(at, str) else at, label),
        secondary=tuple(Label(place(policy, text), said) for text, said in secondary),
        statement=statement,
        subject=subject,
        witness=witness,
        fix=fix,
    )


def outcome(*findings: Finding) -> Outcome:
    """A run that found these in as many documents as they name."""
    documents = {id(one.document): one.document for one in findings}
    sources = [one.tree.source.name for one in documents.values()]
    return Outcome(findings, documents=len(documents), sources=sources, cards={RULE: CARD})
