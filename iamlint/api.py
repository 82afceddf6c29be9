"""What do other programs call? The verbs of the command line without its terminal: nothing here prints, or reads the clock."""

from __future__ import annotations

from iamlint.lint.rules import Rules
from iamlint.lint.run import conclude, findings_in
from iamlint.policy.source import documents_of
from iamlint.report.outcome import Outcome
from iamlint.sources.files import Found, Passed, Unread
from iamlint.text.source import MAX_BYTES, TextError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from iamlint.finding import Finding
    from iamlint.lint.earlier import Pairs
    from iamlint.lint.rules import Expected
    from iamlint.lint.run import Gathered
    from iamlint.policy.document import Document, Kind
    from iamlint.report.outcome import Failure
    from iamlint.rulebook.book import Book
    from iamlint.rulebook.card import Card
    from iamlint.settings.settings import Settings
    from iamlint.sources.earlier import Earlier
    from iamlint.sources.files import Sighting
    from iamlint.text.source import Source
    from iamlint.zone import Zone

    # Of a source's name, the kind of its policies and the type of what they are attached to; None for what is left to them.
    Meant: TypeAlias = Callable[[str], tuple[Kind | None, str | None]]


def check(
    sightings: Iterable[Sighting],
    cards: Iterable[Card],
    zone: Zone,
    now: int,
    *,
    kind: Kind | None = None,
    resource_type: str | None = None,
    meant: Meant | None = None,
    passed: Callable[[Passed], None] | None = None,
    earlier: Earlier | None = None,
    expected: Expected | None = None,
) -> Outcome:
    """What the rules of `cards` find in the sources that `sources.files.find` gives, judged at `now` (seconds since 1970).

    `kind` and `resource_type` overrule what policies say of themselves, and `meant`, as `settings.kinds` gives it, what those of one
    source say. `passed` is told of every source that holds none.
    `earlier` is what `sources.earlier` gives: rules about a change compare with it, and are not asked without it.
    `expected` says of a document which calls are to work with it, as `settings.expects` does.
    """
    everywhere = (kind, resource_type)
    run = _Run(Rules(cards, expected), zone, now, meant if meant is not None and everywhere == (None, None) else lambda _: everywhere)
    run.compare(earlier)
    for sighting in sightings:
        note = run.take(sighting)
        if note is not None and passed is not None:
            passed(note)
    return run.outcome()


def rules(book: Book, settings: Settings) -> tuple[Card, ...]:
    """The rules that run under these settings, each with the severity they give it; raises BookError."""
    cards = () if settings.choices else book.of_preset(settings.preset)
    if not cards:
        from iamlint.rulebook.select import choose

        cards = choose(book, settings.choices, settings.preset)
    if settings.rules_as_of is not None:
        cards = _known_then(cards, settings.rules_as_of)
    return _rated(book, cards, settings) if settings.overrides else cards


def _known_then(cards: tuple[Card, ...], version: str) -> tuple[Card, ...]:
    """The rules that were there at a version; raises BookError when there were none, because that would pass for "clean"."""
    newest = _numbers(version)
    known = tuple([card for card in cards if not card.shipped or _numbers(card.since)[: len(newest)] <= newest])
    if not known:
        from iamlint.rulebook.errors import BookError

        first = min([card.since for card in cards], key=_numbers)
        raise BookError(f"none of the selected rules is as old as `rules-as-of` {version}", f"the first of them came with {first}")
    return known


def _rated(book: Book, cards: tuple[Card, ...], settings: Settings) -> tuple[Card, ...]:
    """The rules with the severities of `[rules]`; what names fewer rules wins, then what comes later."""
    from iamlint.rulebook.select import Choice, choose

    rated = {card.name: card for card in cards}
    named = [(one, choose(book, [Choice(one.selector, one.origin, on=True)])) for one in settings.overrides if one.severity is not None]
    for one, chosen in sorted(named, key=lambda pair: -len(pair[1])):
        for card in chosen:
            if card.name in rated and one.severity is not None:
                rated[card.name] = card.rated(one.severity)
    return tuple(rated.values())


def _numbers(version: str) -> tuple[int, ...]:
    return tuple([int(part) for part in version.split(".") if part.isdigit()])


class _Run:
    """A run: what it asks and of whom, and what has come of it so far.

    Of a policy without findings nothing is kept, unless a rule is to be asked of it together with others.
    """

    __slots__ = (
        "_documents",
        "_failures",
        "_findings",
        "_gathered",
        "_meant",
        "_now",
        "_pairs",
        "_rules",
        "_sources",
        "_zone",
    )

    def __init__(self, rules: Rules, zone: Zone, now: int, meant: Meant) -> None:
        self._rules = rules
        self._zone = zone
        self._now = now
        self._meant = meant
        self._findings: list[Finding] = []
        self._gathered: Gathered = {}
        self._failures: list[Failure] = []
        self._sources: list[str] = []
        self._documents = 0
        self._pairs: Pairs | None = None

    def compare(self, earlier: Earlier | None) -> None:
        """Has documents compared with an earlier state."""
        if earlier is not None:
            from iamlint.lint.earlier import Pairs

            self._pairs = Pairs(earlier, self._read)

    def take(self, sighting: Sighting) -> Passed | None:
        """Checks one source; what was passed over comes back."""
        if isinstance(sighting, Found):
            return self._check(sighting.source, named=sighting.named)
        if isinstance(sighting, Unread):
            from iamlint.lint.unreadable import unopened

            self._add(unopened(sighting.path, sighting.message, sighting.help))
            return None
        return sighting

    def outcome(self) -> Outcome:
        """Everything in the order of the sources' names, with what is found in all of them together."""
        last = conclude(self._gathered, self._rules)
        self._failures += last.failures
        return Outcome(
            self._with(last.findings),
            tuple(sorted(self._failures, key=lambda failure: (failure.path, failure.line or 0, failure.column or 0))),
            documents=self._documents,
            sources=self._sources,
            cards=self._rules.named,
        )

    def _with(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """All findings in order, with those in all documents together."""
        if not findings:
            return tuple(sorted(self._findings, key=_source))
        from iamlint.lint.order import ordered

        everything = [*self._findings, *findings]
        return ordered(everything, [finding.document for finding in everything])

    def _add(self, outcome: Outcome) -> None:
        self._findings += outcome.findings
        self._failures += outcome.failures
        self._sources += outcome.sources
        self._documents += outcome.documents

    def _check(self, source: Source, *, named: bool) -> Passed | None:
        try:
            documents = self._read(source, source.name)
        except TextError as error:
            return self._broken(source, error, named=named)
        if not documents:
            return Passed(source.name, "no policy in it")
        before = None
        if self._pairs is not None:
            self._pairs.beside = documents
            before = self._pairs.before
        self._findings += findings_in(documents, self._rules, self._zone, self._now, self._gathered, self._failures, before)
        self._sources.append(source.name)
        self._documents += len(documents)
        return None

    def _read(self, source: Source, name: str) -> tuple[Document, ...]:
        """The policies of a source, of the kind that those of a source called `name` are; raises TextError."""
        kind, resource_type = self._meant(name)
        return documents_of(source, kind=kind, resource_type=resource_type)

    def _broken(self, source: Source, error: TextError, *, named: bool) -> Passed | None:
        """A text that is not what it should be: a finding where a policy was meant, for a template only that it was not checked."""
        from iamlint.lint.unreadable import unreadable
        from iamlint.policy.document import Kind
        from iamlint.sources.sniff import is_template, looks_like_policy

        if not named and not looks_like_policy(source.data):
            return Passed(source.name, f"{error.message}, and no policy in it")
        blameless = len(source.data) > MAX_BYTES or (not named and (is_template(source.data) or _is_unfilled(source, error)))
        cards = () if blameless else self._rules.named.values()
        self._add(unreadable(source, error, cards, self._meant(source.name)[0] or Kind.IDENTITY))
        return None


def _is_unfilled(source: Source, error: TextError) -> bool:
    """Whether what is wrong is a name that some tool puts a value in the place of: `${name}` outside of strings."""
    try:
        return source.text.startswith("${", error.span.start)
    except TextError:
        # What is wrong is the encoding.
        return False


def _source(finding: Finding) -> str:
    return finding.document.tree.source.name
