"""Which findings have these documents under these rules, and what could not be checked?"""

from __future__ import annotations

from functools import partial

from iamlint.access.access import Access
from iamlint.case import Case
from iamlint.lint.order import ordered
from iamlint.lint.problem import told
from iamlint.lint.yielding import kept
from iamlint.report.outcome import Outcome
from iamlint.rulebook.features import EXPECTED, features
from iamlint.rulebook.rule import check_of, find, joint_check_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from iamlint.access.intent import Intent
    from iamlint.finding import Finding
    from iamlint.policy.document import Document, Kind
    from iamlint.report.outcome import Failure
    from iamlint.rulebook.card import Card
    from iamlint.zone import Zone

    Ask: TypeAlias = Callable[[Case], Iterable[Finding]]
    # What a document was before, None for a new one. Raises Unpaired.
    Earlier: TypeAlias = Callable[[Document], Document | None]
    # The calls that are to work with a document's policy.
    Expected: TypeAlias = Callable[[Document], tuple[Intent, ...]]
    # By their names, the cases of rules that are asked of all documents of a run together.
    Gathered: TypeAlias = dict[str, list[Case]]


# Words of documents that may allow something else another day.
_TIMES = frozenset({"key:aws:currenttime", "key:aws:epochtime"})
# How many sets of words, and what rules they concern, a run remembers.
_MOST = 1 << 12


def lint(
    documents: Iterable[Document],
    cards: Iterable[Card] | Rules,
    zone: Zone,
    now: int,
    gathered: Gathered | None = None,
    earlier: Earlier | None = None,
) -> Outcome:
    """What the rules of `cards` find in `documents`, judged at `now` (seconds since 1970) with `zone` as "us".

    A rule that raises is a failure of that rule on that document; every other rule still answers. Whoever lints again and again makes
    the `Rules` once, and has in `gathered` what is to `conclude` the run. Rules about a change are asked where `earlier` tells what was.
    """
    rules = cards if isinstance(cards, Rules) else Rules(cards)
    everything = tuple(documents)
    findings: list[Finding] = []
    failures: list[Failure] = []
    cases: Gathered = {} if gathered is None else gathered
    for document in everything:
        found = _found(document, rules, zone, now, cases, failures)
        if earlier is not None:
            found += _changed(document, rules, zone, now, earlier, failures)
        findings += kept(found, rules.named)
    if gathered is None:
        last = conclude(cases, rules)
        findings += last.findings
        failures += last.failures
    sources = [document.tree.source.name for document in everything]
    return Outcome(ordered(findings, everything), tuple(failures), documents=len(everything), sources=sources, cards=rules.named)


def conclude(gathered: Gathered, rules: Rules) -> Outcome:
    """What is found in all documents of a run together."""
    findings: list[Finding] = []
    failures: list[Failure] = []
    for name, cases in gathered.items():
        card = rules.named[name]
        try:
            findings += joint_check_of(card)(cases)
        except Exception as error:
            failures.append(_failure(card, cases[0].document, error))
    return Outcome(tuple(findings), tuple(failures), cards=rules.named)


class Rules:
    """The rules of a run: `named` by their names, and by kind those that can say something of such a policy.

    `expected` says which calls are to work, where somebody told.
    """

    __slots__ = ("_asked", "_asks", "_concerned", "_needed", "expected", "named")

    def __init__(self, cards: Iterable[Card], expected: Expected | None = None) -> None:
        self.expected = expected
        self.named = {card.name: card for card in cards}
        self._asked: dict[Kind, tuple[Card, ...]] = {}
        self._asks: dict[str, Ask] = {}
        self._concerned: dict[tuple[Kind, frozenset[str]], tuple[Card, ...]] = {}
        self._needed = frozenset([word for card in self.named.values() for word in card.needs])

    def asked(self, kind: Kind) -> tuple[Card, ...]:
        """The rules to ask of a document of `kind`; what the grammar finds was found by reading."""
        if kind not in self._asked:
            asked = [one for one in self.named.values() if kind in one.applies_to and one.origin != "grammar" and one.scope != "change"]
            self._asked[kind] = tuple(asked)
        return self._asked[kind]

    def comparing(self, kind: Kind) -> tuple[Card, ...]:
        """The rules about what has changed in a document of `kind`."""
        return tuple([card for card in self.named.values() if card.scope == "change" and kind in card.applies_to])

    def concerned(self, kind: Kind, there: frozenset[str]) -> tuple[Card, ...]:
        """Those of them that could have something to say of a document with the words `there`."""
        known = (kind, there & self._needed)
        found = self._concerned.get(known)
        if found is None:
            found = tuple([card for card in self.asked(kind) if not card.needs or not card.needs.isdisjoint(there)])
            if len(self._concerned) < _MOST:
                self._concerned[known] = found
        return found

    def ask(self, card: Card, case: Case) -> Iterable[Finding]:
        """What `card` finds in `case`; who answers for it is looked up once a run."""
        answer = self._asks.get(card.name)
        if answer is None:
            answer = self._asks[card.name] = check_of(card) if card.origin == "check" else partial(find, card)
        return answer(case)


def _found(document: Document, rules: Rules, zone: Zone, now: int, gathered: Gathered, failures: list[Failure]) -> list[Finding]:
    """What is found in one document; what is to be asked of all is added to `gathered`, and what could not be asked to `failures`."""
    findings = told(document, rules.named)
    if not rules.asked(document.kind):
        return findings
    inside = zone.including(document.account)
    access = Access(document.policy, document.kind)
    there = features(document, access)
    if not _TIMES.isdisjoint(there):
        access = _access(document, now)
    intents = rules.expected(document) if rules.expected is not None else ()
    for card in rules.concerned(document.kind, there | {EXPECTED} if intents else there):
        case = Case(card.name, card.severity, document, access, inside, now, intents=intents)
        if card.scope != "document":
            gathered.setdefault(card.name, []).append(case)
            continue
        try:
            findings += rules.ask(card, case)
        except Exception as error:
            failures.append(_failure(card, document, error))
    return findings


def _changed(document: Document, rules: Rules, zone: Zone, now: int, earlier: Earlier, failures: list[Failure]) -> list[Finding]:
    """What is found in one document beside its earlier self."""
    from iamlint.lint.unreadable import Unpaired

    cards = rules.comparing(document.kind)
    findings: list[Finding] = []
    try:
        base = earlier(document) if cards else None
    except Unpaired as error:
        # Of a file with many policies it is said once.
        if all(failure.message != error.failure.message for failure in failures):
            failures.append(error.failure)
        return findings
    if base is not None and base.route == document.route and base.tree.source.data == document.tree.source.data:
        return findings
    access = _access(document, now)
    for card in cards:
        try:
            findings += rules.ask(card, Case(card.name, card.severity, document, access, zone.including(document.account), now, base))
        except Exception as error:
            failures.append(_failure(card, document, error))
    return findings


def _access(document: Document, now: int) -> Access:
    """What the document allows at the moment `now`."""
    from iamlint.access.window import without_lapsed

    return Access(without_lapsed(document.policy, now), document.kind)


def _failure(card: Card, document: Document, error: Exception) -> Failure:
    from iamlint.access.glob import Undecided
    from iamlint.lint.failure import crashed, undecided

    return undecided(card, document, str(error)) if isinstance(error, Undecided) else crashed(card, document, error)
