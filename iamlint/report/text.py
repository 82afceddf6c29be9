"""What does a person read in the terminal? Each finding with its text and marks, the witness, the fix, and how to learn more."""

from __future__ import annotations

from functools import cache

from iamlint.report.escape import visible, wrapped
from iamlint.report.premises import premises_of, sentence
from iamlint.report.row import BAR, drawn, noted, usual_note
from iamlint.report.snippet import marks_of, snippet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from iamlint.access.evaluation.request import Request
    from iamlint.finding import Finding
    from iamlint.report.look import Look
    from iamlint.report.outcome import Outcome
    from iamlint.report.row import Row
    from iamlint.report.snippet import Mark


def render(outcome: Outcome, look: Look) -> Iterator[str]:
    """The report in pieces, one a finding, each ending in a line break."""
    return findings_text(outcome.findings, look)


def findings_text(findings: Iterable[Finding], look: Look) -> Iterator[str]:
    """Findings as text, with an empty line between two."""
    for number, finding in enumerate(findings):
        yield ("\n" if number else "") + "\n".join(finding_lines(finding, look)) + "\n"


def finding_lines(finding: Finding, look: Look) -> list[str]:
    """One finding as lines without their line breaks."""
    marks = marks_of(finding)
    shown = snippet(finding.document.tree.source, marks, look)
    mended = _mended(finding, look)
    digits = _digits(marks, mended)
    lines = [*_head(finding, look), _arrow(finding, marks[0], digits, look), *drawn(shown, digits, look)]
    if conditions := premises_of(finding):
        lines += noted("where", visible(sentence(conditions), look), digits, look)
    if finding.witness is not None:
        lines += noted("witness", visible(_sentence()(finding, finding.witness), look), digits, look)
    if finding.fix is not None:
        lines += usual_note("help", finding.fix.title, digits, look)
        lines += drawn(mended, digits, look)
    explained = f"confidence {finding.confidence.value}; see `iamlint explain {finding.rule}`"
    return [*lines, *usual_note("note", explained, digits, look)]


@cache
def _sentence() -> Callable[[Finding, Request], str]:
    """What says a witness in words; loaded for the first."""
    from iamlint.report.witness import sentence

    return sentence


def _digits(marks: list[Mark], mended: list[Row]) -> int:
    """How many columns the widest line number takes."""
    last = max([mark.line for mark in marks])
    for row in mended:
        last = max(last, row.number or 0)
    return len(str(last))


def _head(finding: Finding, look: Look) -> list[str]:
    """Severity, rule and message; a message that does not fit goes on below, indented."""
    severity = finding.severity.value
    label = f"{severity}[{visible(finding.rule, look)}]:"
    first, *rest = wrapped(f"{label} {visible(finding.message, look)}", look.width - 4, look.width)
    painted = look.paint(severity, label) + look.paint("bold", first[len(label) :])
    return [painted, *("    " + look.paint("bold", line) for line in rest)]


def _arrow(finding: Finding, primary: Mark, digits: int, look: Look) -> str:
    path = visible(finding.document.tree.source.name, look)
    return " " * digits + look.paint("gutter", "-->") + f" {path}:{primary.line}:{primary.start + 1}"


def _mended(finding: Finding, look: Look) -> list[Row]:
    """The fix's changed lines between two bars; nothing when there is only advice."""
    if finding.fix is None or not finding.fix.changes:
        return []
    from iamlint.report.mend import diff

    rows = diff(finding.fix, finding.document.tree, look)
    return [BAR, *rows, BAR] if rows else []
