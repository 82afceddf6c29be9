"""What do the rules say of the policies on a card?

An example is read and checked like a file of the name `policy.json` or `policy.yaml`; the words behind its fence are what the command
line would say of it. Nothing is written here: `updated` gives the card's new text.
"""

from __future__ import annotations

from iamlint.lint.rules import Rules
from iamlint.lint.run import lint
from iamlint.report.look import Look
from iamlint.report.outcome import Outcome
from iamlint.report.text import render

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from iamlint.access.intent import Intent
    from iamlint.policy.document import Document, Kind
    from iamlint.rulebook.card import Card
    from iamlint.rulebook.page import Example, Page
    from iamlint.text.source import Source, TextError
    from iamlint.zone import Zone

# Examples are judged at this moment unless they say otherwise, so that they read the same in ten years.
NOW = "2026-01-01"
LOOK = Look(80)


class ExampleError(Exception):
    """An example that cannot be run, and how to mend that; `line` is the card's."""

    def __init__(self, message: str, help: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.line = line


class Trial:
    """An example that was run.

    `own` is what the card's rule says when it is asked alone, `report` that as the terminal shows it, `everyone` what all rules say.
    `documents` are the policies in the example; `documents` is empty when it could not be read and the rule is about that.
    """

    __slots__ = ("documents", "everyone", "example", "now", "own", "report", "zone")

    def __init__(self, example: Example, documents: tuple[Document, ...], own: Outcome, everyone: Outcome, zone: Zone, now: int) -> None:
        self.example = example
        self.documents = documents
        self.own = own
        self.everyone = everyone
        self.report = "".join(render(own, LOOK))
        self.zone = zone
        self.now = now

    @property
    def current(self) -> bool:
        """Whether the `reports` block says what the rule reports; a good example has none to compare."""
        return not self.example.bad or (self.example.reports is not None and self.example.reports.text == self.report)


def run_example(card: Card, example: Example, cards: Sequence[Card]) -> Trial:
    """Run one example under its card's rule alone and under all of `cards`; raises ExampleError."""
    from iamlint.text.source import Source, TextError

    source = Source(f"policy.{example.format}", example.block.text.encode())
    zone, now = _zone(example), _now(example)
    try:
        documents = documents_of(source, example)
    except TextError as error:
        return _unread(card, example, source, error, zone, now)
    if not documents:
        raise ExampleError("no policy is found in the example", "write a whole policy, or add `kind=…`", example.block.line)
    before = _before(card, example, documents)
    intents = _intents(example)
    own = lint(documents, Rules((card,), lambda _: intents), zone, now, earlier=before)
    everyone = lint(documents, Rules(cards, lambda _: intents), zone, now, earlier=before)
    return Trial(example, documents, own, everyone, zone, now)


def _before(card: Card, example: Example, documents: Sequence[Document]) -> Callable[[Document], Document | None] | None:
    """What the documents were before; without a base, the examples of a rule about a change are new, and others compared with nothing."""
    from iamlint.policy.pairing import Owners, at_same_place
    from iamlint.text.source import Source, TextError

    block = example.base
    if block is None:
        return (lambda document: None) if card.scope == "change" else None
    try:
        earlier = documents_of(Source(f"policy.{block.words[0]}", block.text.encode()), example)
    except TextError as error:
        raise ExampleError(f"the base cannot be read: {error.message}", error.help, block.line) from None
    owners = Owners(earlier)
    return lambda document: at_same_place(document, documents, earlier) or owners.of(document)


def documents_of(source: Source, example: Example) -> tuple[Document, ...]:
    """The policies in a text, read as the example says; raises TextError."""
    from iamlint.policy import source as policy

    return policy.documents_of(source, kind=_kind(example), resource_type=example.flag("resource-type"))


def updated(page: Page, trials: Iterable[Trial]) -> str:
    """The card's text with every `reports` block saying what is reported; a missing block is put behind its bad example."""
    lines = page.text.split("\n")
    for trial in sorted(trials, key=lambda trial: trial.example.block.line, reverse=True):
        if not trial.current and trial.report:
            _replace(lines, trial.example, trial.report.removesuffix("\n").split("\n"))
    return "\n".join(lines)


def _replace(lines: list[str], example: Example, report: list[str]) -> None:
    block = example.reports
    if block is None:
        end = example.block.end
        lines[end:end] = ["", "```text reports", *report, "```"]
    else:
        lines[block.line : block.end - 1] = report


def _unread(card: Card, example: Example, source: Source, error: TextError, zone: Zone, now: int) -> Trial:
    """What the rules say of a text that cannot be read; only a rule about that may have such an example."""
    from iamlint.lint.unreadable import unreadable

    found = unreadable(source, error, (card,))
    if not (example.bad and found.findings):
        line = example.block.line + source.position(error.span.start).line
        raise ExampleError(f"the example cannot be read: {error.message}", error.help, line)
    # That the text was not checked any further is the point of such an example, not a failure of it.
    outcome = Outcome(found.findings, cards=found.cards)
    return Trial(example, (), outcome, outcome, zone, now)


def _zone(example: Example) -> Zone:
    from iamlint.zone import Zone

    tenants: dict[str, list[str]] = {}
    for text in example.every("tenant"):
        issuer, _, tenant = text.rpartition("=")
        if not issuer:
            raise ExampleError(f"`tenant={text}` names no issuer", "write `tenant=HOST=NAME`", example.block.line)
        tenants.setdefault(issuer, []).append(tenant)
    return Zone(example.every("account"), example.every("org"), example.every("trusted-account"), tenants)


def _intents(example: Example) -> tuple[Intent, ...]:
    """What the settings would say of the file."""
    from iamlint.access.intent import CallError, Intent, read_call

    texts = example.every("expects")
    try:
        calls = tuple(map(read_call, texts))
    except CallError as error:
        raise ExampleError(error.message, error.help, example.block.line) from None
    return (Intent(f"policy.{example.format}", calls, "iamlint.toml"),) if texts else ()


def _kind(example: Example) -> Kind | None:
    from iamlint.policy.document import Kind

    name = example.flag("kind")
    if name is None:
        return None
    try:
        return Kind(name)
    except ValueError:
        known = ", ".join(kind.value for kind in Kind)
        raise ExampleError(f"`{name}` is not a kind of policy", f"use one of {known}", example.block.line) from None


def _now(example: Example) -> int:
    from datetime import UTC, datetime

    text = example.flag("now") or NOW
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ExampleError(f"`now={text}` is not a date", "write it as 2026-01-31 or 2026-01-31T12:00:00", example.block.line) from None
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
