"""Which rules does a run ask of which document?"""

from __future__ import annotations

from functools import partial

from iamlint.rulebook.rule import actions_of, check_of, find

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from iamlint.access.intent import Intent
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.document import Document, Kind
    from iamlint.rulebook.card import Card

    Ask: TypeAlias = Callable[[Case], Iterable[Finding]]
    # The calls that are to work with a document's policy.
    Expected: TypeAlias = Callable[[Document], tuple[Intent, ...]]

# How many selections of rules a run remembers.
_MOST = 1 << 12


class Rules:
    """The rules of a run: `named` by their names, and by kind those to ask of such a policy.

    `expected` says which calls are to work, where somebody told.
    """

    __slots__ = ("_of", "expected", "named")

    def __init__(self, cards: Iterable[Card], expected: Expected | None = None) -> None:
        self.expected = expected
        self.named = {card.name: card for card in cards}
        self._of: dict[Kind, Selection] = {}

    def of(self, kind: Kind) -> Selection:
        """The rules to ask of a document of `kind`; what the grammar finds was found by reading."""
        selection = self._of.get(kind)
        if selection is None:
            asked = [one for one in self.named.values() if kind in one.applies_to and one.origin != "grammar" and one.scope != "change"]
            selection = self._of[kind] = Selection(asked)
        return selection

    def comparing(self, kind: Kind) -> Sequence[Rule]:
        """The rules about what has changed in a document of `kind`."""
        return [Rule(card) for card in self.named.values() if card.scope == "change" and kind in card.applies_to]


class Rule:
    """A rule to ask: what every document needs of its card, and who answers. One that is not `alone` is asked of all documents at once.

    `actions` are those of which an Allow must be about one, where there are such: who answers tells, once it is loaded.
    """

    __slots__ = ("_answer", "_card", "actions", "alone", "name", "severity")

    def __init__(self, card: Card) -> None:
        self._card = card
        self.name = card.name
        self.severity = card.severity
        self.alone = card.scope != "run"
        self.actions: frozenset[str] = frozenset()
        self._answer: Ask | None = None

    def find(self, case: Case) -> Iterable[Finding]:
        """What the rule finds in `case`; who answers is looked up, and so loaded, if that was not done."""
        answer = self._answer
        return (self.load() if answer is None else answer)(case)

    def load(self) -> Ask:
        """Who answers."""
        if self._answer is None:
            if self._card.origin == "check" and self.alone:
                self.actions = actions_of(self._card)
                self._answer = check_of(self._card)
            else:
                self._answer = partial(find, self._card)
        return self._answer


class Selection:
    """The rules for one kind of policy, of which a document's words select those that could have something to say.

    A set of rules is a number, each of its bits a rule.
    """

    __slots__ = ("_about", "_always", "_rules", "_selected")

    def __init__(self, cards: Sequence[Card]) -> None:
        self._rules = [(Rule(card), 1 << number) for number, card in enumerate(cards)]
        self._always = 0
        self._about: dict[str, int] = {}
        for card, (_, bit) in zip(cards, self._rules, strict=True):
            if not card.needs:
                self._always |= bit
            for word in card.needs:
                self._about[word] = self._about.get(word, 0) | bit
        self._selected: dict[int, tuple[Rule, ...]] = {}

    def __len__(self) -> int:
        return len(self._rules)

    def concerned(self, there: Iterable[str], load: Callable[[Rule], None]) -> tuple[Rule, ...]:
        """The rules that could have something to say of a document with the words `there`; those selected together first are loaded."""
        about = self._about
        bits = self._always
        for word in there:
            if word in about:
                bits |= about[word]
        found = self._selected.get(bits)
        if found is None:
            found = tuple([rule for rule, bit in self._rules if bits & bit])
            for rule in found:
                load(rule)
            if len(self._selected) < _MOST:
                self._selected[bits] = found
        return found
