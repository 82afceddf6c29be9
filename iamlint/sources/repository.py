"""Which Git repository is a folder in, and what does Git say about it?"""

from __future__ import annotations

from os.path import abspath, dirname, exists, isdir, isfile, join

_MARK = ".git"


def git_root(folder: str) -> str | None:
    """The nearest folder, `folder` or above it, that a Git repository begins in; None outside of one."""
    for place in upwards(folder):
        if exists(join(place, _MARK)):
            return place
    return None


def upwards(folder: str) -> list[str]:
    """`folder` and every folder above it, as absolute paths."""
    place = abspath(folder)
    places = [place]
    while (above := dirname(place)) != place:
        place = above
        places.append(place)
    return places


def file_in(folder: str, name: str) -> str | None:
    """The path of the file of that name in `folder`, or None."""
    path = join(folder, name)
    return path if isfile(path) else None


def is_git_root(folder: str) -> bool:
    """Whether a repository (or a submodule, or a work tree) begins in `folder`."""
    return exists(join(folder, _MARK))


def exclude_file(root: str) -> str:
    """Where the repository at `root` keeps its own list of ignored files: https://git-scm.com/docs/gitrepository-layout."""
    return join(_common_folder(join(root, _MARK)), "info", "exclude")


def _common_folder(mark: str) -> str:
    """The folder that all work trees of a repository share; in a work tree or a submodule `.git` is a file that leads there."""
    if isdir(mark):
        return mark
    line = _first_line(mark)
    if not line.startswith("gitdir: "):
        return mark
    folder = join(dirname(mark), line.removeprefix("gitdir: "))
    return join(folder, _first_line(join(folder, "commondir")) or ".")


def _first_line(path: str) -> str:
    """The first line of a small file; empty when there is none to read."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.readline(4096).strip()
    except OSError:
        return ""
