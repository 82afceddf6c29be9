"""Is iamlint silent about policies that are as they should be?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from iamlint.finding import Severity
from iamlint.lint.run import lint
from iamlint.policy.document import Kind
from iamlint.policy.read import find_documents
from iamlint.report.look import Look
from iamlint.report.text import render
from iamlint.rulebook.book import load_book
from iamlint.rulebook.select import choose
from iamlint.text.read import read
from iamlint.text.source import Source
from iamlint.zone import Zone

QUIET = Path(__file__).parents[1] / "fixtures" / "quiet"
FILES = sorted(QUIET.rglob("*.json"))
RULES = choose(load_book())
# Whose policies they are, and a moment to judge them by.
OURS = Zone(["210987654321"], ["o-7fk3mx92qp"], ["543210987654", "654321098765", "464622532012"])
NOW = 1795478400
LEAST = {"trust": 150, "identity": 55, "resource": 50, "scp": 14, "rcp": 4, "vpc-endpoint": 4, "boundary": 2, "session": 2}


def checked(path: Path) -> Iterator[str]:
    """What is wrong: failures, and findings that people would be shown as a mistake."""
    documents = [
        found for tree in read(Source(path.name, path.read_bytes())) for found in find_documents(tree, kind=Kind(path.parent.name))
    ]
    assert [document.kind.value for document in documents] == [path.parent.name]
    outcome = lint(documents, RULES, OURS, NOW)
    yield from [failure.message for failure in outcome.failures]
    if any(finding.severity.rank >= Severity.MEDIUM.rank for finding in outcome.findings):
        yield "".join(render(outcome, Look(100)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_policy_that_is_as_it_should_be_is_no_mistake(path: Path) -> None:
    assert "\n".join(checked(path)) == ""


@pytest.mark.parametrize(("kind", "least"), LEAST.items())
def test_there_are_policies_of_each_kind(kind: str, least: int) -> None:
    assert sum(path.parent.name == kind for path in FILES) >= least
