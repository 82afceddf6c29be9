"""Where does each format of a report go?"""

from __future__ import annotations

import os
import sys

from iamlint.cli.arguments import FORMATS
from iamlint.report.look import Look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from iamlint.report.outcome import Outcome


class OutputError(Exception):
    """A format or a file that cannot be written: why, and what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class Output:
    """One format, and the file it goes to; without `path` to stdout."""

    __slots__ = ("format", "path")

    def __init__(self, format: str, path: str | None) -> None:
        self.format = format
        self.path = path


def outputs(words: Iterable[str]) -> tuple[Output, ...]:
    """The outputs that `FORMAT[=PATH]` words ask for; text on stdout when there are none. Raises OutputError."""
    found = []
    for word in words:
        format, equals, path = word.partition("=")
        if format not in FORMATS:
            raise OutputError(f"unknown format `{format}`", f"use one of {', '.join(FORMATS)}")
        if equals and not path:
            raise OutputError(f"`{word}` names no file", f"write {format}=PATH, or {format} for stdout")
        found.append(Output(format, path or None))
    if sum(output.path is None for output in found) > 1:
        raise OutputError("two formats cannot both go to stdout", "give one of them a file: -o json=PATH")
    return tuple(found) or (Output("text", None),)


def write(output: Output, outcome: Outcome, look: Look) -> None:
    """Writes one format; raises OutputError when its file cannot be written."""
    if output.path is None:
        for piece in rendered(output.format, outcome, look):
            sys.stdout.write(piece)
        return
    _write_file(output.path, rendered(output.format, outcome, Look(80)))


def rendered(format: str, outcome: Outcome, look: Look) -> Iterator[str]:
    """The report in one format; only the modules it needs are loaded."""
    if format == "json":
        from iamlint.report.json import render as json

        return json(outcome)
    if format == "concise":
        from iamlint.report.concise import render as concise

        return concise(outcome, look)
    from iamlint.report.text import render as text

    return text(outcome, look)


def _write_file(path: str, pieces: Iterable[str]) -> None:
    """All or nothing: what stood there stays until the whole report is written."""
    beside = f"{path}.{os.getpid()}.tmp"
    try:
        with open(beside, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        os.replace(beside, path)
    except OSError as error:
        if os.path.exists(beside):
            os.remove(beside)
        raise OutputError(f"`{path}` cannot be written: {error.strerror or error}", "check the folder and its permissions") from None
