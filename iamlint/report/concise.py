"""What does an editor or a script read? One line a finding: `path:line:column: severity rule: message`."""

from __future__ import annotations

from iamlint.report.escape import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.finding import Finding
    from iamlint.report.look import Look
    from iamlint.report.outcome import Outcome


def render(outcome: Outcome, look: Look) -> Iterator[str]:
    """The report in pieces, one a finding, each ending in a line break."""
    for finding in outcome.findings:
        yield _line(finding, look)


def _line(finding: Finding, look: Look) -> str:
    tree = finding.document.tree
    spot = tree.source.position(tree.locate(finding.primary.place).start)
    path = visible(tree.source.name, look)
    severity = look.paint(finding.severity.value, finding.severity.value)
    rule, message = visible(finding.rule, look), visible(finding.message, look)
    return f"{path}:{spot.line}:{spot.column}: {severity} {rule}: {message}\n"
