"""What is wrong with the settings, where, and how is it mended?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class SettingsError(Exception):
    """A setting that cannot be used, whether it was written in a file or given as a flag; `help` says what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def unknown(what: str, word: str, known: Iterable[str], origin: str) -> SettingsError:
    """The error for a word that is none of `known`, with the words it may have been."""
    from difflib import get_close_matches

    names = tuple(known)
    close = get_close_matches(word, names, n=2)
    listed = " or ".join(f"`{name}`" for name in close)
    help = f"did you mean {listed}?" if close else f"use one of {', '.join(names)}"
    return SettingsError(f"unknown {what} `{word}` in {origin}", help)
