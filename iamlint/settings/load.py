"""Where does a project keep its settings, and what do they say?

The nearest of `iamlint.toml`, `.iamlint.toml` and a `pyproject.toml` with `[tool.iamlint]`, from the working folder up to the root of its Git
repository. The nearest one counts alone; nothing is merged.
"""

from __future__ import annotations

from os.path import dirname, isfile, join

from iamlint.settings.values import Settings, SettingsError
from iamlint.sources.repository import is_git_root, upwards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.settings.values import Toml

_NAMES = ("iamlint.toml", ".iamlint.toml", "pyproject.toml")


def load_settings(folder: str, *, path: str | None = None, search: bool = True, overrides: tuple[str, ...] = ()) -> Settings:
    """The settings that hold in `folder`: those of `path`, else of the nearest file unless `search` is False; then `overrides` (`key=value`).

    Raises SettingsError for a file that cannot be read or says what cannot be.
    """
    settings = Settings()
    found = path or (_nearest(folder) if search else None)
    if found is not None:
        settings.folder = dirname(found)
        for key, value in _table(found, named=path is not None).items():
            settings.take(key, value, found)
    for text in overrides:
        key, value = _override(text)
        settings.take(key, value, "--set")
    return settings


def _nearest(folder: str) -> str | None:
    for place in upwards(folder):
        for name in _NAMES:
            path = join(place, name)
            if isfile(path) and (name != "pyproject.toml" or _mentions_us(path)):
                return path
        if is_git_root(place):
            return None
    return None


def _mentions_us(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return b"tool.iamlint" in file.read(1 << 20)
    except OSError:
        return False


def _table(path: str, *, named: bool) -> dict[str, Toml]:
    import tomllib

    try:
        with open(path, "rb") as file:
            content: dict[str, Toml] = tomllib.load(file)
    except OSError as error:
        raise SettingsError(f"the settings cannot be read: {error.strerror or error}", "check the path", path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"the settings are not TOML: {error}", "mend that line", path) from None
    if not path.endswith("pyproject.toml"):
        return content
    tool = content.get("tool")
    ours = tool.get("iamlint") if isinstance(tool, dict) else None
    if isinstance(ours, dict):
        return ours
    if named:
        raise SettingsError("there is no [tool.iamlint]", "add that table, or name another file", path)
    return {}


def _override(text: str) -> tuple[str, Toml]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise SettingsError(f"`{text}` is no setting", "write --set key=value", "--set")
    import tomllib

    try:
        return key.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return key.strip(), value.strip()
