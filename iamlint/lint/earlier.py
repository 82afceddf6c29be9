"""What was a document before, going by the files that a run is compared with?

By the path and the place in it, else by the role that the source names: so a role that was moved to another file, or that was taken from an
account, finds what was reviewed. In a file that is compared with everything, a policy that stands alone is that of every one of its kind.
"""

from __future__ import annotations

from iamlint.lint.unreadable import unpaired
from iamlint.policy.pairing import Owners, at_same_place, may_be_same, owner
from iamlint.report.outcome import FailureKind
from iamlint.sources.files import Unread
from iamlint.text.source import TextError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from iamlint.policy.document import Document
    from iamlint.sources.earlier import Earlier
    from iamlint.text.source import Source

    # The policies of a source, as those of one of this name. Raises TextError.
    Read: TypeAlias = Callable[[Source, str], Sequence[Document]]


class Pairs:
    """The documents of a run and what they were."""

    __slots__ = ("_all", "_earlier", "_last", "_owners", "_read", "beside")

    def __init__(self, earlier: Earlier, read: Read) -> None:
        self._earlier = earlier
        self._read = read
        self._last: tuple[str, Sequence[Document] | None] = ("", None)
        self._all: tuple[str, list[Document]] | None = None
        self._owners: Owners | None = None
        self.beside: Sequence[Document] = ()
        """The documents of the source that is being looked at."""

    def before(self, document: Document) -> Document | None:
        """The document's earlier self; None where it is new. Raises Unpaired."""
        there = self._in_same_file(document)
        found = at_same_place(document, self.beside, there) if there is not None else None
        if found is None and owner(document) is not None:
            self._owners = self._owners or Owners(self._everything(document))
            found = self._owners.of(document)
        if found is None and self._earlier.alone:
            alike = [one for one in self._everything(document) if one.kind is document.kind]
            found = alike[0] if len(alike) == 1 and may_be_same(document, alike[0]) else None
        return found

    def _in_same_file(self, document: Document) -> Sequence[Document] | None:
        name = document.tree.source.name
        if self._last[0] != name:
            found = self._earlier.at(name)
            if isinstance(found, Unread):
                raise unpaired(document, found.path, found.message, found.help, FailureKind.UNREADABLE)
            self._last = (name, None if found is None else self._documents(found.source, document))
        return self._last[1]

    def _everything(self, document: Document) -> list[Document]:
        """All earlier documents; those of a file that is compared with everything as if it were called what the document's is."""
        name = document.tree.source.name if self._earlier.alone else ""
        if self._all is None or self._all[0] != name:
            documents: list[Document] = []
            for found in self._earlier.everything():
                try:
                    documents += self._read(found.source, name or found.source.name)
                except TextError as error:
                    # What is in a broken file elsewhere finds no partner, and so is told as new.
                    if self._earlier.alone:
                        raise unpaired(document, found.source.name, error.message, error.help, FailureKind.INVALID) from None
            self._all = (name, documents)
        return self._all[1]

    def _documents(self, source: Source, document: Document) -> Sequence[Document]:
        try:
            return self._read(source, document.tree.source.name)
        except TextError as error:
            raise unpaired(document, source.name, error.message, error.help, FailureKind.INVALID) from None
