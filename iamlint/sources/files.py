"""Which files are to be checked, and what do they hold?

A named file is always checked. A folder is walked without what Git ignores, and of what is found there only files that can hold a policy are
read, and only those that seem to hold one are kept.
"""

from __future__ import annotations

import os
from os.path import abspath, join, relpath, splitext

from iamlint.text.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.sources.ignore import Ignores

# Beyond this a file is no policy: the largest that AWS stores has some 130 KB, and whole account dumps some tens of MB.
LIMIT = 64 << 20
SUFFIXES = frozenset({".json", ".yaml", ".yml", ".template", ".policy"})
_NEVER = frozenset({".git", ".hg", ".svn", "node_modules", ".venv", "__pycache__"})


class Unopened(Exception):
    """A path whose bytes cannot be had: why, and what to do."""

    def __init__(self, path: str, message: str, help: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message
        self.help = help


class Candidate:
    """A path to read; `named` says that the user named it, rather than a folder above it."""

    __slots__ = ("named", "path")

    def __init__(self, path: str, *, named: bool) -> None:
        self.path = path
        self.named = named


def candidates(paths: list[str], *, force_exclude: bool = False) -> Iterator[Candidate | Unopened]:
    """The files of `paths` in order, each once; a folder's files by name. What cannot be looked into is given as `Unopened`."""
    seen: set[str] = set()
    for path in paths:
        for found in _below(path) if os.path.isdir(path) else _named(path, force_exclude):
            where = found.path if isinstance(found, Unopened) else abspath(found.path)
            if where not in seen:
                seen.add(where)
                yield found


def read_source(path: str) -> Source:
    """The file's bytes under its name; raises Unopened."""
    try:
        with open(path, "rb") as file:
            data = file.read(LIMIT + 1)
    except IsADirectoryError:
        raise Unopened(path, "is a folder", "name a file, or the folder to check all of it") from None
    except FileNotFoundError:
        raise Unopened(path, "there is no such file", "check the path") from None
    except PermissionError:
        raise Unopened(path, "may not be read", "give the user that runs iamlint permission to read it") from None
    except (OSError, ValueError) as error:
        raise Unopened(path, f"cannot be read: {getattr(error, 'strerror', None) or error}", "check the path and the file system") from None
    if len(data) > LIMIT:
        raise Unopened(path, f"is larger than {LIMIT >> 20} MB", "split it, or leave it out")
    return Source(shown(path), data)


def shown(path: str) -> str:
    """A path as findings show it: with slashes, and without a leading `./`."""
    return path.replace(os.sep, "/").removeprefix("./")


def seems_to_hold_policy(data: bytes) -> bool:
    """Whether the text has the words that every policy has; a look that is much cheaper than reading it."""
    return (b"Statement" in data and b"Effect" in data) or b"AssumeRolePolicyDocument" in data


def _named(path: str, force_exclude: bool) -> Iterator[Candidate]:
    if not (force_exclude and _is_ignored(path)):
        yield Candidate(path, named=not force_exclude)


def _is_ignored(path: str) -> bool:
    """Whether Git ignores the file, or a folder that it is in."""
    from iamlint.sources.repository import git_root

    root = git_root(os.path.dirname(abspath(path)))
    if root is None:
        return False
    ignores = _top_ignores(root)
    steps = relpath(abspath(path), root).split(os.sep)
    for count in range(1, len(steps) + 1):
        part = "/".join(steps[:count])
        if ignores.leaves_out(part, directory=count < len(steps)):
            return True
        if count < len(steps):
            ignores = ignores.below(f"{part}/", _lines(join(root, *steps[:count], ".gitignore")))
    return False


def _below(folder: str) -> Iterator[Candidate | Unopened]:
    from iamlint.sources.repository import git_root

    top = git_root(folder) or abspath(folder)
    base = relpath(abspath(folder), top).replace(os.sep, "/")
    base = "" if base == "." else f"{base}/"
    ignores = _top_ignores(top)
    steps = base.split("/")[:-1]
    for count in range(1, len(steps) + 1):
        ignores = ignores.below("/".join(steps[:count]) + "/", _lines(join(top, *steps[:count], ".gitignore")))
    yield from _walk(folder, base, ignores)


def _walk(folder: str, base: str, ignores: Ignores) -> Iterator[Candidate | Unopened]:
    """The files below a folder. Links to folders are not followed, so that no walk is endless."""
    pending = [(folder, base, ignores)]
    while pending:
        place, prefix, rules = pending.pop()
        try:
            with os.scandir(place) as entries:
                here = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Unopened(shown(place), f"cannot be looked into: {error.strerror or error}", "give iamlint permission, or leave it out")
            continue
        if base != prefix or place != folder:
            rules = rules.below(prefix, _lines(join(place, ".gitignore")))
        deeper = []
        for entry in here:
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _NEVER and not rules.leaves_out(name, directory=True):
                    deeper.append((join(place, entry.name), f"{name}/", rules))
            elif splitext(entry.name)[1].lower() in SUFFIXES and entry.is_file() and not rules.leaves_out(name, directory=False):
                yield Candidate(join(place, entry.name), named=False)
        pending += reversed(deeper)


def _top_ignores(root: str) -> Ignores:
    """What holds at the top: the repository's own list of excluded files, then its `.gitignore`."""
    from iamlint.sources.ignore import Ignores
    from iamlint.sources.repository import exclude_file, is_git_root

    ignores = Ignores(())
    if is_git_root(root):
        ignores = ignores.below("", _lines(exclude_file(root)))
    return ignores.below("", _lines(join(root, ".gitignore")))


def _lines(path: str) -> str:
    """A small text file, empty when there is none that can be read."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read(1 << 20)
    except OSError:
        return ""
