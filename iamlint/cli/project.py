"""Which settings and rules hold for this run?"""

from __future__ import annotations

import os

from iamlint import api
from iamlint.cli.ending import UsageError
from iamlint.rulebook.book import load_book
from iamlint.settings.settings import Settings
from iamlint.sources.repository import git_root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.cli.arguments import Arguments
    from iamlint.rulebook.card import Card
    from iamlint.settings.expects import Expectations
    from iamlint.settings.file import SettingsFile
    from iamlint.settings.given import Given
    from iamlint.settings.kinds import Kinds
    from iamlint.sources.ignore import Ignores

# Where a flag says the same as a setting, it is one.
_LISTS = {"account": "own-accounts", "trusted_account": "trusted-accounts", "org": "own-organizations"}
_RULES = {"select": "select", "ignore": "ignore-rules"}
_WORDS = {"preset": "preset", "fail_on": "fail-on", "min_severity": "min-severity"}


class Project:
    """The settings, all rules, and the folder that the settings (else the repository, else the working directory) begin in."""

    __slots__ = ("book", "folder", "settings")

    def __init__(self, arguments: Arguments) -> None:
        """Raises SettingsError and BookError."""
        here = os.getcwd()
        given: list[Given] = []
        folder = None
        if not arguments.no_config:
            file = _settings_file(arguments.config, here)
            if file is not None:
                given += file.given
                folder = file.folder
        if arguments.set:
            from iamlint.settings.given import assigned

            given += [assigned(text) for text in arguments.set]
        given += _flags(arguments)
        self.settings = Settings(given)
        self.folder = folder or git_root(here) or here
        self.book = load_book(None if arguments.no_config else own_rules(self.folder))

    @property
    def cards(self) -> tuple[Card, ...]:
        """The rules that run; raises BookError."""
        return api.rules(self.book, self.settings)

    @property
    def excluded(self) -> Ignores | None:
        """What the settings leave out, or None."""
        if not self.settings.excluded:
            return None
        from iamlint.sources.ignore import Ignores

        return Ignores(()).below("", "\n".join(self.settings.excluded))

    @property
    def expectations(self) -> Expectations | None:
        """Which calls are to work with which policies, or None where nobody told."""
        if not self.settings.intents:
            return None
        from iamlint.settings.expects import Expectations

        return Expectations(self.settings.intents, self.folder)

    @property
    def kinds(self) -> Kinds | None:
        """What the paths of sources tell of their policies, or None where nobody told."""
        if not self.settings.kinds:
            return None
        from iamlint.settings.kinds import Kinds

        return Kinds(self.settings.kinds, self.folder)


def own_rules(folder: str) -> str:
    """Where a repository keeps rules of its own."""
    return os.path.join(folder, ".iamlint", "rules")


def _settings_file(named: str | None, here: str) -> SettingsFile | None:
    if named:
        from iamlint.settings.file import read_settings

        return read_settings(os.path.abspath(named))
    from iamlint.settings.find import find_settings

    return find_settings(here)


def _flags(arguments: Arguments) -> list[Given]:
    said = list(_said(arguments))
    if not said:
        return []
    from iamlint.settings.given import Given

    return [Given(*one) for one in said]


def _said(arguments: Arguments) -> Iterator[tuple[str, str | bool | tuple[str, ...], str]]:
    """The key, the value and the name of each flag that is a setting."""
    said = vars(arguments)
    for flag, key in _LISTS.items():
        if said.get(flag):
            yield key, tuple(said[flag]), f"--{flag.replace('_', '-')}"
    for flag, key in _RULES.items():
        if said.get(flag):
            yield key, tuple([word for text in said[flag] for part in text.split(",") if (word := part.strip())]), f"--{flag}"
    for flag, key in _WORDS.items():
        if said.get(flag) is not None:
            yield key, said[flag], f"--{flag.replace('_', '-')}"
    for text in said.get("tenant") or ():
        yield "own-tenants", _tenant(text), "--tenant"
    if said.get("allow_incomplete"):
        yield "allow-incomplete", True, "--allow-incomplete"


def _tenant(text: str) -> tuple[str, str]:
    """What `--tenant HOST=NAME` says; the names of some providers have an equals sign, their hosts none."""
    host, equals, name = text.partition("=")
    if not (host and equals and name):
        raise UsageError(f"`{text}` in --tenant names no tenant", "write `--tenant token.actions.githubusercontent.com=my-organization`")
    return host, name
