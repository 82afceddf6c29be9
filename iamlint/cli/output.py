"""Which reports are wanted, and where do they go?"""

from __future__ import annotations

import os

from iamlint.cli.ending import UsageError
from iamlint.report.look import Look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.cli.terminal import Stream
    from iamlint.report.outcome import Outcome

FORMATS = ("text", "concise", "json")


class Output:
    """One format, and the file it goes to; without `path` to standard output."""

    __slots__ = ("format", "path")

    def __init__(self, format: str, path: str | None) -> None:
        self.format = format
        self.path = path


def outputs(words: Iterable[str]) -> tuple[Output, ...]:
    """The outputs that `FORMAT[=PATH]` words ask for; text on standard output when there are none. Raises UsageError."""
    wanted = tuple([_output(word) for word in words]) or (Output("text", None),)
    if sum(output.path is None for output in wanted) > 1:
        raise UsageError("two formats cannot both go to standard output", "give one of them a file: `-o json=PATH`")
    paths = [os.path.abspath(output.path) for output in wanted if output.path is not None]
    if len(set(paths)) < len(paths):
        raise UsageError("two formats cannot go to the same file", "give each of them its own")
    return wanted


def _output(word: str) -> Output:
    format, equals, path = word.partition("=")
    if format not in FORMATS:
        from iamlint.settings.error import unknown

        raise unknown("format", format, FORMATS, "--output")
    if equals and not path:
        raise UsageError(f"`{word}` names no file", f"write `{format}=PATH`, or `{format}` for standard output")
    return Output(format, path or None)


def write(output: Output, outcome: Outcome, stream: Stream) -> None:
    """Writes one report; raises UsageError when it cannot be written."""
    if output.path is None:
        stream.write(rendered(output.format, outcome, stream.look))
    else:
        _write_file(output.path, _whole(output.format, outcome, Look()))


def _whole(format: str, outcome: Outcome, look: Look) -> Iterator[str]:
    """A report that stands alone: text that people read tells at its end what it is a report of, as standard error does otherwise."""
    yield from rendered(format, outcome, look)
    if format == "text":
        from iamlint.knowledge import DATE
        from iamlint.report.summary import closing

        yield "\n" * bool(outcome.findings) + "\n".join(closing(outcome, look, DATE)) + "\n"


def rendered(format: str, outcome: Outcome, look: Look) -> Iterator[str]:
    """The report in one format; only what that needs is imported."""
    if format == "json":
        from iamlint.knowledge import DATE
        from iamlint.report.json import render as json

        return json(outcome, DATE)
    if format == "concise":
        from iamlint.report.concise import render as concise

        return concise(outcome, look)
    if not outcome.findings:
        return iter(())
    from iamlint.report.text import render as text

    return text(outcome, look)


def _write_file(path: str, pieces: Iterable[str]) -> None:
    """All or nothing: what stood there stays until the whole report is written. A pipe or a device is written as it comes."""
    replaced = os.path.isfile(path) or not os.path.exists(path)
    target = os.path.realpath(path)
    beside = f"{target}.{os.getpid()}.tmp" if replaced else path
    try:
        with open(beside, "wb") as file:
            file.writelines(piece.encode("utf-8", "backslashreplace") for piece in pieces)
        if replaced:
            os.replace(beside, target)
    except (OSError, ValueError) as error:
        if replaced and os.path.exists(beside):
            os.remove(beside)
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(f"`{path}` cannot be written: {reason}", "look at the folder and its permissions") from None
