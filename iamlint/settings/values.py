"""Which settings are there, and what may each of them be?"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    # What TOML can say, as far as a setting can use it.
    Toml: TypeAlias = "str | bool | int | float | list[Toml] | dict[str, Toml] | object"

SEVERITIES = ("critical", "high", "medium", "low", "info")


class SettingsError(Exception):
    """A setting that cannot be used: what is wrong, where it stands, and what to do."""

    def __init__(self, message: str, help: str, origin: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.origin = origin


class Settings:
    """What a project says about its checks; each value with where it came from in `origins`.

    `rules` overrides single rules: a severity, or `off`. An empty text or tuple means that nothing was said.
    """

    __slots__ = (
        "accounts",
        "fail_on",
        "folder",
        "ignore",
        "min_severity",
        "organizations",
        "origins",
        "preset",
        "rules",
        "select",
        "tenants",
        "trusted_accounts",
    )

    def __init__(self) -> None:
        self.preset = "recommended"
        self.accounts: tuple[str, ...] = ()
        self.trusted_accounts: tuple[str, ...] = ()
        self.organizations: tuple[str, ...] = ()
        self.tenants: dict[str, tuple[str, ...]] = {}
        self.fail_on = "low"
        self.min_severity = "info"
        self.select: tuple[str, ...] = ()
        self.ignore: tuple[str, ...] = ()
        self.rules: dict[str, str] = {}
        self.origins: dict[str, str] = {}
        self.folder = ""

    def take(self, key: str, value: Toml, origin: str) -> None:
        """Sets one setting by its name in the file; raises SettingsError for a name or a value that cannot be."""
        known = _READERS.get(key)
        if known is None:
            raise SettingsError(f"unknown setting `{key}`", _nearest(key), origin)
        slot, read = known
        setattr(self, slot, read(key, value, origin))
        self.origins[key] = origin


def _nearest(key: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key, _READERS, n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else f"the settings are {', '.join(sorted(_READERS))}"


def _word(*allowed: str) -> Callable[[str, Toml, str], str]:
    def read(key: str, value: Toml, origin: str) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise SettingsError(f"`{key}` is {_said(value)}", f"use one of {', '.join(allowed)}", origin)
        return value

    return read


def _said(value: Toml) -> str:
    return f"`{value}`" if isinstance(value, str | int | float) else f"a {type(value).__name__}"


def _texts(pattern: str, what: str) -> Callable[[str, Toml, str], tuple[str, ...]]:
    legal = re.compile(pattern)

    def read(key: str, value: Toml, origin: str) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise SettingsError(f"`{key}` is {_said(value)}", f'write a list of {what}: {key} = ["…"]', origin)
        for item in value:
            if not isinstance(item, str) or not legal.fullmatch(item):
                raise SettingsError(f"`{key}` has {_said(item)}", f"write {what} as text", origin)
        return tuple([item for item in value if isinstance(item, str)])

    return read


def _tenants(key: str, value: Toml, origin: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise SettingsError(f"`{key}` is {_said(value)}", f'write a table: [{key}] with lines like "host" = ["name"]', origin)
    return {host: _texts(".+", "names of tenants")(f"{key}.{host}", names, origin) for host, names in value.items()}


def _rules(key: str, value: Toml, origin: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise SettingsError(f"`{key}` is {_said(value)}", f'write a table: [{key}] with lines like name = "off"', origin)
    return {name: _word("off", *SEVERITIES)(f"{key}.{name}", word, origin) for name, word in value.items()}


ACCOUNT = re.compile(r"[0-9]{12}")
ORGANIZATION = re.compile(r"o-[a-z0-9]{10,32}")
_ACCOUNTS = _texts(ACCOUNT.pattern, "account ids of 12 digits")

_READERS: dict[str, tuple[str, Callable[[str, Toml, str], object]]] = {
    "preset": ("preset", _word("recommended", "strict", "audit")),
    "own-accounts": ("accounts", _ACCOUNTS),
    "trusted-accounts": ("trusted_accounts", _ACCOUNTS),
    "own-organizations": ("organizations", _texts(ORGANIZATION.pattern, "organization ids such as o-a1b2c3d4e5")),
    "own-tenants": ("tenants", _tenants),
    "fail-on": ("fail_on", _word(*SEVERITIES)),
    "min-severity": ("min_severity", _word(*SEVERITIES)),
    "select": ("select", _texts(".+", "rules, families, tag:… or severity:…")),
    "ignore-rules": ("ignore", _texts(".+", "rules, families, tag:… or severity:…")),
    "rules": ("rules", _rules),
}
