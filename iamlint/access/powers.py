"""Which actions, alone or together, does an identity policy allow that give its holder more than they seem to?"""

from __future__ import annotations

from iamlint.access.everything import everything
from iamlint.access.permits import wide_permits
from iamlint.access.statements import names_action
from iamlint.access.whole import is_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypeAlias

    from iamlint.access.access import Access
    from iamlint.access.permit import Permit

    Chain: TypeAlias = "tuple[Permit, ...]"

_SEVERAL = " + "


# Every action that some powers are about, by its service and by its name in lower case, and what a pattern of a policy (in lower case)
# is about among them. Patterns recur, and a policy is looked through once for all rules.
_known: dict[str, dict[str, str]] = {}
_spelled: dict[str, str] = {}
_meant: dict[str, frozenset[str]] = {}
_MOST = 1 << 15


class Powers:
    """Actions that give a power, those first that weigh most; `a + b` are two that give it together. A rule makes its own once."""

    __slots__ = ("_actions", "_sets")
    # How many there are: what was looked up before another was made lacks its actions.
    made = 0

    def __init__(self, *powers: str) -> None:
        self._sets = [tuple(power.split(_SEVERAL)) for power in powers]
        self._actions = frozenset([action for actions in self._sets for action in actions])
        for action in self._actions:
            _known.setdefault(action.partition(":")[0], {})[action.lower()] = action
            _spelled[action.lower()] = action
        _meant.clear()
        Powers.made += 1

    def named(self, access: Access) -> frozenset[str]:
        """Those of the actions that patterns of Allows are about, those apart that are about the actions of every service."""
        if access.meant is None or access.meant[0] != Powers.made:
            access.meant = (Powers.made, _named(access))
        return self._actions & access.meant[1]

    def ways(self, access: Access) -> list[tuple[str, ...]]:
        """The powers all of whose actions are named."""
        named = self.named(access)
        if not named:
            return []
        return [actions for actions in self._sets if named.issuperset(actions)]

    def held(self, access: Access, context: Mapping[str, str] | None = None) -> list[Chain]:
        """As `given`, but what a policy gives with all of a service is left to the rule about that."""
        return [chain for chain in self.given(access, context) if not _is_told(access, chain)]

    def given(self, access: Access, context: Mapping[str, str] | None = None) -> list[Chain]:
        """Of each power that the policy gives over things that nobody named, how it does; none of a policy that allows everything."""
        candidates = self.ways(access)
        if not candidates or everything(access) is not None:
            return []
        known: dict[str, Permit | None] = {}
        found = []
        for actions in candidates:
            chain = tuple(self._permits(access, actions, context, known))
            if len(chain) == len(actions):
                found.append(chain)
        return found

    def _permits(
        self, access: Access, actions: Sequence[str], context: Mapping[str, str] | None, known: dict[str, Permit | None]
    ) -> Iterator[Permit]:
        for action in actions:
            if action not in known:
                known[action] = next((permit for permit in wide_permits(access, action, context=context) if permit.wide), None)
            permit = known[action]
            if permit is None:
                return
            yield permit


def _named(access: Access) -> frozenset[str]:
    """Every action known here that patterns of Allows are about."""
    found: set[str] = set()
    for actions in access.grants.allowed:
        text, values = actions.text, actions.names
        found.update(map(_spelled.__getitem__, _spelled.keys() & values))
        if "*" in text or "?" in text:
            for value in values:
                if "*" in value or "?" in value:
                    found |= _about(value)
    return frozenset(found)


def _about(pattern: str) -> frozenset[str]:
    found = _meant.get(pattern)
    if found is None:
        found = _matched(pattern)
        if len(_meant) < _MOST:
            _meant[pattern] = found
    return found


def _matched(pattern: str) -> frozenset[str]:
    service = pattern.partition(":")[0]
    rows = [_known.get(service, {})] if "*" not in service and "?" not in service else _known.values()
    if not pattern.strip("*:?"):
        return frozenset()
    return frozenset([action for row in rows for lower, action in row.items() if names_action(pattern, lower)])


def _service_of(permit: Permit) -> str:
    """The service that the policy allows as a whole by the value that allows this, if it does."""
    service, _, name = permit.pattern.lower().partition(":")
    return "" if name.strip("*?") else service


def _is_told(access: Access, chain: Chain) -> bool:
    """Whether all of it comes with services that the policy allows as a whole."""
    services = set(map(_service_of, chain))
    return "" not in services and all(is_whole(access, service) for service in services)


def listed(chains: Sequence[Chain]) -> str:
    """What gives the powers, in words: the first in full."""
    first = [f"`{permit.action}`" for permit in chains[0]]
    words = f"{', '.join(first[:-1])} and {first[-1]}" if len(first) > 1 else first[0]
    more = len(chains) - 1
    if not more:
        return words
    return f"{words}, and in {more} more {'way' if more == 1 else 'ways'}" if len(first) > 1 else f"{words} and {more} more"
