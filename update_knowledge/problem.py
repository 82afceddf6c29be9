"""What keeps an update from being made, and what can be done about it?"""

from __future__ import annotations


class UpdateError(Exception):
    """A reason, in one clause, and the way out."""

    def __init__(self, message: str, *, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
