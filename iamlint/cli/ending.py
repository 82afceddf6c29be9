"""How does a run end?"""

from __future__ import annotations

CLEAN = 0
"""Nothing was found at or above `--fail-on`."""
FOUND = 1
"""Something was."""
FAILED = 2
"""iamlint could not do what was asked."""
INCOMPLETE = 3
"""Nothing was found, but not everything was checked."""
INTERRUPTED = 130
"""The user stopped it, as shells say it: 128 and the number of the signal."""


class UsageError(Exception):
    """Something on the command line that cannot be done; `help` says what to do instead."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
