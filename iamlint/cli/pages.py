"""What do the help pages say? argparse lays them out."""

from __future__ import annotations

import argparse

from iamlint.cli.options import COUNT, FLAG, SHAPES, VERBS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.cli.options import Option

_DESCRIPTION = "Proves what AWS IAM policies let in: a finding comes with the very request that gets in and the text that lets it."
_LEARN = "`iamlint VERB --help` says more of a verb. " + SHAPES["check"].exits


def overview(width: int) -> str:
    """The help page of the program itself."""
    parser = _parser("iamlint", "iamlint VERB [OPTION...] [ARGUMENT...]", _DESCRIPTION, _LEARN, width)
    verbs = parser.add_argument_group("verbs")
    for verb, help in VERBS.items():
        verbs.add_argument(verb, help=help)
    others = parser.add_argument_group("options")
    others.add_argument("--version", action="store_true", help="say the versions of iamlint, its rules and its facts")
    others.add_argument("-h", "--help", action="store_true", help="show this page")
    return parser.format_help()


def page(verb: str, width: int) -> str:
    """The help page of a verb."""
    return parser_of(verb, width).format_help()


def parser_of(verb: str, width: int) -> argparse.ArgumentParser:
    """A parser that knows what the verb takes."""
    shape = SHAPES[verb]
    description = f"{VERBS[verb][:1].upper()}{VERBS[verb][1:]}. {shape.words}".rstrip()
    parser = _parser(f"iamlint {verb}", f"iamlint {verb} [OPTION...] {shape.operands}".rstrip(), description, shape.exits, width)
    for title, options in shape.groups:
        group = parser.add_argument_group(title)
        for option in options:
            _add(group, option)
    return parser


def _add(group: argparse._ArgumentGroup, option: Option) -> None:
    if option.takes is FLAG:
        group.add_argument(*option.names, action="store_true", help=option.help)
    elif option.takes is COUNT:
        group.add_argument(*option.names, action="count", default=0, help=option.help)
    else:
        action = "store" if option.takes == "value" else "append"
        group.add_argument(*option.names, action=action, metavar=option.metavar, help=option.help)


def _parser(name: str, usage: str, description: str, epilog: str, width: int) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(name, usage=usage, description=description, epilog=epilog, add_help=False, allow_abbrev=False)
    parser.formatter_class = lambda *, prog: argparse.HelpFormatter(prog, max_help_position=30, width=min(width, 100))
    return parser
