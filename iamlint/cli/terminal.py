"""How may we write: how wide, in colour, in which characters?"""

from __future__ import annotations

import os
import sys

from iamlint.report.look import Look

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO


def look_of(stream: TextIO, color: str) -> Look:
    """What `stream` can show; `color` is auto, always or never."""
    return Look(_width(stream), colour=_colour(stream, color), unicode=_is_unicode(stream))


def _width(stream: TextIO) -> int:
    if not _is_terminal(stream):
        return 80
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _is_terminal(stream: TextIO) -> bool:
    return not stream.closed and stream.isatty()


def _colour(stream: TextIO, color: str) -> bool:
    """Our own flag, then NO_COLOR (https://no-color.org), then what forces colour, then whether somebody is looking."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "") not in ("", "0") or os.environ.get("CLICOLOR_FORCE", "") not in ("", "0"):
        return True
    return os.environ.get("TERM") != "dumb" and _is_terminal(stream)


def _is_unicode(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "").replace("_", "") in ("utf8", "utf16", "utf32", "utf8sig")


def say(lines: Iterable[str]) -> None:
    """Lines for people on stderr; a stderr that is gone is no reason to fail."""
    try:
        for line in lines:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        os.close(os.open(os.devnull, os.O_RDONLY))


def error_text(message: str, help: str = "", origin: str = "") -> list[str]:
    """An error of ours in two lines."""
    place = f" ({origin})" if origin else ""
    return [f"error: {message}{place}", *([f"  help: {help}"] if help else [])]
