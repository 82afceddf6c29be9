"""Does a safe fix keep its promise: nothing left to report, nothing new allowed, the text still a policy?"""

from __future__ import annotations

from iamlint.lint.examples import documents_of
from iamlint.lint.run import lint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.finding import Fix
    from iamlint.lint.examples import Trial
    from iamlint.policy.document import Document
    from iamlint.rulebook.card import Card

_ROUNDS = 10


def mended_wrongly(card: Card, trial: Trial, cards: Sequence[Card]) -> Iterator[tuple[str, str]]:
    """What is wrong with the safe fixes of a bad example, as message and help."""
    from iamlint.text.source import TextError

    if not trial.example.bad or _safe_fix(card, trial, trial.documents) is None:
        return
    try:
        documents = _mended(card, trial)
    except TextError as error:
        yield f"the safe fix breaks the text: {error.message}", "mend the fix"
        return
    if _safe_fix(card, trial, documents) is not None:
        yield f"the safe fix leaves something to report after {_ROUNDS} rounds", "mend the fix, or call it unsafe"
    yield from _widened(trial.documents, documents)
    before = {finding.rule for finding in trial.everyone.findings}
    after = lint(documents, cards, trial.zone, trial.now)
    for rule in sorted({finding.rule for finding in after.findings} - before - {*card.may_report}):
        yield f"after the safe fix `{rule}` speaks", "mend the fix, or call it unsafe"


def _widened(before: Sequence[Document], after: Sequence[Document]) -> Iterator[tuple[str, str]]:
    """What the fixed policies allow beyond what they allowed: the engine proves that there is nothing, or shows a request."""
    from iamlint.access.compare import widened

    for old, new in zip(before, after, strict=False):
        witness = widened(old.policy, new.policy, new.kind)
        if witness is not None:
            who = witness.request.caller.arn or witness.request.caller.name or witness.request.caller.kind.value
            yield f"the safe fix lets {who} call {witness.request.action}, which was refused before", "mend the fix, or call it unsafe"


def _mended(card: Card, trial: Trial) -> tuple[Document, ...]:
    """The example's policies after its rule's safe fixes, one at a time until there is none; raises TextError."""
    from iamlint.report.mend import edits_of
    from iamlint.text.edit import apply
    from iamlint.text.source import Source

    documents = trial.documents
    for _ in range(_ROUNDS):
        found = _safe_fix(card, trial, documents)
        if found is None:
            break
        tree = found[0].tree
        text = apply(tree.source.text, edits_of(found[1], tree))
        documents = documents_of(Source(tree.source.name, text.encode()), trial.example)
    return documents


def _safe_fix(card: Card, trial: Trial, documents: tuple[Document, ...]) -> tuple[Document, Fix] | None:
    """The first safe fix that the rule offers for the documents."""
    from iamlint.finding import Safety

    for finding in lint(documents, (card,), trial.zone, trial.now).findings:
        if finding.fix is not None and finding.fix.safety is Safety.SAFE and finding.fix.changes:
            return finding.document, finding.fix
    return None
