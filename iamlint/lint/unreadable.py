"""What is said of a source that is not JSON or YAML, or of one that could not be opened?"""

from __future__ import annotations

from iamlint.finding import Finding, Fix, Label, Safety
from iamlint.policy.document import Document, Kind
from iamlint.policy.statement import Policy
from iamlint.report.outcome import Failure, FailureKind, Outcome
from iamlint.text.source import TextError
from iamlint.text.tree import Node, Place, Tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.rulebook.card import Card
    from iamlint.text.source import Source

_RULE = "invalid-json"


def unreadable(source: Source, error: TextError, cards: Iterable[Card], kind: Kind = Kind.IDENTITY) -> Outcome:
    """A source that cannot be read as its format: a finding of `invalid-json` when that rule is asked, and always a failure.

    Both, because a document that was not checked must not pass where the finding is ignored or stands below the severity that fails.
    """
    asked = {card.name: card for card in cards if card.name == _RULE}
    spot = source.position(error.span.start)
    failure = Failure(FailureKind.INVALID, source.name, error.message, help=error.help, line=spot.line, column=spot.column)
    findings = tuple([_finding(source, error, card, kind) for card in asked.values()])
    return Outcome(findings, (failure,), documents=1, sources=(source.name,), cards=asked)


class Unpaired(Exception):
    """What a document was before cannot be known, so what is new in it cannot be told."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


def unpaired(document: Document, earlier: str, message: str, help: str, kind: FailureKind) -> Unpaired:
    """That `earlier`, with which a document is to be compared, could not be read."""
    said = f"what is new in it was not checked: `{earlier}` cannot be read: {message}"
    return Unpaired(Failure(kind, document.tree.source.name, said, help=help))


def unopened(path: str, message: str, help: str = "") -> Outcome:
    """A source whose bytes could not be had."""
    return Outcome((), (Failure(FailureKind.UNREADABLE, path, message, help=help),), sources=(path,))


def _finding(source: Source, error: TextError, card: Card, kind: Kind) -> Finding:
    tree = Tree(source, None, (), Node(None, error.span))
    document = Document(tree, (), kind, Policy(None, None, ()), ())
    fix = Fix(Safety.MANUAL, error.help) if error.help else None
    return Finding(card.name, document, card.severity, error.message, Label(Place(())), fix=fix, aws_codes=("JSON_SYNTAX_ERROR",))
