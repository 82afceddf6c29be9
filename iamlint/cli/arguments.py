"""What can be said on the command line?"""

from __future__ import annotations

import argparse
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

VERBS = ("check", "explain", "rules", "test")
SEVERITIES = ("critical", "high", "medium", "low", "info")
FORMATS = ("text", "concise", "json")
KINDS = ("trust", "identity", "resource", "scp", "rcp", "boundary", "session", "vpc-endpoint")

_DESCRIPTION = "Proves what AWS IAM policies let in. A finding is a proof: the very request that gets in, and the text that lets it."
_EXITS = "exit codes: 0 nothing at or above --fail-on; 1 findings; 2 iamlint could not do what was asked; 3 clean but incomplete"


class Parser(argparse.ArgumentParser):
    """A parser whose errors read like every other error of ours."""

    def error(self, message: str) -> None:  # type: ignore[override] # it does not return
        self.exit(2, f"error: {message}\n  help: `{self.prog} --help` shows what there is\n")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments of one verb. Only that verb's parser is built, because a hook starts on every commit."""
    parser = Parser(prog="iamlint", description=_DESCRIPTION, epilog=_EXITS, add_help=not argv or argv[0] not in VERBS)
    parser.add_argument("--version", action="store_true", help="print versions and stop")
    if not argv or argv[0] not in VERBS:
        subparsers = parser.add_subparsers(dest="verb", metavar="VERB")
        for verb in VERBS:
            _VERBS[verb](subparsers.add_parser(verb, help=_HELP[verb], description=_HELP[verb], epilog=_EXITS))
        return parser.parse_args(argv)
    verb = argv[0]
    own = Parser(prog=f"iamlint {verb}", description=f"{_HELP[verb][0].upper()}{_HELP[verb][1:]}.", epilog=_EXITS)
    _VERBS[verb](own)
    arguments = own.parse_args(argv[1:])
    arguments.verb = verb
    arguments.version = False
    return arguments


_HELP = {
    "check": "check policy files",
    "explain": "explain rules",
    "rules": "list the rules",
    "test": "run the examples on rule cards",
}


def _check(parser: argparse.ArgumentParser) -> None:
    given = parser.add_argument_group("input")
    given.add_argument("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input (default: .)")
    given.add_argument("--stdin-filename", metavar="PATH", help="what standard input is called")
    given.add_argument("--kind", choices=KINDS, help="what kind of policy the files hold, where their content would say otherwise")
    given.add_argument("--resource-type", metavar="TYPE", help="what a resource policy is attached to: AWS::S3::Bucket")
    given.add_argument("--force-exclude", action="store_true", help="leave out what Git ignores even when it is named")
    rules = parser.add_argument_group("rules")
    rules.add_argument("--select", action="append", default=[], metavar="RULES", help="rules, families, tag:x, severity:high+, all")
    rules.add_argument("--ignore", action="append", default=[], metavar="RULES", help="what not to run")
    rules.add_argument("--preset", choices=("recommended", "strict", "audit"), help="the rules to start from")
    _zone(parser.add_argument_group("who is us"))
    output = parser.add_argument_group("output")
    output.add_argument("-o", "--output", action="append", default=[], metavar="FORMAT[=PATH]", help="text, concise or json; repeatable")
    output.add_argument("--min-severity", choices=SEVERITIES, help="leave out what is less severe")
    output.add_argument("--fail-on", choices=SEVERITIES, help="the least severity that fails (default: low)")
    output.add_argument("--exit-zero", action="store_true", help="findings do not fail")
    output.add_argument("--allow-incomplete", action="store_true", help="what could not be checked does not fail")
    _common(output)
    _settings(parser)


def _zone(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--account", action="append", default=[], type=_account, metavar="ID", help="an account of ours; repeatable")
    group.add_argument("--trusted-account", action="append", default=[], type=_account, metavar="ID", help="an account we trust; repeatable")
    group.add_argument("--org", action="append", default=[], type=_organization, metavar="ID", help="an organization of ours; repeatable")
    group.add_argument("--now", metavar="DATE", type=_moment, help="the moment to judge by, as 2026-01-31 or 2026-01-31T12:00:00Z")


def _common(group: argparse._ArgumentGroup | argparse.ArgumentParser) -> None:
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="when to use colour")
    group.add_argument("-q", "--quiet", action="count", default=0, help="no summary; twice: nothing but the exit code")
    group.add_argument("-v", "--verbose", action="count", default=0, help="say what was left out, and why")


def _settings(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("settings")
    group.add_argument("--config", metavar="PATH", help="the settings to use")
    group.add_argument("--no-config", action="store_true", help="use no settings file")
    group.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="set one setting; repeatable")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="+", metavar="NAME", help="rules")
    _common(parser)
    _settings(parser)


def _rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", choices=("text", "json"), default="text", help="a table, or JSON")
    parser.add_argument("--select", action="append", default=[], metavar="RULES", help="only these rules")
    parser.add_argument("--ignore", action="append", default=[], metavar="RULES", help="not these rules")
    parser.add_argument("--preset", choices=("recommended", "strict", "audit"), help="the rules to start from")
    _common(parser)
    _settings(parser)


def _test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="cards, or folders of them (default: every card)")
    parser.add_argument("--update", action="store_true", help="rewrite the `reports` blocks and the index of rules")
    _common(parser)


_VERBS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "check": _check,
    "explain": _explain,
    "rules": _rules,
    "test": _test,
}


def _account(text: str) -> str:
    if not re.fullmatch("[0-9]{12}", text):
        raise argparse.ArgumentTypeError(f"`{text}` is no account id: it has 12 digits")
    return text


def _organization(text: str) -> str:
    if not re.fullmatch("o-[a-z0-9]{10,32}", text):
        raise argparse.ArgumentTypeError(f"`{text}` is no organization id: it looks like o-a1b2c3d4e5")
    return text


def _moment(text: str) -> int:
    from iamlint.access.values import instant

    found = instant(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"`{text}` is no date: write 2026-01-31 or 2026-01-31T12:00:00Z")
    return int(found)
