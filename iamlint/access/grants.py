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
_SERVICE = re.compile(r"\n([^:\n]*)")
_TEXTS = frozenset({str})
_ANY_FIRST = ("*", "?", "z")


class Grants:
    """The patterns of a policy's Allows by the service they name, each with its statement; a NotAction is the empty text."""

    __slots__ = ("_allows", "_leaves_out", "_named", "_of", "_services", "_wild", "_wild_marks")

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
        self._of: dict[str, list[Grant]] | None = None
        self._named: dict[str, tuple[dict[str, list[Grant]], list[Grant]]] = {}

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
            return []
        if self._of is None:
            self._of = {}
            for statement, actions in self._allows:
                for service_of, value in () if actions.negated else _by_service(actions):
                    self._of.setdefault(service_of, []).append((statement, value))
        return self._of.get(service, [])

    def naming(self, action: str) -> list[Grant]:
        """The patterns that name the service of `action` (in lower case) and are that action, or have a wildcard."""
        service, _, name = action.partition(":")
        if service not in self._named:
            exact: dict[str, list[Grant]] = {}
            patterns: list[Grant] = []
            for grant in self.of(service):
                value = grant[1].lower()
                # A hole may hold what is not to be seen.
                if "*" in value or "?" in value or "{" in value or "<" in value:
                    patterns.append(grant)
                else:
                    exact.setdefault(value.partition(":")[2], []).append(grant)
            self._named[service] = (exact, patterns)
        exact, patterns = self._named[service]
        found = exact.get(name)
        return sorted([*found, *patterns], key=_index) if found else patterns

    @property
    def open_services(self) -> Sequence[str]:
        """The services (in lower case) of which some pattern matches actions that nobody wrote down."""
        return [service for service, is_open in self._services.items() if is_open]


def _index(grant: Grant) -> int:
    return grant[0].index


def _by_service(actions: Patterns) -> Iterable[tuple[str, str]]:
    """Each value that is text, behind what comes before its colon."""
    services = _SERVICE.findall(actions.text)
    values = actions.values
    if len(services) != len(values) or not _TEXTS.issuperset(map(type, values)):
        return [(value.partition(":")[0].lower(), value) for value in values if isinstance(value, str)]
    return zip(services, values, strict=True)  # type: ignore[arg-type]  # all are text


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
