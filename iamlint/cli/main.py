"""What was asked for, and how does it end?"""

from __future__ import annotations

import gc
import os
import sys

from iamlint.cli.arguments import parse
from iamlint.cli.terminal import error_text, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> None:
    """Runs iamlint and leaves the process with its exit code."""
    code = run(sys.argv[1:] if argv is None else argv)
    # Nothing is left to tidy up, and tearing the interpreter down costs more than checking a policy.
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        code = code or 2
    os._exit(code)


def run(argv: Sequence[str]) -> int:
    """Does what the arguments ask; gives the exit code and never raises what a user can cause."""
    gc.set_threshold(100_000, 20, 20)
    try:
        return _dispatch(parse(argv))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read has read enough: `iamlint check | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0


def _dispatch(arguments: Namespace) -> int:
    from iamlint.rulebook.errors import BookError
    from iamlint.settings.values import SettingsError

    try:
        return _verb(arguments)
    except BookError as error:
        place = f"{error.path}:{error.line}" if error.line else error.path
        say(error_text(error.message, error.help, place))
    except SettingsError as error:
        say(error_text(error.message, error.help, error.origin))
    return 2


def _verb(arguments: Namespace) -> int:
    if arguments.version:
        return _version()
    match arguments.verb:
        case "check":
            from iamlint.cli.check import check

            return check(arguments)
        case "explain":
            from iamlint.cli.explain import explain

            return explain(arguments)
        case "rules":
            from iamlint.cli.rules import rules

            return rules(arguments)
        case "test":
            from iamlint.cli.test import test

            return test(arguments)
        case _:
            parse(["--help"])
            return 2


def _version() -> int:
    from iamlint import __version__
    from iamlint.knowledge import DATE
    from iamlint.rulebook.book import load_book

    python = ".".join(map(str, sys.version_info[:3]))
    sys.stdout.write(f"iamlint {__version__} ({len(load_book().cards)} rules, AWS facts of {DATE}, Python {python})\n")
    return 0
