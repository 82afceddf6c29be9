"""What was said on the command line?

Read here rather than by argparse, whose import and set-up cost as much as proving a trust policy: a hook starts on every commit. The tests
hold the two against each other.
"""

from __future__ import annotations

from iamlint.cli.ending import UsageError
from iamlint.cli.options import COLORS, COUNT, FLAG, LIST, SHAPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from iamlint.cli.options import Option
    from iamlint.cli.terminal import Terminal


class Arguments:
    """What was said to one verb. An option that was not said is None, False or 0; `paths` is whatever is no option."""

    paths: list[str]
    stdin_filename: str | None
    kind: str | None
    resource_type: str | None
    force_exclude: bool
    base: str | None
    account: list[str] | None
    trusted_account: list[str] | None
    org: list[str] | None
    tenant: list[str] | None
    now: str | None
    select: list[str] | None
    ignore: list[str] | None
    preset: str | None
    output: list[str] | None
    min_severity: str | None
    fail_on: str | None
    exit_zero: bool
    allow_incomplete: bool
    quiet: int
    verbose: int
    config: str | None
    no_config: bool
    set: list[str] | None
    update: bool
    color: str
    help: bool

    def __init__(self, options: Mapping[str, Option]) -> None:
        self.paths = []
        said = vars(self)
        for option in options.values():
            said[option.key] = False if option.takes is FLAG else 0 if option.takes is COUNT else None
        self.color = COLORS[0]

    def hear(self, option: Option, value: str) -> None:
        """Take in that an option was said, with `value` if it takes one."""
        said = vars(self)
        if option.takes is FLAG:
            said[option.key] = True
        elif option.takes is COUNT:
            said[option.key] += 1
        elif option.takes is LIST:
            said[option.key] = [*(said[option.key] or ()), value]
        else:
            said[option.key] = value


def parse(verb: str, argv: Sequence[str], terminal: Terminal) -> Arguments | None:
    """What was said to one verb; None when its help page was shown. Raises UsageError."""
    options = SHAPES[verb].options
    arguments = Arguments(options)
    words = iter(argv)
    for word in words:
        if word == "--":
            arguments.paths += words
        elif word[:1] != "-" or word == "-":
            arguments.paths.append(word)
        else:
            _hear(verb, word, words, options, arguments)
    if arguments.color not in COLORS:
        from iamlint.settings.error import unknown

        raise unknown("value", arguments.color, COLORS, "--color")
    if arguments.help:
        from iamlint.cli.pages import page

        terminal.out.write([page(verb, terminal.out.look.width)])
        return None
    return arguments


def _hear(verb: str, word: str, words: Iterator[str], options: Mapping[str, Option], arguments: Arguments) -> None:
    """Take in one word that begins with a dash: `--name`, `--name=value`, `-n`, `-nvalue`, `-n=value` or several flags as `-nm`."""
    is_long = word.startswith("--")
    name, equals, value = word.partition("=") if is_long else (word[:2], word[2:], word[2:].removeprefix("="))
    option = options.get(name)
    if option is None:
        raise _unknown_option(verb, word.partition("=")[0], options)
    if option.takes in (FLAG, COUNT):
        arguments.hear(option, "")
        if (is_long and equals) or equals[:1] == "=":
            raise UsageError(f"`{name}` takes no value", _way_out(verb))
        if equals:
            _hear(verb, f"-{value}", words, options, arguments)
        return
    if not equals:
        value = next(words, "--")
        if value[:1] == "-" and value != "-":
            raise UsageError(f"`{'/'.join(option.names)}` needs a value", _way_out(verb))
    arguments.hear(option, value)


def _unknown_option(verb: str, name: str, options: Mapping[str, Option]) -> UsageError:
    from difflib import get_close_matches

    close = get_close_matches(name, [known for known in options if known.startswith("--")], n=1)
    return UsageError(f"unknown option `{name}`", f"did you mean `{close[0]}`?" if close else _way_out(verb))


def _way_out(verb: str) -> str:
    return f"`iamlint {verb} --help` shows what there is"
