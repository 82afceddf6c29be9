"""What did the files of a Git repository say at a revision?

Git is asked, by commands that read its objects and nothing else: no hook, filter, pager or program of the repository runs. Names never
become options: the revision is refused when it begins with a dash, and files are asked for by the ids of their contents.
"""

from __future__ import annotations

import os
import posixpath
import subprocess

from iamlint.sources.earlier import NoEarlier
from iamlint.sources.files import Found, Unread, is_terraform
from iamlint.sources.repository import git_root
from iamlint.sources.sniff import HEAD, is_candidate, may_hold_policy
from iamlint.text.source import MAX_BYTES, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SYMLINK, _GITLINK = "120000", "160000"
_MOST_LINKS = 8
_AT_ONCE = 200
_WAY_OUT = "name a revision of this repository, such as `origin/main` or `HEAD~1`, or a folder or file"


class Revision:
    """The files of a repository as they were at a revision."""

    __slots__ = ("_files", "_id", "_moved", "_name", "_root", "alone")

    def __init__(self, name: str, folder: str) -> None:
        """Raises NoEarlier."""
        root = git_root(folder)
        if root is None:
            raise NoEarlier(f"`{_said(name)}` is no file or folder, and no repository is here that could have such a revision", _WAY_OUT)
        if name.startswith("-") or "\0" in name:
            raise NoEarlier(f"`{_said(name)}` is not a revision", _WAY_OUT)
        self._root = root
        self._name = name
        self.alone = False
        self._id = self._resolved()
        self._files = self._listed()
        self._moved: dict[str, str] | None = None

    def at(self, path: str) -> Found | Unread | None:
        """The file of the same path in the repository, or of that from which it was moved."""
        inside = self._inside(path)
        if inside is None:
            return None
        was = inside if inside in self._files else self._moves().get(inside)
        try:
            entry = self._file(was) if was is not None else None
            return None if entry is None or was is None else self._found(was, self._git("cat-file", "blob", entry))
        except _Refused as refused:
            return Unread(f"{self._name}:{was}", refused.why or "git does not have it", "fetch the history first, or compare with a folder")

    def everything(self) -> Iterator[Found]:
        """Every file of the revision that could hold a policy, by the look of its name and of its bytes."""
        wanted = [(path, entry) for path, (mode, entry) in self._files.items() if mode not in (_SYMLINK, _GITLINK)]
        readable = [one for one in wanted if not is_terraform(one[0])]
        for start in range(0, len(readable), _AT_ONCE):
            some = readable[start : start + _AT_ONCE]
            for (path, _), data in zip(some, self._contents([entry for _, entry in some]), strict=True):
                found = self._found(path, data) if is_candidate(path, data[:HEAD]) and may_hold_policy(data) else None
                if isinstance(found, Found):
                    yield found

    def _resolved(self) -> str:
        """The id of the commit."""
        try:
            return self._git("rev-parse", "--verify", "--quiet", f"{self._name}^{{commit}}").decode("ascii", "replace").strip()
        except _Refused as refused:
            why = refused.why or "is no file or folder, and no revision of this repository"
            shallow = os.path.exists(os.path.join(self._root, ".git", "shallow"))
            help = "fetch the history first (`git fetch --unshallow`, in GitHub Actions `fetch-depth: 0`)" if shallow else _WAY_OUT
            raise NoEarlier(f"`{_said(self._name)}` {why}", help) from None

    def _listed(self) -> dict[str, tuple[str, str]]:
        """The mode and id of every file, by its path from the root."""
        try:
            listing = self._git("ls-tree", "-r", "-z", "--full-tree", self._id)
        except _Refused as refused:
            raise NoEarlier(f"the files of `{_said(self._name)}` {refused.why or 'cannot be listed'}", _WAY_OUT) from None
        files: dict[str, tuple[str, str]] = {}
        for line in listing.split(b"\0"):
            facts, tab, path = line.partition(b"\t")
            if tab:
                mode, _, entry = facts.decode("ascii", "replace").split(" ")[:3]
                files[os.fsdecode(path)] = (mode, entry)
        return files

    def _moves(self) -> dict[str, str]:
        """From where files were moved since, by where they are in the index, as far as Git takes them for the same."""
        if self._moved is None:
            try:
                said = self._git("diff-index", "--cached", "-z", "-M", "--diff-filter=R", "--name-status", "--no-ext-diff", self._id)
            except _Refused:
                said = b""
            words = [os.fsdecode(word) for word in said.split(b"\0")]
            self._moved = {words[at + 2]: words[at + 1] for at in range(0, len(words) - 2, 3)}
        return self._moved

    def _inside(self, path: str) -> str | None:
        """The path from the root of the repository; None for what is not in it."""
        inside = os.path.relpath(os.path.abspath(path), self._root)
        return None if inside.startswith(os.pardir) or os.path.isabs(inside) else inside.replace(os.sep, "/")

    def _file(self, path: str) -> str | None:
        """The id of a file's content, at the end of symbolic links; None where they lead nowhere."""
        for _ in range(_MOST_LINKS):
            mode, entry = self._files.get(path, ("", ""))
            if mode != _SYMLINK:
                return entry if mode and mode != _GITLINK else None
            path = posixpath.normpath(posixpath.join(posixpath.dirname(path), os.fsdecode(self._git("cat-file", "blob", entry))))
        return None

    def _found(self, path: str, data: bytes) -> Found | Unread:
        name = f"{self._name}:{path}"
        if len(data) > MAX_BYTES:
            return Unread(name, "it is too large", "leave it out")
        return Found(Source(name, data), named=False)

    def _contents(self, entries: list[str]) -> Iterator[bytes]:
        """What the files of these ids hold, in their order; nothing for one that Git does not have."""
        said = self._git("cat-file", "--batch", said="".join([f"{entry}\n" for entry in entries]).encode())
        at = 0
        for _ in entries:
            end = said.index(b"\n", at)
            size = said[at:end].rpartition(b" ")[2]
            length = int(size) if size.isdigit() else -1
            yield said[end + 1 : end + 1 + max(length, 0)]
            at = end + 1 + length + 1

    def _git(self, *words: str, said: bytes = b"") -> bytes:
        """What Git answers; raises _Refused with what it says against it, and NoEarlier without Git."""
        command = ["git", "--no-pager", "-c", "core.fsmonitor=false", "-C", self._root, *words]
        try:
            done = subprocess.run(command, input=said, capture_output=True, check=False)
        except OSError:
            raise NoEarlier(f"git is needed to read `{_said(self._name)}`, and it cannot be run", "install git, or name a folder") from None
        if done.returncode:
            raise _Refused(done.stderr.decode("utf-8", "replace").strip().partition("\n")[0])
        return done.stdout


class _Refused(Exception):
    """Git could not answer; `why` is the first line that it says."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = f"cannot be read: {why}" if why else ""


def _said(name: str) -> str:
    """A name as a message can say it."""
    return name if len(name) <= 100 else f"{name[:99]}…"
