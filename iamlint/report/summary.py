"""What does a person want to know at the end: how much was found, looked at, and left unchecked?"""

from __future__ import annotations

from iamlint.finding import Severity
from iamlint.report.escape import visible
from iamlint.report.look import Look
from iamlint.report.outcome import FailureKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.report.outcome import Failure, Outcome


def count(outcome: Outcome, look: Look) -> str:
    """`2 findings: 1 critical, 1 high · 14 documents in 9 files`."""
    looked = f"{_many(outcome.documents, 'document')} in {_many(len(outcome.sources), 'file')}"
    if not outcome.findings:
        return f"No findings {look.dot} {looked}"
    counts = []
    severities = [finding.severity for finding in outcome.findings]
    for severity in reversed(Severity):
        number = severities.count(severity)
        if number:
            counts.append(look.paint(severity.value, f"{number} {severity.value}"))
    return f"{_many(len(outcome.findings), 'finding')}: {', '.join(counts)} {look.dot} {looked}"


def closing(outcome: Outcome, look: Look, date: str) -> list[str]:
    """`count`, and of which day what is known of AWS is: behind it where there is room, else below."""
    line, known = count(outcome, look), f"AWS data {date}"
    room = look.width - len(count(outcome, Look())) - len(f" {look.dot} ")
    return [f"{line} {look.dot} {known}"] if len(known) <= room else [line, known]


def incomplete(outcome: Outcome, look: Look, ending: str) -> list[str]:
    """Which documents were not checked, or not by every rule, and why; nothing when all were. `ending` says what follows from it."""
    failures = [failure for failure in outcome.failures if failure.kind in (FailureKind.INVALID, FailureKind.UNDECIDED)]
    if not failures:
        return []
    number = len({(failure.path, failure.line) for failure in failures})
    head = f"{number} of {_many(outcome.documents, 'document')} could not be checked"
    return [
        f"{look.paint('error', 'incomplete:')} {head} ({ending})",
        *(f"  {_place(failure, look)}: {visible(failure.message, look)}" for failure in failures),
    ]


def error_lines(failure: Failure, look: Look) -> list[str]:
    """A failure of ours or of the file system, with what to do."""
    said = [f"{look.paint('error', 'error:')} {visible(failure.message, look)}"]
    if failure.kind is FailureKind.UNREADABLE:
        said = [f"{look.paint('error', 'error:')} {_place(failure, look)}: {visible(failure.message, look)}"]
    if failure.cause:
        said.append(f"  {visible(failure.cause, look)}")
        said.append("  note: other rules were still run; exit code is 2 because this document was not fully checked")
    if failure.help:
        said.append(f"  help: {visible(failure.help, look)}")
    return said


def _place(failure: Failure, look: Look) -> str:
    parts: Iterable[object] = (visible(failure.path, look), failure.line, failure.column)
    return ":".join(str(part) for part in parts if part is not None)


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
