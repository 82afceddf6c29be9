"""`iamlint check`: what do the rules say of these files?"""

from __future__ import annotations

import os
import sys

from iamlint.cli.output import Output, OutputError, outputs, write
from iamlint.cli.project import Project, zone_of
from iamlint.cli.terminal import error_text, look_of, say
from iamlint.finding import Severity
from iamlint.lint.run import lint
from iamlint.policy.read import find_documents
from iamlint.sources.files import Unopened, candidates, read_source, seems_to_hold_policy, shown
from iamlint.text.read import read
from iamlint.text.source import Source, TextError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from iamlint.policy.document import Document, Kind
    from iamlint.report.outcome import Outcome
    from iamlint.rulebook.card import Card

OK, FOUND, FAILED, INCOMPLETE = range(4)


def check(arguments: Namespace) -> int:
    """Runs the verb; gives the exit code. Raises BookError and SettingsError."""
    try:
        wanted = outputs(arguments.output)
    except OutputError as error:
        say(error_text(error.message, error.help))
        return FAILED
    project = Project(arguments)
    run = _Run(arguments, project.cards)
    for source, named in run.sources():
        run.read(source, named=named)
    zone = zone_of(arguments, project.settings)
    outcome = lint(run.documents, project.cards, zone, _now(arguments))
    for other in run.outcomes:
        outcome = outcome.joined(other)
    least = Severity(arguments.min_severity or project.settings.min_severity)
    outcome = outcome.having([finding for finding in outcome.findings if finding.severity.rank >= least.rank])
    code = _report(arguments, wanted, outcome)
    return code or _exit_code(arguments, outcome, Severity(arguments.fail_on or project.settings.fail_on), run.broken)


class _Run:
    """What was read: documents, and outcomes for what could not be."""

    __slots__ = ("_cards", "_empty", "arguments", "broken", "documents", "outcomes")

    def __init__(self, arguments: Namespace, cards: tuple[Card, ...]) -> None:
        self.arguments = arguments
        self.documents: list[Document] = []
        self.outcomes: list[Outcome] = []
        self.broken = False
        self._cards = cards
        self._empty = 0

    def sources(self) -> Iterator[tuple[Source, bool]]:
        """Every source, and whether the user named it; what cannot be opened becomes an outcome."""
        paths = self.arguments.paths or ["."]
        if "-" in paths:
            yield Source(shown(self.arguments.stdin_filename or "<stdin>"), sys.stdin.buffer.read()), True
        for found in candidates([path for path in paths if path != "-"], force_exclude=self.arguments.force_exclude):
            try:
                if isinstance(found, Unopened):
                    raise found
                yield read_source(found.path), found.named
            except Unopened as error:
                self._unopened(error)

    def _unopened(self, error: Unopened) -> None:
        from iamlint.lint.unreadable import unopened

        self.outcomes.append(unopened(shown(error.path), error.message, error.help))

    def read(self, source: Source, *, named: bool) -> None:
        """Adds the documents of a source, or what is wrong with it."""
        if not named and not seems_to_hold_policy(source.data):
            return self._note(f"{source.name} holds no policy", level=1)
        try:
            found = [document for tree in read(source) for document in find_documents(tree, kind=self._kind(), resource_type=self.arguments.resource_type)]
        except TextError as error:
            from iamlint.lint.unreadable import unreadable

            self.outcomes.append(unreadable(source, error, self._cards, self._kind() or _DEFAULT_KIND()))
            return None
        if not found:
            self._note(f"{source.name} holds no policy", level=0 if named else 1)
        self.documents += found
        return None

    def _kind(self) -> Kind | None:
        from iamlint.policy.document import Kind

        return Kind(self.arguments.kind) if self.arguments.kind else None

    def _note(self, text: str, *, level: int) -> None:
        if self.arguments.verbose >= level and not self.arguments.quiet:
            say([f"note: {text}"])


def _DEFAULT_KIND() -> Kind:
    from iamlint.policy.document import Kind

    return Kind.IDENTITY


def _now(arguments: Namespace) -> int:
    if arguments.now is not None:
        return int(arguments.now)
    from time import time

    return int(time())


def _report(arguments: Namespace, wanted: tuple[Output, ...], outcome: Outcome) -> int:
    """Writes every output and the summary; FAILED when one cannot be written."""
    code = OK
    if arguments.quiet < 2:
        look = look_of(sys.stdout, arguments.color)
        for output in wanted:
            try:
                write(output, outcome, look)
            except OutputError as error:
                say(error_text(error.message, error.help))
                code = FAILED
        sys.stdout.flush()
    _summary(arguments, outcome)
    return code


def _summary(arguments: Namespace, outcome: Outcome) -> None:
    from iamlint.report.summary import error_lines, lines

    look = look_of(sys.stderr, arguments.color)
    if not arguments.quiet:
        if not outcome.documents and not outcome.failures:
            say([f"note: no policy in {', '.join(map(shown, arguments.paths)) or os.curdir}"])
        say(lines(outcome, look))
    elif outcome.failures:
        say([line for failure in outcome.failures for line in error_lines(failure, look)])


def _exit_code(arguments: Namespace, outcome: Outcome, fail_on: Severity, broken: bool) -> int:
    """2 wins over all, findings over what is incomplete."""
    if outcome.broken or broken:
        return FAILED
    if any(finding.severity.rank >= fail_on.rank for finding in outcome.findings):
        return OK if arguments.exit_zero else FOUND
    return INCOMPLETE if outcome.incomplete and not arguments.allow_incomplete else OK
