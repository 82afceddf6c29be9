"""What was said of one setting, and where?"""

from __future__ import annotations

from iamlint.settings.error import SettingsError, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TEXTS = frozenset({"own-accounts", "own-organizations", "trusted-accounts", "select", "ignore-rules", "exclude"})
TABLES = frozenset({"own-tenants", "rules", "expects", "kinds"})
# Tables whose entries are lists of texts.
_LISTS = frozenset({"own-tenants", "expects"})
FLAGS = frozenset({"allow-incomplete"})
WORDS = frozenset({"preset", "rules-as-of", "fail-on", "min-severity"})
KEYS = (*sorted(TEXTS), *sorted(TABLES), *sorted(FLAGS), *sorted(WORDS))


class Given:
    """A setting's value as it was given; `origin` is where (`iamlint.toml:3`, `--fail-on`).

    The value is of the setting's shape already: a tuple of texts, a truth value, a text, or for a table one (name, value) pair.
    """

    __slots__ = ("key", "origin", "value")

    def __init__(self, key: str, value: str | bool | tuple[str, ...], origin: str) -> None:
        self.key = key
        self.value = value
        self.origin = origin

    def __repr__(self) -> str:
        return f"Given({self.key!r}, {self.value!r}, {self.origin!r})"


def assigned(text: str) -> Given:
    """What `--set key=value` says; texts of a list are separated by commas, an entry of a table is named `rules.some-rule`."""
    key, equals, value = text.partition("=")
    origin = "--set"
    if not equals:
        raise SettingsError(f"`{text}` in {origin} has no value", "write it as `--set key=value`")
    key = key.strip()
    value = value.strip().strip("\"'")
    table, dot, name = key.partition(".")
    if dot and table in TABLES:
        parts = tuple(_split(value)) if table in _LISTS else (value,)
        return Given(table, (name.strip("\"'"), *parts), origin)
    if key in TEXTS:
        return Given(key, tuple(_split(value)), origin)
    if key in FLAGS:
        return Given(key, _truth(key, value, origin), origin)
    if key in WORDS:
        return Given(key, value, origin)
    if key in TABLES:
        raise SettingsError(f"`{key}` in {origin} is a table", f"write `--set {key}.NAME=value`")
    raise unknown("setting", key, KEYS, origin)


def tabled(table: Mapping[str, object], origins: Mapping[str, str]) -> Iterable[Given]:
    """What a table of a settings file says; `origins` tells of a key where it stands."""
    for key, value in table.items():
        origin = origins[key]
        if key in TABLES:
            yield from _entries(key, value, origins)
        elif key in TEXTS:
            yield Given(key, texts(key, value, origin), origin)
        elif key in FLAGS:
            if not isinstance(value, bool):
                raise SettingsError(f"`{key}` in {origin} is not true or false", f"write `{key} = true`")
            yield Given(key, value, origin)
        elif key in WORDS:
            yield Given(key, _word(key, value, origin), origin)
        else:
            raise unknown("setting", key, KEYS, origin)


def texts(key: str, value: object, origin: str) -> tuple[str, ...]:
    """A list of texts; a single text stands for a list of one."""
    items = value if isinstance(value, list) else [value]
    return tuple([_word(key, item, origin) for item in items])


def _entries(key: str, value: object, origins: Mapping[str, str]) -> Iterable[Given]:
    if not isinstance(value, dict):
        raise SettingsError(f"`{key}` in {origins[key]} is not a table", f"write `[{key}]` and one `name = value` a line below it")
    for name, entry in value.items():
        origin = origins.get(f"{key}.{name}", origins[key])
        parts = texts(name, entry, origin) if key in _LISTS else (_word(name, entry, origin),)
        yield Given(key, (name, *parts), origin)


def _word(key: str, value: object, origin: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        # An account id may begin with a zero, which a number loses.
        raise SettingsError(f"`{key}` in {origin} has the number {value} where a text belongs", f'write it in quotes: "{value}"')
    if not isinstance(value, str):
        raise SettingsError(f"`{key}` in {origin} is not a text", f'write `{key} = "…"`')
    return value


def _truth(key: str, value: str, origin: str) -> bool:
    if value not in ("true", "false"):
        raise SettingsError(f"`{key}` in {origin} is not true or false", f"write `--set {key}=true`")
    return value == "true"


def _split(value: str) -> list[str]:
    """The texts between commas; brackets and quotes as in the settings file are allowed."""
    inside = value.removeprefix("[").removesuffix("]")
    return [part for piece in inside.split(",") if (part := piece.strip().strip("\"'"))]
