"""What did the files that are checked say before: at a revision of their repository, or in a folder or file that they are compared with?"""

from __future__ import annotations

import os

from iamlint.sources.files import Found, find, read, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Protocol

    from iamlint.sources.files import Unread

    class Earlier(Protocol):
        """An earlier state of files. `alone` says that it is one file, whatever it is called."""

        alone: bool

        def at(self, path: str) -> Found | Unread | None:
            """What the file with this name in reports was; None when there was none."""

        def everything(self) -> Iterator[Found]:
            """Every file of it that could hold a policy and can be read."""


class NoEarlier(Exception):
    """There is nothing of that name to compare with; `help` says what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def earlier(name: str, folder: str, paths: Sequence[str]) -> Earlier:
    """The state that `name` stands for: a file or a folder, else a revision of the repository around `folder`; raises NoEarlier.

    `paths` are what is checked: files of a folder to compare with are found by their paths below these.
    """
    if os.path.isdir(name):
        return EarlierFolder(name, paths)
    if os.path.exists(name):
        return EarlierFile(name)
    from iamlint.sources.revision import Revision

    return Revision(name, folder)


class EarlierFile:
    """One file that everything is compared with."""

    __slots__ = ("_found", "alone")

    def __init__(self, path: str) -> None:
        """Raises NoEarlier."""
        found = read(path)
        if not isinstance(found, Found):
            raise NoEarlier(f"`{path}` cannot be compared with: {found.message}", found.help)
        self._found = found
        self.alone = True

    def at(self, path: str) -> Found | None:
        """The file itself, under its own name; else it is found by what is in it."""
        return self._found if path == self._found.source.name else None

    def everything(self) -> Iterator[Found]:
        """The one file."""
        yield self._found


class EarlierFolder:
    """A folder with another state of the files that are checked."""

    __slots__ = ("_folder", "_paths", "alone")

    def __init__(self, folder: str, paths: Sequence[str]) -> None:
        self._folder = folder
        self._paths = paths
        self.alone = False

    def at(self, path: str) -> Found | Unread | None:
        """The file of the same path, from the working directory or from a folder that is checked."""
        for inside in self._ways(path):
            place = os.path.join(self._folder, inside)
            if os.path.isfile(place):
                return read(place)
        return None

    def everything(self) -> Iterator[Found]:
        """The files below the folder."""
        yield from (sighting for sighting in find([self._folder]) if isinstance(sighting, Found))

    def _ways(self, path: str) -> Iterator[str]:
        own = _below(path, self._folder)
        if own is not None:
            yield own
            return
        if not os.path.isabs(path):
            yield path
        for checked in self._paths:
            inside = os.path.basename(path) if shown(checked) == path else _below(path, checked) if os.path.isdir(checked) else None
            if inside is not None:
                yield inside


def _below(path: str, folder: str) -> str | None:
    """The path from `folder`, or None when it is not below that."""
    inside = os.path.relpath(os.path.abspath(path), os.path.abspath(folder))
    return None if inside == os.curdir or inside.startswith(os.pardir) or os.path.isabs(inside) else inside
