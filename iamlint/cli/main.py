"""What was asked for, and who answers it?"""

from __future__ import annotations

import os
import sys

from iamlint.cli.ending import CLEAN, FAILED, INTERRUPTED, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType
    from typing import NoReturn, TypeAlias

    from iamlint.cli.terminal import Terminal

    Verb: TypeAlias = Callable[..., int]


def main() -> NoReturn:
    """Runs iamlint as a process, and ends it.

    The cyclic collector finds next to nothing in a run and costs a fifth of it; tearing the interpreter down costs more than a policy.
    """
    import gc

    from iamlint.cli.terminal import Terminal

    gc.disable()
    sys.excepthook = _broken
    terminal = Terminal(_color(sys.argv[1:]))
    os._exit(run(sys.argv[1:], terminal))


def run(argv: Sequence[str], terminal: Terminal | None = None) -> int:
    """Does what the arguments ask; gives the exit code. Nothing that a user can cause raises, and everything written is flushed."""
    try:
        if terminal is None:
            from iamlint.cli.terminal import Terminal

            terminal = Terminal(_color(argv))
        return _answered(argv, terminal)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED


def _answered(argv: Sequence[str], terminal: Terminal) -> int:
    from iamlint.rulebook.errors import BookError
    from iamlint.settings.error import SettingsError

    try:
        return _verb(argv, terminal)
    except (UsageError, SettingsError) as error:
        terminal.error(error.message, error.help)
    except BookError as error:
        terminal.error(error.message, error.help, f"{error.path}:{error.line}" if error.line else error.path)
    return FAILED


def _verb(argv: Sequence[str], terminal: Terminal) -> int:
    from iamlint.cli.options import VERBS

    word = argv[0] if argv else "--help"
    if word in ("-h", "--help", "help"):
        from iamlint.cli.pages import overview

        terminal.out.write([overview(terminal.out.look.width)])
        return CLEAN if argv else FAILED
    if word in ("-V", "--version"):
        terminal.out.write([_version()])
        return CLEAN
    if word not in VERBS:
        raise _unknown_verb(word, tuple(VERBS))
    from iamlint.cli.arguments import parse

    arguments = parse(word, argv[1:], terminal)
    return CLEAN if arguments is None else _code_of(word)(arguments, terminal)


def _code_of(verb: str) -> Verb:
    """What answers a verb; nothing of the others is imported."""
    if verb == "check":
        from iamlint.cli.check import check

        return check
    if verb == "explain":
        from iamlint.cli.explain import explain

        return explain
    if verb == "rules":
        from iamlint.cli.rules import rules

        return rules
    from iamlint.cli.test import test

    return test


def _unknown_verb(word: str, verbs: Sequence[str]) -> UsageError:
    from difflib import get_close_matches

    if os.path.exists(word):
        return UsageError(f"`{word}` is not a verb", f"`iamlint check {word}` checks it")
    close = get_close_matches(word, verbs, n=1)
    return UsageError(f"`{word}` is not a verb", f"did you mean `iamlint {close[0]}`?" if close else f"use one of {', '.join(verbs)}")


def _color(argv: Sequence[str]) -> str:
    """What `--color` says, which is needed before anything else can be said; a wrong word is for the parser to report."""
    for position, word in enumerate(argv):
        value = argv[position + 1] if word == "--color" and position + 1 < len(argv) else word.removeprefix("--color=")
        if word.startswith("--color") and value in ("always", "never"):
            return value
        if word == "--":
            break
    return "auto"


def _version() -> str:
    from iamlint import __version__
    from iamlint.knowledge import DATE
    from iamlint.rulebook.book import load_book

    python = ".".join(map(str, sys.version_info[:3]))
    return f"iamlint {__version__} ({len(load_book().cards)} rules, AWS data {DATE}, Python {python})\n"


def _broken(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The end of a run that failed in our own code: Python's own exit code would say that there are findings."""
    if issubclass(kind, KeyboardInterrupt):
        os._exit(INTERRUPTED)
    from iamlint import REPOSITORY

    place = ""
    while trace is not None:
        place = f" ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})"
        trace = trace.tb_next
    help = f"please report it: {REPOSITORY}/issues/new?template=crash.yml"
    said = f"error: iamlint itself failed: {kind.__name__}: {error}{place}\n  help: {help}\n"
    os.write(2, said.encode("utf-8", "backslashreplace"))
    os._exit(FAILED)
