"""What is in a downloaded package? Its files are read, never run."""

from __future__ import annotations

import ast
import base64
import fnmatch
import hashlib
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from update_knowledge.problem import UpdateError
from update_knowledge.sources import Source

Answer = TypeVar("Answer")


class Archive:
    """The files of one version of a source."""

    def __init__(self, source: Source, version: str, path: Path) -> None:
        self.source = source
        self.version = version
        self.path = path
        self._bytes = path.read_bytes()
        self._members, self._read = _opened(path.name, self._bytes)

    @property
    def sha256(self) -> str:
        """The checksum of the archive."""
        return hashlib.sha256(self._bytes).hexdigest()

    @property
    def integrity(self) -> str:
        """The checksum as npm writes it."""
        return "sha512-" + base64.b64encode(hashlib.sha512(self._bytes).digest()).decode()

    def names(self, pattern: str) -> list[str]:
        """The files whose path matches the pattern, sorted."""
        return sorted(fnmatch.filter(self._members, pattern))

    def text(self, pattern: str) -> str:
        """The one file whose path matches."""
        found = self.names(pattern)
        if len(found) != 1:
            raise UpdateError(
                f"`{self.path.name}` has {len(found)} files `{pattern}` where one is expected",
                help=f"this version is laid out differently: pin an older one with `--pin {self.source.name}=VERSION`",
            )
        return self._read(found[0]).decode("utf-8")

    def json(self, pattern: str) -> object:
        """A JSON file."""
        try:
            return json.loads(self.text(pattern))
        except ValueError as wrong:
            raise self.unreadable(pattern, str(wrong)) from wrong

    def constant(self, pattern: str, name: str) -> object:
        """The literal that a Python file assigns to `name` at its top."""
        try:
            body = ast.parse(self.text(pattern)).body
            for node in body:
                if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets):
                    return ast.literal_eval(node.value)
        except (SyntaxError, ValueError) as wrong:
            raise self.unreadable(pattern, str(wrong)) from wrong
        raise self.unreadable(pattern, f"it assigns nothing to `{name}`")

    def ask(self, reader: Callable[[Archive], Answer]) -> Answer:
        """What a reader makes of it; an error when its tables have another shape than the reader expects."""
        try:
            return reader(self)
        except (KeyError, IndexError, TypeError, AttributeError, ValueError) as wrong:
            raise self.unreadable("a table", f"{type(wrong).__name__}: {wrong}") from wrong

    def unreadable(self, pattern: str, why: str) -> UpdateError:
        """What to say when a file is not what it was."""
        return UpdateError(
            f"`{pattern}` in `{self.path.name}` cannot be read: {why}",
            help=f"pin a version that can be read with `--pin {self.source.name}=VERSION`, or change `update_knowledge/readers/`",
        )


def _opened(name: str, content: bytes) -> tuple[list[str], Callable[[str], bytes]]:
    """The names of the files, and what reads one."""
    try:
        if name.endswith(".tgz"):
            with tarfile.open(fileobj=io.BytesIO(content)) as tar:
                files = ((member.name, tar.extractfile(member)) for member in tar.getmembers() if member.isfile())
                members = {member: file.read() for member, file in files if file is not None}
            return list(members), members.__getitem__
        wheel = zipfile.ZipFile(io.BytesIO(content))
        return wheel.namelist(), wheel.read
    except (OSError, tarfile.TarError, zipfile.BadZipFile, EOFError, zlib.error) as wrong:
        raise UpdateError(f"`{name}` is no archive that can be read: {wrong}", help="download it again") from wrong
