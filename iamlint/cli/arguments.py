"""What can be said on the command line?

Only the parser of the verb that is used is built, for a hook starts on every commit. Options stand in groups: `add_argument` of a group,
unlike that of a parser, does not set up the help page for each of them.
"""

from __future__ import annotations

import argparse

from iamlint.cli.ending import UsageError
from iamlint.settings.error import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from iamlint.cli.terminal import Terminal

VERBS = {
    "check": "check policies in files",
    "explain": "explain rules",
    "rules": "list the rules, and which of them run here",
    "test": "run the examples on rule cards",
}
KINDS = ("trust", "identity", "resource", "scp", "rcp", "boundary", "session", "vpc-endpoint")
COLORS = ("auto", "always", "never")

_DESCRIPTION = "Proves what AWS IAM policies let in: a finding comes with the very request that gets in and the text that lets it."
_EXITS = "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 iamlint could not do what was asked, 3 clean but incomplete."
_DONE = "Exit codes: 0 done, 2 iamlint could not do what was asked."
_TESTED = "Exit codes: 0 every card holds, 1 some do not, 2 iamlint could not do what was asked."
_LEARN = "`iamlint VERB --help` says more of a verb. " + _EXITS


class Parser(argparse.ArgumentParser):
    """A parser whose errors read like every other error of ours."""

    def error(self, message: str) -> NoReturn:
        """What argparse cannot make sense of, as a UsageError."""
        option, _, rest = message.removeprefix("argument ").partition(": ")
        said = f"`{option}` needs a value" if rest == "expected one argument" else message.replace("'", "`")
        raise UsageError(said, f"`{self.prog} --help` shows what there is")


def parse(verb: str, argv: Sequence[str], terminal: Terminal) -> argparse.Namespace | None:
    """What was said to one verb, with whatever is no option in `paths`; None when its help page was shown. Raises UsageError."""
    parser = _parser(verb, terminal.out.look.width)
    end = list(argv).index("--") if "--" in argv else len(argv)
    arguments, rest = parser.parse_known_args(argv[:end])
    for word in rest:
        if word.startswith("-") and word != "-":
            raise _unknown_option(parser, word)
    if arguments.color not in COLORS:
        raise unknown("value", arguments.color, COLORS, "--color")
    if arguments.help:
        terminal.out.write([parser.format_help()])
        return None
    arguments.paths = [*rest, *argv[end + 1 :]]
    return arguments


def overview(width: int) -> str:
    """The help page of the program itself."""
    parser = Parser("iamlint", usage="iamlint VERB [OPTION...] [ARGUMENT...]", description=_DESCRIPTION, epilog=_LEARN, add_help=False)
    parser.formatter_class = _formatter(width)
    verbs = parser.add_argument_group("verbs")
    for verb, help in VERBS.items():
        verbs.add_argument(verb, help=help)
    others = parser.add_argument_group("options")
    others.add_argument("--version", action="store_true", help="say the versions of iamlint, its rules and its facts")
    others.add_argument("-h", "--help", action="store_true", help="show this page")
    return parser.format_help()


def _parser(verb: str, width: int) -> Parser:
    operands, words, exits, options = _SHAPES[verb]
    usage = f"iamlint {verb} [OPTION...] {operands}".rstrip()
    description = f"{VERBS[verb][:1].upper()}{VERBS[verb][1:]}. {words}".rstrip()
    parser = Parser(f"iamlint {verb}", usage=usage, description=description, epilog=exits, add_help=False, allow_abbrev=False)
    parser.formatter_class = _formatter(width)
    options(parser)
    return parser


def _formatter(width: int) -> argparse._FormatterClass:
    def formatter(*, prog: str) -> argparse.HelpFormatter:
        return argparse.HelpFormatter(prog, max_help_position=30, width=min(width, 100))

    return formatter


def _unknown_option(parser: Parser, word: str) -> UsageError:
    from difflib import get_close_matches

    name = word.split("=", maxsplit=1)[0]
    known = [option for action in parser._actions for option in action.option_strings if option.startswith("--")]
    close = get_close_matches(name, known, n=1)
    return UsageError(f"unknown option `{name}`", f"did you mean `{close[0]}`?" if close else f"`{parser.prog} --help` shows what there is")


def _check(parser: Parser) -> None:
    group = parser.add_argument_group("input")
    group.add_argument("--stdin-filename", metavar="PATH", help="what standard input is called, and so which format it has")
    group.add_argument("--kind", metavar="KIND", help=f"the kind of policy, where content would say otherwise: {', '.join(KINDS)}")
    group.add_argument("--resource-type", metavar="TYPE", help="what the policies are attached to, such as AWS::S3::Bucket")
    group.add_argument("--force-exclude", action="store_true", help="treat named files as if found in a folder, as hooks want it")
    group = parser.add_argument_group("who is us")
    group.add_argument("--account", action="append", metavar="ID", help="an account of ours; repeatable, as the next three")
    group.add_argument("--trusted-account", action="append", metavar="ID", help="an account of others that we trust")
    group.add_argument("--org", action="append", metavar="ID", help="an organization of ours")
    group.add_argument("--tenant", action="append", metavar="HOST=NAME", help="a name of ours at an identity provider")
    group.add_argument("--now", metavar="DATE", help="the moment to judge by: 2026-01-31, 2026-01-31T12:00:00Z or seconds since 1970")
    _selection(parser)
    group = parser.add_argument_group("output")
    group.add_argument("-o", "--output", action="append", metavar="FORMAT[=PATH]", help="text (the default), concise or json; repeatable")
    group.add_argument("--min-severity", metavar="LEVEL", help="show (and fail for) nothing below critical, high, medium, low or info")
    group.add_argument("--fail-on", metavar="LEVEL", help="the lowest severity that gives exit code 1 (default: low)")
    group.add_argument("--exit-zero", action="store_true", help="findings do not change the exit code")
    group.add_argument("--allow-incomplete", action="store_true", help="what could not be checked does not change the exit code")
    group.add_argument("-q", "--quiet", action="count", default=0, help="only findings and errors; twice, nothing but errors")
    group.add_argument("-v", "--verbose", action="count", default=0, help="say what was passed over, and why")
    _common(parser)


def _selection(parser: Parser) -> None:
    group = parser.add_argument_group("rules")
    group.add_argument(
        "--select", action="append", metavar="RULES", help="only these: names, families, tag:x, severity:high+, all; with commas"
    )
    group.add_argument("--ignore", action="append", metavar="RULES", help="not these")
    group.add_argument("--preset", metavar="NAME", help="the rules to begin with: recommended (the default), strict or audit")


def _common(parser: Parser) -> None:
    group = parser.add_argument_group("settings")
    group.add_argument("--config", metavar="PATH", help="the settings file (default: the nearest iamlint.toml)")
    group.add_argument("--no-config", action="store_true", help="no settings file, and no rules of the repository's own")
    group.add_argument("--set", action="append", metavar="KEY=VALUE", help="one setting, as the file would say it; repeatable")
    _others(parser)


def _others(parser: Parser) -> None:
    group = parser.add_argument_group("other")
    group.add_argument("--color", default="auto", metavar="WHEN", help="auto, always or never")
    group.add_argument("-h", "--help", action="store_true", help="show this page")


def _explain(parser: Parser) -> None:
    _common(parser)


def _rules(parser: Parser) -> None:
    _selection(parser)
    group = parser.add_argument_group("output")
    group.add_argument("-o", "--output", action="append", metavar="FORMAT[=PATH]", help="text (a table, the default) or json")
    _common(parser)


def _test(parser: Parser) -> None:
    group = parser.add_argument_group("tests")
    group.add_argument("--update", action="store_true", help="rewrite what the cards say is reported, and the index of rules")
    group.add_argument("-q", "--quiet", action="count", default=0, help="only what is wrong")
    _others(parser)


_SHAPES: dict[str, tuple[str, str, str, Callable[[Parser], None]]] = {
    "check": (
        "[PATH...]",
        "PATH is a file, a folder (what Git ignores in it is left out) or - for standard input; by default the folder `.`.",
        _EXITS,
        _check,
    ),
    "explain": ("NAME...", "NAME is a rule; `iamlint rules` lists them.", _DONE, _explain),
    "rules": ("", "", _DONE, _rules),
    "test": ("[PATH...]", "PATH is a card or a folder of cards; by default all.", _TESTED, _test),
}
