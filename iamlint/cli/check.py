"""`iamlint check`: what do the rules say of these files?"""

from __future__ import annotations

import os
import sys

from iamlint import api
from iamlint.cli.ending import CLEAN, FAILED, FOUND, INCOMPLETE, UsageError
from iamlint.cli.output import outputs, write
from iamlint.cli.project import Project
from iamlint.report import summary
from iamlint.report.outcome import BROKEN
from iamlint.sources.files import NO_TERRAFORM, Found, Passed, Unread, find, is_terraform, shown
from iamlint.text.source import MAX_BYTES, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.cli.arguments import Arguments
    from iamlint.cli.output import Output
    from iamlint.cli.terminal import Terminal
    from iamlint.policy.document import Kind
    from iamlint.report.outcome import Outcome
    from iamlint.settings.expects import Expectations
    from iamlint.settings.settings import Settings
    from iamlint.sources.earlier import Earlier
    from iamlint.sources.files import Sighting

_STDIN = "-"
_NAMED_NOTES = 5
# What a run ends with that leaves something unchecked, by its exit code.
_ENDINGS = {
    CLEAN: "accepted: allow-incomplete is set",
    FOUND: "exit 1 for the findings, else 3",
    FAILED: "exit 2 for the errors, else 3",
    INCOMPLETE: "exit 3; --allow-incomplete to accept",
}


def check(arguments: Arguments, terminal: Terminal) -> int:
    """Runs the verb; gives the exit code. Raises UsageError, SettingsError and BookError."""
    wanted = outputs(arguments.output or ())
    _validate(arguments)
    project = Project(arguments)
    before = _earlier(arguments) if arguments.base is not None else None
    notes: list[Passed] = []
    expectations = project.expectations
    kinds = project.kinds
    now = _moment(arguments.now)
    everything = api.check(
        _sightings(arguments, project),
        project.cards,
        project.settings.zone,
        now,
        kind=_kind(arguments.kind),
        resource_type=arguments.resource_type,
        meant=kinds.of if kinds is not None else None,
        passed=notes.append,
        earlier=before,
        expected=expectations.of if expectations is not None else None,
    )
    least = project.settings.min_severity.rank
    outcome = everything.having([finding for finding in everything.findings if finding.severity.rank >= least])
    if arguments.quiet < 2:
        _report(wanted, outcome, terminal)
    else:
        _report([output for output in wanted if output.path], outcome, terminal)
    code = exit_code(outcome, project.settings, exit_zero=arguments.exit_zero)
    hidden = len(everything.findings) - len(outcome.findings)
    _summarize(
        arguments,
        terminal,
        outcome,
        [*_said(arguments, project, outcome, notes, hidden), *_unmet(arguments, expectations), *_aged(now)],
        code,
    )
    terminal.kept = everything
    return code


def exit_code(outcome: Outcome, settings: Settings, *, exit_zero: bool) -> int:
    """What could not be done wins over findings, and findings over what is incomplete."""
    if outcome.broken:
        return FAILED
    if not exit_zero and any(finding.severity.rank >= settings.fail_on.rank for finding in outcome.findings):
        return FOUND
    return INCOMPLETE if outcome.incomplete and not settings.allow_incomplete else CLEAN


def _validate(arguments: Arguments) -> None:
    if "" in arguments.paths:
        raise UsageError("a path is empty", "name a file or a folder; without any path, the folder `.` is checked")
    if arguments.stdin_filename is not None and _STDIN not in arguments.paths:
        raise UsageError("`--stdin-filename` names standard input, which is not read", "add `-` to the paths")
    if arguments.resource_type is not None:
        from iamlint.settings.kinds import resource_type_named

        resource_type_named(arguments.resource_type, "--resource-type")


def _kind(name: str | None) -> Kind | None:
    if name is None:
        return None
    from iamlint.settings.kinds import kind_named

    return kind_named(name, "--kind")


def _moment(text: str | None) -> int:
    """The seconds since 1970 that are meant, or that it is."""
    if text is None:
        from time import time

        return int(time())
    from iamlint.access.sets.values import instant

    found = instant(text)
    if found is None:
        raise UsageError(f"`{text}` in --now is not a date", "write it as 2026-01-31 or 2026-01-31T12:00:00Z, or as seconds since 1970")
    return int(found)


def _sightings(arguments: Arguments, project: Project) -> Iterator[Sighting]:
    """Every source that was asked for."""
    paths = arguments.paths or [os.curdir]
    if _STDIN in paths:
        yield _stdin(shown(arguments.stdin_filename) if arguments.stdin_filename else "<stdin>")
    yield from find([path for path in paths if path != _STDIN], project.excluded, project.folder, forced=arguments.force_exclude)


def _earlier(arguments: Arguments) -> Earlier:
    """The state that is compared with."""
    from iamlint.sources.earlier import NoEarlier, earlier

    if not arguments.base:
        raise UsageError("`--base` names nothing", "name a revision, such as `--base origin/main`, or a folder or file")
    try:
        return earlier(arguments.base, os.getcwd(), arguments.paths or [os.curdir])
    except NoEarlier as error:
        raise UsageError(error.message, error.help) from None


def _stdin(name: str) -> Sighting:
    if is_terraform(name):
        return Unread(name, NO_TERRAFORM, "check the JSON of its plan's policies, or leave it out")
    if sys.stdin is None:
        return Unread(name, "standard input is closed", "pipe a policy into it, or name a file")
    try:
        return Found(Source(name, sys.stdin.buffer.read(MAX_BYTES + 1)), named=True)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        return Unread(name, f"standard input cannot be read: {reason}", "pipe a policy into it, or name a file")


def _report(wanted: Iterable[Output], outcome: Outcome, terminal: Terminal) -> None:
    for output in wanted:
        write(output, outcome, terminal.out)


def _summarize(arguments: Arguments, terminal: Terminal, outcome: Outcome, said: list[str], code: int) -> None:
    """What a person wants to know at the end, as far as it was not waved away; what failed is said in any case."""
    look = terminal.err.look
    broken = [failure for failure in outcome.failures if failure.kind in BROKEN]
    terminal.say([line for failure in broken for line in summary.error_lines(failure, look)])
    if arguments.quiet < 2:
        terminal.say(summary.incomplete(outcome, look, _ENDINGS[code]))
    if arguments.quiet:
        return
    for text in said:
        terminal.note(text)
    if outcome.documents:
        from iamlint.knowledge import DATE

        terminal.say(summary.closing(outcome, look, DATE))


def _said(arguments: Arguments, project: Project, outcome: Outcome, notes: list[Passed], hidden: int) -> Iterator[str]:
    """What is to be said of the run, beside its findings."""
    yield from _worth_saying(arguments, notes)
    types = [one.resource_type for one in project.settings.kinds]
    for resource_type in dict.fromkeys([arguments.resource_type, *types]):
        if resource_type is not None:
            yield from _unknown_type(resource_type)
    if not outcome.documents and not outcome.failures and not any(_is_named(arguments, note) for note in notes):
        yield "no policy documents found"
    if hidden:
        yield f"{hidden:,} below --min-severity not shown"


def _unmet(arguments: Arguments, expectations: Expectations | None) -> Iterator[str]:
    """The names of `[expects]` that name no policy, where a whole folder was looked through, and not the files of a commit."""
    if expectations is None or arguments.force_exclude or not any(map(os.path.isdir, arguments.paths or [os.curdir])):
        return
    for intent in expectations.unmet:
        yield f"`{intent.name}` of `expects` in {intent.origin} names no policy here"


def _unknown_type(resource_type: str) -> Iterator[str]:
    """That what is asked of some types of resources alone is not asked of this one."""
    from iamlint.knowledge.attached import resource_types

    known = resource_types()
    if resource_type not in known:
        from difflib import get_close_matches

        near = get_close_matches(resource_type, known, n=1, cutoff=0.8)
        meant = f"; did you mean `{near[0]}`?" if near else ""
        yield f"nothing is known of `{resource_type}`: which actions, keys and length its policy may have is not checked{meant}"


def _aged(now: int) -> Iterator[str]:
    """That what is known of AWS is more than a year old at the moment to judge by."""
    from time import gmtime, strftime

    from iamlint.knowledge import DATE

    year, rest = DATE[:4], DATE[4:]
    if f"{int(year) + 1}{rest}" < strftime("%Y-%m-%d", gmtime(now)):
        yield f"what iamlint knows of AWS is from {DATE}, more than a year ago: install a newer version"


def _worth_saying(arguments: Arguments, notes: list[Passed]) -> Iterator[str]:
    """Everything that was passed over with `-v`; else named files without a policy, and that Terraform was not read."""
    if arguments.verbose:
        yield from (f"{note.path}: passed over: {note.why}" for note in notes)
        return
    named = [note.path for note in notes if _is_named(arguments, note)]
    if named:
        more = f" and {len(named) - _NAMED_NOTES:,} more" if len(named) > _NAMED_NOTES else ""
        yield f"no policy in {', '.join(named[:_NAMED_NOTES])}{more}"
    weighty = sum(note.weighty for note in notes)
    if weighty:
        files = "1 Terraform file" if weighty == 1 else f"{weighty:,} Terraform files"
        yield f"{files} with policies not checked: iamlint does not read Terraform yet (-v names them)"


def _is_named(arguments: Arguments, note: Passed) -> bool:
    """Whether the user asked for the very file, so that hearing nothing of it would surprise."""
    return not arguments.force_exclude and (note.path in {shown(path) for path in arguments.paths} or _STDIN in arguments.paths)
