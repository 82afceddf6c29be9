"""`iamlint rules`: which rules are there, and which of them run here?"""

from __future__ import annotations

import sys

from iamlint.cli.project import Project
from iamlint.cli.terminal import look_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace


def rules(arguments: Namespace) -> int:
    """Prints every rule, or those selected, as a table or as JSON."""
    from iamlint.report.page import facts, table

    project = Project(arguments)
    narrowed = bool(arguments.select or arguments.ignore or arguments.preset)
    listed = project.cards if narrowed else project.book.cards
    if arguments.output == "json":
        import json

        running = {card.name for card in project.cards}
        rows = [facts(card, running=card.name in running) for card in listed]
        sys.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
        return 0
    sys.stdout.write(table(listed, look_of(sys.stdout, arguments.color), project.cards))
    return 0
