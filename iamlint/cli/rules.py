"""`iamlint rules`: which rules are there, and which of them run here?"""

from __future__ import annotations

from iamlint.cli.ending import CLEAN, UsageError
from iamlint.cli.project import Project

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.cli.arguments import Arguments
    from iamlint.cli.terminal import Terminal


def rules(arguments: Arguments, terminal: Terminal) -> int:
    """Lists every rule, or with a selection those it names, as a table or as JSON."""
    from iamlint.report.page import facts, table

    if arguments.paths:
        raise UsageError(f"`{arguments.paths[0]}` is one argument too many", f"`iamlint explain {arguments.paths[0]}` explains a rule")
    format = (arguments.output or ["text"])[-1]
    if format not in ("text", "json"):
        from iamlint.settings.error import unknown

        raise unknown("format", format, ("text", "json"), "--output")
    project = Project(arguments)
    running = {card.name: card for card in project.cards}
    listed = [running.get(card.name, card) for card in project.book.cards]
    if arguments.select or arguments.ignore or arguments.preset:
        listed = [card for card in listed if card.name in running]
    if format == "text":
        terminal.out.write([table(listed, terminal.out.look, running.values())])
        return CLEAN
    import json

    terminal.out.write([json.dumps([facts(card, running=card.name in running) for card in listed], indent=2), "\n"])
    return CLEAN
