"""Which settings file holds?

One file holds for a whole run: the nearest `iamlint.toml`, `.iamlint.toml` or `pyproject.toml` with `[tool.iamlint]`, from the working
directory up to the root of its Git repository. Nothing is merged: what a run does can be read in one place.
"""

from __future__ import annotations

from iamlint.sources.repository import file_in, is_git_root, upwards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.settings.file import SettingsFile

NAMES = ("iamlint.toml", ".iamlint.toml")
PROJECT = "pyproject.toml"


def find_settings(folder: str) -> SettingsFile | None:
    """The settings file that holds in `folder`, or None; SettingsError for one that cannot be used."""
    for place in upwards(folder):
        for name in NAMES:
            if path := file_in(place, name):
                from iamlint.settings.file import read_settings

                return read_settings(path)
        if path := file_in(place, PROJECT):
            from iamlint.settings.file import project_settings

            found = project_settings(path)
            if found is not None:
                return found
        if is_git_root(place):
            return None
    return None
