"""What did reading a policy already find, in the words of a finding?"""

from __future__ import annotations

from iamlint.finding import Finding, Fix, Label, Safety, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from iamlint.policy.document import Document
    from iamlint.policy.grammar import Problem
    from iamlint.rulebook.card import Card
    from iamlint.text.tree import Note


def told(document: Document, cards: Mapping[str, Card]) -> list[Finding]:
    """The grammar's problems and the reader's notes about `document`, each under the rule it names, when that rule is asked."""
    found = [_problem(document, problem, cards[problem.rule]) for problem in document.problems if problem.rule in cards]
    for note in document.tree.notes:
        # A repeated key is among the problems already, with the key it repeats.
        card = cards.get(note.kind)
        if card is not None and note.place.route[: len(document.route)] == document.route:
            found.append(_note(document, note, card))
    return found


def _problem(document: Document, problem: Problem, card: Card) -> Finding:
    fix = None
    if problem.fix:
        fix = Fix(Safety(problem.safety), problem.fix, problem.changes)
    elif problem.help:
        fix = Fix(Safety.MANUAL, problem.help)
    return Finding(
        card.name,
        document,
        Severity(problem.severity) if problem.severity else card.severity,
        problem.message,
        Label(problem.place),
        secondary=tuple([Label(place, text) for place, text in problem.secondary]),
        statement=problem.statement,
        subject=problem.subject,
        fix=fix,
        aws_codes=problem.aws_codes,
    )


def _note(document: Document, note: Note, card: Card) -> Finding:
    return Finding(
        card.name,
        document,
        card.severity,
        note.message,
        Label(note.place),
        statement=_statement(document, note),
        fix=Fix(Safety.MANUAL, note.help) if note.help else None,
    )


def _statement(document: Document, note: Note) -> int | None:
    """The statement that the note's place lies in, or None."""
    for statement in document.policy.statements:
        if note.place.route[: len(statement.route)] == statement.route:
            return statement.index
    return None
