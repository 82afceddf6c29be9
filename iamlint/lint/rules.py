"""Which rules does a run ask of which document?"""

from __future__ import annotations

from functools import partial

from iamlint.rulebook.features import OF_CONDITIONS, words_of
from iamlint.rulebook.rule import actions_of, check_of, find, quiet_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from iamlint.access.intent import Intent
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition, Test
    from iamlint.policy.document import Document, Kind
    from iamlint.policy.quiet import IsQuiet
    from iamlint.policy.statement import Policy
    from iamlint.rulebook.card import Card

    Ask: TypeAlias = Callable[[Case], Iterable[Finding]]
    # The calls that are to work with a document's policy.
    Expected: TypeAlias = Callable[[Document], tuple[Intent, ...]]
    # Whether a condition may give a rule something to say.
    IsLoud: TypeAlias = "Callable[[Rule, Condition], bool]"
    Load: TypeAlias = "Callable[[Rule], None]"

# How many selections of rules, and how many conditions, a run remembers.
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
    """A rule to ask: what every document needs of its card. One that is not `alone` is asked of all documents at once.

    `find` says what the rule finds in a case, and `actions` are those of which an Allow must be about one, where there are such. Who
    answers is looked up when the rule is loaded, or else asked first.
    """

    __slots__ = ("_card", "_loaded", "_quiet", "actions", "alone", "find", "name", "severity")

    def __init__(self, card: Card) -> None:
        self._card = card
        self.name = card.name
        self.severity = card.severity
        self.alone = card.scope != "run"
        self.actions: frozenset[str] = frozenset()
        self.find: Ask = self._find_first
        self._loaded = False
        self._quiet: IsQuiet | None = None

    def load(self) -> None:
        """Looks up who answers, once."""
        if self._loaded:
            return
        if self._card.origin == "check" and self.alone:
            self.actions = actions_of(self._card)
            self.find = check_of(self._card)
        else:
            self.find = partial(find, self._card)
        self._loaded = True

    def _find_first(self, case: Case) -> Iterable[Finding]:
        self.load()
        return self.find(case)

    def is_quiet(self, condition: Condition) -> bool:
        """Whether the condition gives a rule with the scope of a condition nothing to say, in whatever policy."""
        quiet = self._quiet
        if quiet is None:
            quiet = self._quiet = quiet_of(self._card)
        return quiet(condition)


class Selection:
    """The rules for one kind of policy, of which a document's words and conditions select those that could have something to say.

    A set of rules is a number, the bit 1 << n of which stands for the rule n: most rules are selected by no document of a run, and are not
    even made. What each condition selects is remembered.
    """

    __slots__ = ("_about", "_always", "_by_condition", "_cards", "_heard", "_listening", "_rules", "_selected")

    def __init__(self, cards: Sequence[Card]) -> None:
        self._cards = cards
        self._rules: dict[int, Rule] = {}
        self._always = 0
        self._about: dict[str, int] = {}
        self._by_condition: dict[str, int] = {}
        for number, card in enumerate(cards):
            if not card.needs:
                self._always |= 1 << number
            for word in card.needs:
                about = self._by_condition if card.scope == "condition" and _is_of_condition(word) else self._about
                about[word] = about.get(word, 0) | 1 << number
        self._listening: list[tuple[Rule, int]] | None = None
        self._heard: dict[Test, int] = {}
        self._selected: dict[int, tuple[Rule, ...]] = {}

    def __len__(self) -> int:
        return len(self._cards)

    def concerned(self, there: Iterable[str], policy: Policy, is_loud: IsLoud, load: Load) -> tuple[Rule, ...]:
        """The rules that could have something to say of a document with the words `there` and this policy.

        Those that are selected together for the first time are loaded.
        """
        about, heard = self._about, self._heard
        bits, loud = self._always, 0
        for word in there:
            if word in about:
                bits |= about[word]
        for test, condition in policy.tests.items():
            found = heard.get(test)
            loud |= self._loud_in(test, condition, is_loud) if found is None else found
        return self._of(bits, load) + self._of(loud & ~bits, load)

    def _of(self, bits: int, load: Load) -> tuple[Rule, ...]:
        """The rules of a set."""
        found = self._selected.get(bits)
        if found is None:
            found = self._selected_by(bits)
            for rule in found:
                load(rule)
            if len(self._selected) < _MOST:
                self._selected[bits] = found
        return found

    def _selected_by(self, bits: int) -> tuple[Rule, ...]:
        found = []
        while bits:
            last = bits & -bits
            found.append(self._rule(last))
            bits ^= last
        return tuple(found)

    def _rule(self, bit: int) -> Rule:
        rule = self._rules.get(bit)
        if rule is None:
            rule = self._rules[bit] = Rule(self._cards[bit.bit_length() - 1])
        return rule

    def _loud_in(self, test: Test, condition: Condition, is_loud: IsLoud) -> int:
        """The rules that the condition, which is such a test, may give something to say."""
        about = self._by_condition
        bits, loud = 0, 0
        for word in words_of(*test):
            if word in about:
                bits |= about[word]
        if self._listening is None:
            numbers = [1 << number for number, card in enumerate(self._cards) if card.scope == "condition"]
            self._listening = [(self._rule(bit), bit) for bit in numbers]
        for rule, bit in self._listening:
            if bits & bit and is_loud(rule, condition):
                loud |= bit
        if len(self._heard) < _MOST:
            self._heard[test] = loud
        return loud


def _is_of_condition(word: str) -> bool:
    return word in OF_CONDITIONS or word.startswith("key:")
