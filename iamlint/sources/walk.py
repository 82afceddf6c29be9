"""Which files stand below a folder, as Git sees them?"""

from __future__ import annotations

import os

from iamlint.sources.files import Passed, Unread, shown, unread
from iamlint.sources.ignore import Ignores
from iamlint.sources.repository import exclude_file, git_root, is_git_root, upwards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_IGNORE_FILE = ".gitignore"
# What version control and package managers keep: never the user's own policies.
_NEVER = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__"})


def walk(folder: str, excluded: Callable[..., bool]) -> Iterator[os.DirEntry[str] | Passed | Unread]:
    """The files below `folder` in order, and what was passed over."""
    top = git_root(folder) or os.path.abspath(folder)
    yield from _Walk(excluded).below(folder, _inside(folder, top), _ignores_above(folder, top))


class _Walk:
    """What holds for the whole walk."""

    __slots__ = ("_excluded",)

    def __init__(self, excluded: Callable[..., bool]) -> None:
        self._excluded = excluded

    def below(self, folder: str, inside: str, above: Ignores) -> Iterator[os.DirEntry[str] | Passed | Unread]:
        """The files in `folder`, whose path from the top of the repository is `inside` (empty, or ending in a slash)."""
        # A list of what is still to come instead of recursion: folders may be nested deeper than Python calls.
        pending: list[tuple[os.DirEntry[str] | str, str, Ignores]] = [(folder, inside, above)]
        while pending:
            entry, here, ignores = pending.pop()
            if isinstance(entry, str) or entry.is_dir(follow_symlinks=False):
                path = entry if isinstance(entry, str) else entry.path
                try:
                    pending += self._listed(path, here, ignores)
                except OSError as error:
                    yield unread(path, error)
            elif entry.is_symlink() and not os.path.isfile(entry.path):
                why = "a symbolic link to a directory" if os.path.isdir(entry.path) else "a symbolic link that leads nowhere"
                yield Passed(shown(entry.path), why)
            elif entry.is_file():
                yield entry

    def _listed(self, folder: str, inside: str, above: Ignores) -> list[tuple[os.DirEntry[str] | str, str, Ignores]]:
        """What is in a folder and not left out, last name first (so that the first is taken first)."""
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name, reverse=True)
        names = {entry.name for entry in entries}
        if inside and ".git" in names:
            inside, above = "", _repository_rules(folder)
        ignores = above.below(inside, _lines(os.path.join(folder, _IGNORE_FILE))) if _IGNORE_FILE in names else above
        listed: list[tuple[os.DirEntry[str] | str, str, Ignores]] = []
        for entry in entries:
            directory = entry.is_dir(follow_symlinks=False)
            if directory and entry.name in _NEVER:
                continue
            if ignores.leaves_out(inside + entry.name, directory=directory) or self._excluded(entry.path, directory=directory):
                continue
            listed.append((entry, f"{inside}{entry.name}/" if directory else "", ignores))
        return listed


def _ignores_above(folder: str, top: str) -> Ignores:
    """The patterns that hold in `folder` before its own file is read: those of the repository and of the folders above."""
    ignores = _repository_rules(top)
    for place in reversed(upwards(folder)[1:]):
        if place == top or place.startswith(top.rstrip(os.sep) + os.sep):
            ignores = ignores.below(_inside(place, top), _lines(os.path.join(place, _IGNORE_FILE)))
    return ignores


def _repository_rules(root: str) -> Ignores:
    """What `.git/info/exclude` leaves out."""
    return Ignores(()).below("", _lines(exclude_file(root)) if is_git_root(root) else "")


def _inside(folder: str, top: str) -> str:
    """A folder's path from the top: empty for the top itself, else ending in a slash."""
    rest = os.path.relpath(os.path.abspath(folder), top)
    return "" if rest == os.curdir else rest.replace(os.sep, "/") + "/"


def _lines(path: str) -> str:
    """What a file of patterns says; nothing when there is none that can be read."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read().removeprefix("\ufeff")
    except OSError:
        return ""
