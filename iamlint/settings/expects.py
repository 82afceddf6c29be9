"""Which calls are expected to work with a document's policy?

A name under `[expects]` is a pattern as in `.gitignore`, over paths below the settings file, or a role's name or ARN.
"""

from __future__ import annotations

import os

from iamlint.policy.owner import role_of
from iamlint.sources.ignore import Ignores

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.access.intent import Intent
    from iamlint.policy.document import Document


class Expectations:
    """The intents of a project, and which of them no document has met so far."""

    __slots__ = ("_met", "_patterns", "_top")

    def __init__(self, intents: Iterable[Intent], top: str) -> None:
        self._patterns = [(intent, Ignores(()).below("", intent.name)) for intent in intents]
        self._top = top
        self._met: set[str] = set()

    def of(self, document: Document) -> tuple[Intent, ...]:
        """The intents of which the document is one of the policies, or tells of the role."""
        path = os.path.relpath(document.tree.source.name, self._top).replace(os.sep, "/")
        role = role_of(document)
        names = () if role is None else (":".join(role), role[5].rpartition("/")[2])
        found = tuple([intent for intent, paths in self._patterns if intent.name in names or paths.cover(path)])
        self._met.update([intent.name for intent in found])
        return found

    @property
    def unmet(self) -> tuple[Intent, ...]:
        """Those that no document was asked about."""
        return tuple([intent for intent, _ in self._patterns if intent.name not in self._met])
