"""Which files do these paths name, and what is in them?

A file that is named is read, whatever it is called. In a folder, files are found as Git sees them: `.gitignore` holds, `.git` is left
alone, symbolic links to folders are not followed (so no loop can arise), and only what could hold a policy is handed on.
"""

from __future__ import annotations

import os
from functools import lru_cache

from iamlint.text.source import MAX_BYTES, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from iamlint.sources.ignore import Ignores

    Sighting: TypeAlias = "Found | Unread | Passed"

NO_TERRAFORM = "iamlint does not read Terraform yet"
_TERRAFORM = (".tf", ".hcl", ".tf.json", ".tfvars")


class Found:
    """A file that was read; `named` says that the user asked for it, rather than for a folder around it."""

    __slots__ = ("named", "source")

    def __init__(self, source: Source, *, named: bool) -> None:
        self.source = source
        self.named = named


class Unread:
    """A path whose bytes could not be had: why, and what to do."""

    __slots__ = ("help", "message", "path")

    def __init__(self, path: str, message: str, help: str) -> None:
        self.path = path
        self.message = message
        self.help = help


class Passed:
    """A path that was passed over, and why; `weighty` when there are policies in it that nobody has checked."""

    __slots__ = ("path", "weighty", "why")

    def __init__(self, path: str, why: str, *, weighty: bool = False) -> None:
        self.path = path
        self.why = why
        self.weighty = weighty


def find(paths: Iterable[str], excluded: Ignores | None = None, top: str = "", *, forced: bool = False) -> Iterator[Sighting]:
    """Every file that `paths` lead to, once, in the order of their names within each path.

    `excluded` are patterns over paths below the folder `top`. They hold in folders; with `forced`, a file that is named is treated as if it
    had been found in one.
    """
    search = _Search(excluded, top)
    folders = []
    for path in dict.fromkeys(paths):
        if os.path.isdir(path):
            folders.append(path)
        else:
            yield from search.as_if_walked(path) if forced else search.named(path)
    for folder in folders:
        yield from search.walk(folder)


def is_terraform(name: str) -> bool:
    """Whether a file is Terraform's by its name."""
    return name.lower().endswith(_TERRAFORM)


def read(path: str) -> Found | Unread:
    """A file that was named, with its bytes, or why there are none."""
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            # A pipe has no size and a device no end, so no more is read than shows that it is too much.
            data = file.read() if 0 < size <= MAX_BYTES else file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        return unread(path, error)
    return Found(Source(shown(path), data), named=True)


def unread(path: str, error: OSError | ValueError) -> Unread:
    """A failure of the file system in our words."""
    known = _MESSAGES.get(type(error))
    if known is None:
        # A name with a NUL is no OSError but a ValueError.
        said = error.strerror if isinstance(error, OSError) else None
        known = ((said or "no file can have that name").lower(), "look at the path, or leave it out")
    return Unread(shown(path), *known)


_MESSAGES: dict[type[Exception], tuple[str, str]] = {
    FileNotFoundError: ("no such file or directory", "look at the path, which is taken from the working directory"),
    PermissionError: ("permission denied", "give yourself leave to read it, or leave it out"),
}


def shown(path: str) -> str:
    """A path as reports name it: from the working directory where it lies below that, with slashes."""
    folder, name = os.path.split(path)
    if name in ("", os.curdir, os.pardir):
        return _shown(path, os.getcwd())
    inside = _shown(folder, os.getcwd()) if folder else os.curdir
    return name if inside == os.curdir else f"{inside.rstrip('/')}/{name}"


@lru_cache(maxsize=1024)
def _shown(folder: str, working: str) -> str:
    plain = os.path.normpath(folder)
    if os.path.isabs(plain):
        plain = os.curdir if plain == working else plain.removeprefix(working.rstrip(os.sep) + os.sep)
    return plain.replace("\\", "/") if os.sep == "\\" else plain


def _absolute(path: str) -> str:
    return os.path.realpath(path) if os.path.islink(path) else os.path.abspath(path)


class _Search:
    """One run over paths: what is excluded, which files were seen already, and the folders' own paths and names in reports."""

    __slots__ = ("_excluded", "_folders", "_seen", "_top")

    def __init__(self, excluded: Ignores | None, top: str) -> None:
        self._excluded = excluded
        self._top = top
        self._seen: set[str] = set()
        self._folders: dict[str, tuple[str, str]] = {}

    def named(self, path: str) -> Iterator[Sighting]:
        """A file that the user named."""
        if not self._is_new(_absolute(path)):
            return
        if is_terraform(path):
            yield Unread(shown(path), NO_TERRAFORM, "check the JSON of its plan's policies, or leave it out")
        else:
            yield read(path)

    def as_if_walked(self, path: str) -> Iterator[Sighting]:
        """A file that was named, as if it had been found in its folder."""
        if self._is_excluded(path, directory=False):
            yield Passed(shown(path), "excluded by the settings")
        elif self._is_new(_absolute(path)) and (os.path.isfile(path) or not os.path.exists(path)):
            from iamlint.sources.sniffed import sniffed

            sighting = sniffed(path, shown(path))
            if sighting is not None:
                yield sighting

    def walk(self, folder: str) -> Iterator[Sighting]:
        """The files below a folder."""
        from iamlint.sources.sniffed import sniffed
        from iamlint.sources.walk import walk

        for entry in walk(folder, self._is_excluded):
            if isinstance(entry, (Passed, Unread)):
                yield entry
                continue
            absolute, name = self._at(entry)
            if self._is_new(os.path.realpath(absolute) if entry.is_symlink() else absolute):
                sighting = sniffed(entry.path, name)
                if sighting is not None:
                    yield sighting

    def _at(self, entry: os.DirEntry[str]) -> tuple[str, str]:
        """The absolute path of what was found in a folder, and its path as reports name it."""
        folder = entry.path[: -len(entry.name)]
        if folder not in self._folders:
            # Where the working directory is takes a call of the system, so it is asked once a folder.
            self._folders[folder] = (os.path.join(os.path.abspath(folder), ""), shown(f"{folder}x")[:-1])
        absolute, name = self._folders[folder]
        return absolute + entry.name, name + entry.name

    def _is_new(self, absolute: str) -> bool:
        if absolute in self._seen:
            return False
        self._seen.add(absolute)
        return True

    def _is_excluded(self, path: str, *, directory: bool) -> bool:
        if self._excluded is None:
            return False
        inside = os.path.relpath(path, self._top).replace(os.sep, "/")
        return self._excluded.cover(inside, directory=directory)
