"""What does a settings file say?"""

from __future__ import annotations

import re
from os.path import dirname

from iamlint.settings.error import SettingsError
from iamlint.settings.find import PROJECT
from iamlint.settings.given import tabled
from iamlint.sources.files import Unread, read, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iamlint.settings.given import Given


class SettingsFile:
    """A settings file: where it is, and what it gives."""

    __slots__ = ("given", "path")

    def __init__(self, path: str, given: tuple[Given, ...]) -> None:
        self.path = path
        self.given = given

    @property
    def folder(self) -> str:
        """The folder that the file stands in, which its paths are relative to."""
        return dirname(self.path)


def read_settings(path: str) -> SettingsFile:
    """A settings file that was named; SettingsError when it cannot be used."""
    if path.replace("\\", "/").rsplit("/", 1)[-1] == PROJECT:
        found = _project(path)
        if found is None:
            raise SettingsError(f"{shown(path)} has no `[tool.iamlint]`", "add it, or name another file")
        return found
    text = _text(path)
    return SettingsFile(path, tuple(_given(_parsed(text, path), text, shown(path))))


def project_settings(path: str) -> SettingsFile | None:
    """What `[tool.iamlint]` of a `pyproject.toml` says, or None when there is none; one that does not name us is not even parsed."""
    return _project(path) if b"iamlint" in _bytes(path) else None


def _project(path: str) -> SettingsFile | None:
    text = _text(path)
    tool = _parsed(text, path).get("tool")
    table = tool.get("iamlint") if isinstance(tool, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise SettingsError(f"`tool.iamlint` in {shown(path)} is not a table", "write `[tool.iamlint]`")
    return SettingsFile(path, tuple(_given(table, text, shown(path), "tool.iamlint")))


def _bytes(path: str) -> bytes:
    sighting = read(path)
    if isinstance(sighting, Unread):
        raise SettingsError(f"{sighting.path} cannot be read: {sighting.message}", sighting.help)
    return sighting.source.data


def _text(path: str) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(f"{shown(path)} is not UTF-8", "save it as UTF-8") from None


def _parsed(text: str, path: str) -> dict[str, object]:
    from tomllib import TOMLDecodeError, loads

    try:
        return loads(text)
    except (TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{shown(path)} is not TOML: {_lowered(str(error))}", "mend it there; see https://toml.io") from None


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]


def _given(table: Mapping[str, object], text: str, name: str, prefix: str = "") -> Iterator[Given]:
    origins = _Origins(text, name, prefix)
    places = {key: origins.of(key) for key in table}
    for key, value in table.items():
        if isinstance(value, dict):
            places |= {f"{key}.{entry}": origins.of(entry, key) for entry in value}
    yield from tabled(table, places)


class _Origins:
    """Where the keys of a settings file stand; TOML's parser does not tell, so they are looked for."""

    __slots__ = ("_lines", "_name", "_prefix")

    def __init__(self, text: str, name: str, prefix: str) -> None:
        self._lines = text.split("\n")
        self._name = name
        self._prefix = prefix

    def of(self, key: str, table: str = "") -> str:
        """`iamlint.toml:7`, or the bare name where the line is not found."""
        header = ".".join([part for part in (self._prefix, table) if part])
        section = ""
        for number, line in enumerate(self._lines, 1):
            if heading := re.match(r"\s*\[+([^\]]+)\]", line):
                section = re.sub(r"[\s\"']", "", heading[1])
                if section == f"{header}.{key}".lstrip("."):
                    return f"{self._name}:{number}"
            elif section == header and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""", line):
                return f"{self._name}:{number}"
        return self._name
