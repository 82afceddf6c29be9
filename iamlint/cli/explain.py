"""`iamlint explain`: what does a rule look for, why, and how is it mended?"""

from __future__ import annotations

import sys

from iamlint.cli.project import Project
from iamlint.cli.terminal import look_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace


def explain(arguments: Namespace) -> int:
    """Prints the pages of the rules; raises BookError for a name that is none."""
    from iamlint.report.page import explain as page_text
    from iamlint.rulebook.book import page_of

    project = Project(arguments)
    look = look_of(sys.stdout, arguments.color)
    cards = [project.book.known(name) for name in arguments.names]
    sys.stdout.write("\n".join([page_text(card, page_of(card), look) for card in cards]))
    return 0
