"""What is said when a rule could not answer?"""

from __future__ import annotations

from iamlint.report.outcome import Failure, FailureKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.document import Document
    from iamlint.rulebook.card import Card

_PACKAGE = __file__.removesuffix("lint/failure.py").removesuffix("lint\\failure.py")


def undecided(card: Card, document: Document, reason: str) -> Failure:
    """A question that the engine could not decide within its bound."""
    line, column = _start(document)
    return Failure(
        FailureKind.UNDECIDED,
        document.tree.source.name,
        f"`{card.name}` could not be decided: {reason}",
        help=f"make the policy simpler, or leave the rule out with `--ignore {card.name}`",
        line=line,
        column=column,
        rule=card.name,
    )


def crashed(card: Card, document: Document, error: Exception) -> Failure:
    """A rule of ours that raised: what and where in our code; text of the policy is not repeated beyond what the exception says."""
    from iamlint import REPOSITORY

    return Failure(
        FailureKind.INTERNAL,
        document.tree.source.name,
        f"the rule `{card.name}` failed on {document.tree.source.name}",
        help=f"please report it: {REPOSITORY}/issues/new?template=crash.yml&rule={card.name}",
        rule=card.name,
        cause=f"{type(error).__name__}: {_clause(error)} ({_origin(error)})",
    )


def _clause(error: Exception) -> str:
    """The exception's message, not longer than a line or two."""
    text = str(error)
    return text if len(text) <= 200 else text[:200] + "..."


def _origin(error: Exception) -> str:
    """Where in our code it was raised: the innermost line inside the package, else the innermost line."""
    trace = error.__traceback__
    found = ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(_PACKAGE):
            found = f"iamlint/{file[len(_PACKAGE) :]}:{trace.tb_lineno}".replace("\\", "/")
        trace = trace.tb_next
    return found or "outside of iamlint"


def _start(document: Document) -> tuple[int, int]:
    """Line and column where the policy begins."""
    from iamlint.text.tree import Place

    spot = document.tree.source.position(document.tree.locate(Place(document.route)).start)
    return spot.line, spot.column
