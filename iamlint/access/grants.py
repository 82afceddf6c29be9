"""Which patterns of a policy's Allows are about the actions of a service?

Looks that spare a closer one: most policies name few of the services that rules ask about.
"""

from __future__ import annotations

import re

from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from iamlint.policy.statement import Patterns, Policy, Statement

    Grant: TypeAlias = "tuple[Statement, str]"

# In the text of an element (see `Patterns.text`): a wildcard in the name of the service; an action whose name may begin with any letter.
_WILD = re.compile(r"\n[^:\n]*[*?]")
_OPEN = re.compile(r"\n([^:\n*?]*):[*?z]")


class Grants:
    """The patterns of a policy's Allows by the service they name, each with its statement; a NotAction is the empty text."""

    __slots__ = ("_allows", "_leaves_out", "_named", "_text", "_wild")

    def __init__(self, policy: Policy) -> None:
        self._allows = [
            (statement, statement.actions)
            for statement in policy.statements
            if statement.effect is Effect.ALLOW and statement.actions is not None
        ]
        self._leaves_out = any([actions.negated for _, actions in self._allows])  # noqa: C419 # twice as fast on so few
        # Which services a NotAction names says nothing of those it is about.
        self._text = "".join([actions.text for _, actions in self._allows if not actions.negated])
        self._wild: list[Grant] | None = None
        self._named: dict[str, tuple[dict[str, list[Grant]], list[Grant]]] = {}

    @property
    def may_be_wide(self) -> bool:
        """Whether an Allow could be meant for all services, going by the first letters of its actions."""
        text = self._text
        return "\n*" in text or "\n?" in text or "\nz" in text or self._leaves_out

    @property
    def wild(self) -> Sequence[Grant]:
        """The patterns that name no single service."""
        if self._wild is None:
            may = self._leaves_out or may_be_of_any(self._text)
            self._wild = [grant for statement, actions in self._allows for grant in _wild_of(statement, actions)] if may else []
        return self._wild

    def of(self, service: str) -> Sequence[Grant]:
        """The patterns that name `service` (in lower case) and no other."""
        start = f"{service}:"
        if f"\n{start}" not in self._text:
            return []
        return [
            (statement, value)
            for statement, actions in self._allows
            if not actions.negated and f"\n{start}" in actions.text
            for value in actions.values
            if isinstance(value, str) and value[: len(start)].lower() == start
        ]

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

    def open_services(self) -> dict[str, None]:
        """The services (in lower case) of which some pattern matches actions that nobody wrote down, as the policy names them."""
        text = self._text
        return dict.fromkeys(_OPEN.findall(text) if ":*" in text or ":?" in text or ":z" in text else ())


def _index(grant: Grant) -> int:
    return grant[0].index


def may_be_of_any(text: str) -> bool:
    """Whether, of patterns each behind a line feed, one has a wildcard for its service."""
    # Nearly every wildcard stands at the end of an action.
    if "?" not in text and "\n*" not in text and text.count("*") == text.count("*\n") + text.endswith("*"):
        return False
    return _WILD.search(text) is not None


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
