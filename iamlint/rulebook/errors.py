"""What is wrong with the rulebook, where, and how is it mended?"""

from __future__ import annotations


class BookError(Exception):
    """A rulebook that cannot be used as it stands: rules that are missing or broken, or a selection that names none.

    `path` and `line` (from 1) say where, as far as there is a place; `help` says what to do.
    """

    def __init__(self, message: str, help: str, *, path: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.path = path
        self.line = line

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return f"{place}{self.message} (help: {self.help})"


class CardError(BookError):
    """One rule card that is not as a card must be."""
