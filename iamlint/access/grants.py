"""Which patterns of a policy's Allows are about the actions of a service?

Looks that spare a closer one: most policies name few of the services that rules ask about.
"""

from __future__ import annotations

import re

from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from iamlint.policy.statement import Patterns, Policy, Statement

    Grant: TypeAlias = "tuple[Statement, str]"

# Of each pattern in the text of an element (see `Patterns.text`), what comes before its colon and the first of its name, or its
# wildcard before a colon; `z` stands for the first letter of the names that nobody wrote down.
_MARK = re.compile(r"\n([^:\n*?]*(?::[*?z]?|[*?]))")
# A value that may stand for several actions; a hole may hold what is not to be seen.
_OPEN = re.compile(r"\n([^\n*?{<]*[*?{<][^\n]*)")
_ANY_FIRST = ("*", "?", "z")


class Grants:
    """The patterns of a policy's Allows by the service they name, each with its statement; a NotAction is the empty text."""

    __slots__ = ("_allows", "_leaves_out", "_of", "_open", "_services", "_wild", "_wild_marks")

    def __init__(self, policy: Policy) -> None:
        self._allows = [
            (statement, statement.actions)
            for statement in policy.statements
            if statement.effect is Effect.ALLOW and statement.actions is not None
        ]
        # Which services a NotAction names says nothing of those it is about.
        texts = [actions.text for _, actions in self._allows if not actions.negated]
        self._leaves_out = len(texts) < len(self._allows)
        self._services: dict[str, bool] = {}
        self._wild_marks: list[str] = []
        for mark in dict.fromkeys(_MARK.findall("".join(texts))):
            service, colon, first = mark.partition(":")
            if not colon:
                self._wild_marks.append(mark)
            elif first or service not in self._services:
                self._services[service] = bool(first)
        self._wild: list[Grant] | None = None
        self._of: dict[str, list[Grant]] = {}
        self._open: dict[str, list[Grant]] | None = None

    @property
    def allowed(self) -> Sequence[Patterns]:
        """The Action elements of the Allows."""
        return [actions for _, actions in self._allows if not actions.negated]

    @property
    def services(self) -> Iterable[str]:
        """The services (in lower case) that patterns name, as the policy names them first."""
        return self._services

    @property
    def may_be_of_any(self) -> bool:
        """Whether some pattern names no single service."""
        return self._leaves_out or bool(self._wild_marks)

    @property
    def may_be_wide(self) -> bool:
        """Whether an Allow could be meant for all services, going by the first letters of its actions."""
        return self._leaves_out or any([mark.startswith(_ANY_FIRST) for mark in (*self._wild_marks, *self._services)])  # noqa: C419

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
                (statement, value)
                for statement, actions in self._allows
                if not actions.negated and begins in actions.text
                for value in actions.values
                if isinstance(value, str) and value[: len(begins)].lower() == begins
            ]
        return self._of[service]

    def naming(self, action: str) -> Sequence[Grant]:
        """The patterns (in lower case) that name the service of `action` (in lower case) and are that action, or have a wildcard."""
        service = action.partition(":")[0]
        if service not in self._services:
            return ()
        if self._open is None:
            self._open = {}
            for statement, actions in self._allows:
                for value in _OPEN.findall(actions.text) if not actions.negated else ():
                    self._open.setdefault(value.partition(":")[0], []).append((statement, value))
        found = [
            (statement, action)
            for statement, actions in self._allows
            if action in actions.text and not actions.negated and _has_line(actions.text, action)
        ]
        patterns = self._open.get(service, ())
        return sorted([*found, *patterns], key=_index) if found and patterns else found or patterns

    @property
    def open_services(self) -> Sequence[str]:
        """The services (in lower case) of which some pattern matches actions that nobody wrote down."""
        return [service for service, is_open in self._services.items() if is_open]


def _index(grant: Grant) -> int:
    return grant[0].index


def _has_line(text: str, line: str) -> bool:
    at = text.find(line)
    while at >= 0:
        end = at + len(line)
        if text[at - 1] == "\n" and (end == len(text) or text[end] == "\n"):
            return True
        at = text.find(line, end)
    return False


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
