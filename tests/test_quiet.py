"""Is iamlint silent about policies that are as they should be?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from iamlint.finding import Severity
from iamlint.lint.run import lint
from iamlint.policy.document import Document, Kind
from iamlint.policy.read import find_documents
from iamlint.report.look import Look
from iamlint.report.text import render
from iamlint.rulebook.book import load_book
from iamlint.rulebook.select import choose
from iamlint.text.read import read
from iamlint.text.source import Source
from iamlint.zone import Zone

QUIET = Path(__file__).parents[1] / "fixtures" / "quiet"
TEMPLATES = sorted((QUIET / "templates").iterdir())
FILES = sorted(set(QUIET.rglob("*.json")).difference(TEMPLATES))
RULES = choose(load_book())
# Whose policies they are, and a moment to judge them by.
OURS = Zone(["210987654321"], ["o-7fk3mx92qp"], ["543210987654", "654321098765", "464622532012"])
NOW = 1795478400
POLICIES = {
    "Pulumi.yaml": 1,
    "events.yaml": 3,
    "logs.yaml": 1,
    "model.json": 0,
    "network.yaml": 3,
    "people.yaml": 4,
    "serverless.yml": 2,
}
LEAST = {"trust": 150, "identity": 55, "resource": 50, "scp": 14, "rcp": 4, "vpc-endpoint": 4, "boundary": 2, "session": 2}


def documents_in(path: Path, kind: Kind | None = None) -> list[Document]:
    return [found for tree in read(Source(path.name, path.read_bytes())) for found in find_documents(tree, kind=kind)]


def checked(documents: Sequence[Document]) -> Iterator[str]:
    """What is wrong: failures, and findings that people would be shown as a mistake."""
    outcome = lint(documents, RULES, OURS, NOW)
    yield from [failure.message for failure in outcome.failures]
    if any(finding.severity.rank >= Severity.MEDIUM.rank for finding in outcome.findings):
        yield "".join(render(outcome, Look(100)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_policy_that_is_as_it_should_be_is_no_mistake(path: Path) -> None:
    documents = documents_in(path, Kind(path.parent.name))
    assert [document.kind.value for document in documents] == [path.parent.name]
    assert "\n".join(checked(documents)) == ""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_that_are_as_they_should_be_are_no_mistake(path: Path) -> None:
    documents = documents_in(path)
    assert len(documents) == POLICIES[path.name]
    assert "\n".join(checked(documents)) == ""


@pytest.mark.parametrize(("kind", "least"), LEAST.items())
def test_there_are_policies_of_each_kind(kind: str, least: int) -> None:
    assert sum(path.parent.name == kind for path in FILES) >= least
