"""What is in a file that was found in a folder? It is read only as far as it could hold a policy."""

from __future__ import annotations

import os

from iamlint.sources.files import NO_TERRAFORM, Found, Passed, is_terraform, unread
from iamlint.sources.sniff import HEAD, is_candidate, may_hold_policy, may_hold_terraform_policy
from iamlint.text.source import MAX_BYTES, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.sources.files import Sighting

AT_ONCE = 1 << 15
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)


def sniffed(path: str, name: str) -> Sighting | None:
    """A file found in a folder, None when it could hold no policy by its name and its first bytes; `name` is its path in reports."""
    terraform = is_terraform(path)
    try:
        # Python's file objects cost several times what it takes to read a small file.
        file = os.open(path, _READING)
        try:
            data = os.read(file, AT_ONCE)
            if not terraform and not is_candidate(path, data[:HEAD]):
                return None
            # Of a file, as of no pipe, less than was asked for comes only at its end.
            if len(data) == AT_ONCE:
                data += _rest(file, MAX_BYTES + 1 - AT_ONCE)
        finally:
            os.close(file)
    except (OSError, ValueError) as error:
        return unread(path, error)
    if terraform and may_hold_terraform_policy(data):
        return Passed(name, NO_TERRAFORM, weighty=True)
    if not terraform and may_hold_policy(data):
        return Found(Source(name, data), named=False)
    return Passed(name, "no policy in it")


def _rest(file: int, most: int) -> bytes:
    """What follows in `file`, at most about `most` bytes."""
    parts = []
    while most > 0 and (part := os.read(file, AT_ONCE)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)
