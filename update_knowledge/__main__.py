"""The command `python -m update_knowledge`: brings the tables of `iamlint/knowledge/aws/` up to date, or tells whether they are."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from update_knowledge import acquire
from update_knowledge.build import build
from update_knowledge.changelog import changes
from update_knowledge.files import ROOT, differences, read_tables, write
from update_knowledge.problem import UpdateError
from update_knowledge.recorded import check_recorded, recorded_versions


def main(argv: Sequence[str] | None = None) -> int:
    """0: done, or nothing differs; 1: `--check` found a difference; 2: the update could not be made."""
    asked = arguments().parse_args(argv)
    try:
        return update(asked)
    except UpdateError as wrong:
        print(f"error: {wrong.message}\n  help: {wrong.help}", file=sys.stderr)
    except OSError as wrong:
        print(f"error: `{wrong.filename}`: {wrong.strerror}\n  help: see that it is there and may be read and written", file=sys.stderr)
    return 2


def arguments() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    parser = argparse.ArgumentParser(prog="python -m update_knowledge", description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, metavar="DIR", help="read the archives in this folder; use no network")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 when the tables are not what the sources give")
    parser.add_argument("--pin", action="append", default=[], type=pin, metavar="SOURCE=VERSION", help="take this version of a source")
    parser.add_argument("--recorded", action="store_true", help="take the versions that PROVENANCE.json records, not the newest")
    parser.add_argument("--out", type=Path, default=ROOT, metavar="DIR", help="the root of the repository (default: this one)")
    parser.add_argument("--force", action="store_true", help="accept the loss of more than 2 %% of something")
    return parser


def pin(text: str) -> tuple[str, str]:
    """`SOURCE=VERSION`, split."""
    name, equals, version = text.partition("=")
    if not equals or not version:
        raise argparse.ArgumentTypeError(f"`{text}` is not SOURCE=VERSION")
    return name, version


def update(asked: argparse.Namespace) -> int:
    """Makes the tables, and writes or compares them."""
    before = read_tables(asked.out)
    pins = {**(recorded_versions(before) if asked.recorded else {}), **dict(asked.pin)}
    acquire.check_pins(pins)
    with tempfile.TemporaryDirectory() as temporary:
        archives = acquire.archives(asked.folder or _downloaded(Path(temporary), pins), pins)
        if asked.recorded:
            check_recorded(archives, before)
        tables, notices = build(archives, before, may_shrink=asked.force)
    return (_check if asked.check else _write)(asked.out, before, tables, notices)


def _downloaded(folder: Path, pins: Mapping[str, str]) -> Path:
    acquire.download(folder, pins)
    return folder


def _check(root: Path, before: Mapping[str, str], tables: Mapping[str, str], notices: str) -> int:
    different = list(differences(root, tables, notices))
    for line in (*changes(before, tables), *(f"! {name}" for name in different)):
        print(line)
    if different:
        print("help: run `python -m update_knowledge` with the same options but `--check`, and commit what it writes", file=sys.stderr)
    return 1 if different else 0


def _write(root: Path, before: Mapping[str, str], tables: Mapping[str, str], notices: str) -> int:
    changed = write(root, tables, notices)
    for line in changes(before, tables):
        print(line)
    print(f"{len(changed)} file{'s' * (len(changed) != 1)} written" if changed else "nothing has changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
