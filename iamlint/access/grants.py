"""Which patterns of a policy's Allows are about the actions of a service, and which Allows about the actions that rules ask for?

Looks that spare a closer one: most policies name few of the services that rules ask about.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort

from iamlint.access.sets.fits import fits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from iamlint.policy.statement import Patterns, Policy, Statement

    Grant: TypeAlias = "tuple[Statement, str]"

# In the text of an element (see `Patterns.text`) what comes before the colon in patterns that stand one behind the other.
_RUN = re.compile(r"\n([^:\n]++):.*+(?:\n\1:.*+)*+")
# What a name that nobody wrote down may begin with: `z` stands for its letters.
_ANY_FIRST = ("*", "?", "z")
_BEGINS_WITH_Z = r"\n([^:\n*?]*):z"

_MOST = 1 << 15
# What comes behind every letter of a name.
_BEHIND = "\x7f"


class _Meant(dict[str, "Sequence[str]"]):
    """What a pattern with wildcards (in lower case) is about among the actions that rules ask for: patterns recur."""

    def __missing__(self, pattern: str) -> Sequence[str]:
        found = _about(pattern)
        if len(self) < _MOST:
            self[pattern] = found
        return found


# The actions that rules ask for, by their names in lower case as AWS spells them, and these names by service.
_asked: dict[str, str] = {}
_asked_of: dict[str, list[str]] = {}
_meant = _Meant()


def ask_for(actions: Iterable[str]) -> None:
    """Tells of actions (as AWS spells them) that a rule will ask for: a policy is looked through once for all of them."""
    for action in actions:
        lower = action.lower()
        if lower not in _asked:
            _asked[lower] = action
            insort(_asked_of.setdefault(lower.partition(":")[0], []), lower)
    _meant.clear()


class Grants:
    """The patterns of a policy's Allows by the service they name, each with its statement; a NotAction is the empty text.

    `may_be_of_any` says whether some pattern names no single service, `may_be_wide` whether an Allow could be meant for all services, going
    by the first letters of its actions.
    """

    __slots__ = ("_about", "_allows", "_known", "_listed", "_of", "_open", "_services", "_several", "_wild", "may_be_of_any", "may_be_wide")

    def __init__(self, policy: Policy) -> None:
        self._allows: list[tuple[Statement, Patterns]] = []
        self._listed: list[tuple[Statement, Patterns]] = []
        texts = []
        for statement in policy.statements:
            actions = statement.actions
            if statement.denies or actions is None:
                continue
            self._allows.append((statement, actions))
            if not actions.negated:
                self._listed.append((statement, actions))
                texts.append(actions.text)
        # Which services a NotAction names says nothing of those it is about.
        self.may_be_of_any = self.may_be_wide = len(self._listed) < len(self._allows)
        text = "".join(texts)
        self._services = dict.fromkeys(_RUN.findall(text), False)
        # The patterns with wildcards, in lower case: of one service, by the statement's index, and of several.
        self._open: dict[int, list[str]] = {}
        self._several: list[Grant] = []
        if "*" in text or "?" in text:
            self._sort_wildcards()
        # A look for one letter is far cheaper than one for two.
        if "z" in text:
            self.may_be_wide = self.may_be_wide or "\nz" in text
            if ":z" in text:
                self._services.update(dict.fromkeys(re.findall(_BEGINS_WITH_Z, text), True))
        self._of: dict[str, list[Grant]] = {}
        self._wild: list[Grant] | None = None
        self._about: dict[str, dict[Statement, None]] = {}
        self._known = 0

    def _sort_wildcards(self) -> None:
        for statement, actions in self._listed:
            for _, value in actions.wild:
                service, _, name = value.partition(":")
                if "*" in service or "?" in service:
                    self._several.append((statement, value))
                    self._services.pop(service, None)
                    self.may_be_of_any = True
                    self.may_be_wide = self.may_be_wide or service.startswith(_ANY_FIRST)
                else:
                    self._open.setdefault(statement.index, []).append(value)
                    if name.startswith(_ANY_FIRST):
                        self._services[service] = True

    @property
    def services(self) -> Iterable[str]:
        """The services (in lower case) that patterns name, as the policy names them first."""
        return self._services

    @property
    def open_services(self) -> Sequence[str]:
        """The services (in lower case) of which some pattern matches actions that nobody wrote down."""
        return [service for service, is_open in self._services.items() if is_open]

    def may_be_open(self, service: str) -> bool:
        """Whether some pattern may match actions of `service` (in lower case) that nobody wrote down."""
        return self.may_be_of_any or self._services.get(service, False)

    @property
    def wild(self) -> Sequence[Grant]:
        """The patterns that name no single service."""
        if self._wild is None:
            self._wild = [grant for one in self._allows for grant in _wild_of(*one)] if self.may_be_of_any else []
        return self._wild

    def of(self, service: str) -> Sequence[Grant]:
        """The patterns that name `service` (in lower case) and no other."""
        if service not in self._services:
            return ()
        if service not in self._of:
            begins = service + ":"
            self._of[service] = [
                (statement, value) for statement, actions in self._listed if begins in actions.text for value in _beginning(actions, begins)
            ]
        return self._of[service]

    @property
    def about(self) -> Mapping[str, Collection[Statement]]:
        """Of the actions that rules ask for those that some pattern is about, each with its Allows: see `naming`."""
        if self._known != len(_asked):
            # Most policies are about few services, and rules ask for the actions of few.
            foreign = not self._several and self._services.keys().isdisjoint(_asked_of)
            self._about = {} if foreign else self._naming(_asked, _meant.__getitem__)
            self._known = len(_asked)
        return self._about

    def may_be_about(self, actions: frozenset[str]) -> bool:
        """Whether some Allow may be about one of `actions`, which rules ask for."""
        return self.may_be_of_any or not actions.isdisjoint(self.about)

    def naming(self, action: str) -> Collection[Statement]:
        """The Allows that are about `action` but not about the actions of every service; first those that name its service."""
        lower = action.lower()
        if lower in _asked:
            return self.about.get(_asked[lower], ())
        return self._naming({lower: action}, lambda pattern: (action,) if fits(pattern, lower) else ()).get(action, ())

    def _naming(self, wanted: Mapping[str, str], meant: Callable[[str], Collection[str]]) -> dict[str, dict[Statement, None]]:
        """The Allows about each of the `wanted` actions, where `meant` says which of them a pattern with wildcards is about."""
        found: dict[str, dict[Statement, None]] = {}
        for statement, actions in self._listed:
            for name in wanted.keys() & actions.names:
                found.setdefault(wanted[name], {})[statement] = None
            for value in self._open.get(statement.index, ()):
                for action in meant(value):
                    found.setdefault(action, {})[statement] = None
        for statement, value in self._several:
            for action in meant(value) if value.strip("*:?") else ():
                found.setdefault(action, {})[statement] = None
        return found


def _beginning(actions: Patterns, begins: str) -> list[str]:
    """The values that begin so, in lower case; mostly they stand one behind the other."""
    start = actions.text.find("\n" + begins)
    number = actions.text.count("\n" + begins)
    if start >= 0 and len(actions.names) == len(actions.values):
        first = actions.text.count("\n", 0, start)
        if ("\n" + "\n".join(actions.names[first : first + number])).count("\n" + begins) == number:
            return [value for value in actions.values[first : first + number] if isinstance(value, str)]
    return [value for value in actions.values if isinstance(value, str) and value[: len(begins)].lower() == begins]


def _about(pattern: str) -> Sequence[str]:
    """Those of the actions that rules ask for that a pattern is about."""
    service = pattern.partition(":")[0]
    names = sorted(_asked) if "*" in service or "?" in service else _asked_of.get(service)
    if names is None:
        return ()
    head = pattern.partition("*")[0].partition("?")[0]
    start = bisect_left(names, head)
    near = names[start : bisect_left(names, head + _BEHIND, start)]
    return [_asked[lower] for lower in near if fits(pattern, lower)] if near else ()


def _wild_of(statement: Statement, actions: Patterns) -> list[Grant]:
    if actions.negated:
        return [(statement, "")]
    found = []
    for value in actions.values:
        service = value.partition(":")[0] if isinstance(value, str) else ""
        if "*" in service or "?" in service:
            assert isinstance(value, str)
            found.append((statement, value))
    return found
