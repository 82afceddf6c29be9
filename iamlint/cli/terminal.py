"""How may we write, and what if we cannot? Width, colour, characters, and streams that are closed, full or gone."""

from __future__ import annotations

import os
import sys
from stat import S_ISREG

from iamlint.cli.ending import UsageError
from iamlint.report.look import Look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from iamlint.report.outcome import Outcome

WIDTH = 80
_WIDEST = 120
_BLOCK = 1 << 16


class Terminal:
    """Standard output and standard error, with what each can show.

    `kept` is what was written last: taking it apart piece by piece would cost more than ending the process with it.
    """

    __slots__ = ("err", "kept", "out")

    def __init__(self, color: str = "auto") -> None:
        self.out = Stream(sys.stdout, color)
        self.err = Stream(sys.stderr, color)
        self.kept: Outcome | None = None

    def say(self, lines: Iterable[str]) -> None:
        """Lines for people, on standard error; that it is gone is no reason to fail."""
        try:
            self.err.write([f"{line}\n" for line in lines])
        except UsageError:
            return

    def error(self, message: str, help: str = "", place: str = "") -> None:
        """An error of ours: what is wrong, and what to do."""
        from iamlint.report.escape import visible

        look = self.err.look
        where = f" ({place})" if place else ""
        self.say(
            [f"{look.paint('error', 'error:')} {visible(message + where, look)}", *([f"  help: {visible(help, look)}"] if help else [])]
        )

    def note(self, text: str) -> None:
        """Something worth knowing."""
        from iamlint.report.escape import visible

        self.say([f"{self.err.look.paint('bold', 'note:')} {visible(text, self.err.look)}"])


class Stream:
    """A stream of text and what it can show. Python has None for one that was closed before we began."""

    __slots__ = ("_encoding", "_gone", "_stream", "look")

    def __init__(self, stream: TextIO | None, color: str) -> None:
        self._stream = stream
        self._gone = False
        self._encoding = getattr(stream, "encoding", None) or "utf-8"
        self.look = Look(_width(stream), colour=_colour(stream, color), unicode=_is_unicode(self._encoding))

    def write(self, pieces: Iterable[str]) -> None:
        """Writes and flushes; UsageError when that fails. A reader who has read enough (`| head`) is no failure."""
        for block in _blocks(pieces):
            if self._gone:
                return
            if self._stream is None:
                raise UsageError("standard output is closed", "open it, or write the report to a file with `-o FORMAT=PATH`")
            self._try(block)
        self._try("")

    def _try(self, piece: str) -> None:
        if self._stream is None or self._gone:
            return
        try:
            if piece:
                # What the encoding lacks is escaped, and so are bytes of a path that are no text.
                self._stream.buffer.write(piece.encode(self._encoding, "backslashreplace"))
            else:
                self._stream.flush()
        except BrokenPipeError:
            self._gone = True
        except (OSError, ValueError) as error:
            self._gone = True
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise UsageError(f"the report cannot be written: {reason}", "write it to a file with `-o FORMAT=PATH`") from None


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces in few parts that are not empty: with PYTHONUNBUFFERED, each that is written is a call of the system."""
    parts: list[str] = []
    size = 0
    for piece in pieces:
        parts.append(piece)
        size += len(piece)
        if size >= _BLOCK:
            yield "".join(parts)
            parts, size = [], 0
    if size:
        yield "".join(parts)


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def _width(stream: TextIO | None) -> int:
    """COLUMNS where it is set, then the terminal's width; a pipe has 80. Wider lines than 120 columns are hard to read."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and 0 < len(columns) < 6:
        return int(columns) or WIDTH
    if stream is None or not _is_terminal(stream):
        return WIDTH
    try:
        return min(os.get_terminal_size(stream.fileno()).columns or WIDTH, _WIDEST)
    except (OSError, ValueError):
        return WIDTH


def _colour(stream: TextIO | None, color: str) -> bool:
    """The flag, then NO_COLOR (https://no-color.org), then what forces colour, then whether somebody is looking."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    if os.environ.get("TERM") == "dumb":
        return False
    return _is_terminal(stream) or (os.environ.get("GITHUB_ACTIONS") == "true" and not _is_file(stream))


def _is_file(stream: TextIO | None) -> bool:
    """Whether the stream was sent into a file, where nobody wants colours."""
    try:
        return stream is None or S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return True


def _is_unicode(encoding: str) -> bool:
    return encoding.lower().replace("-", "").replace("_", "") in ("utf8", "utf8sig", "utf16", "utf32", "cp65001")
