"""Which actions, alone or together, does an identity policy allow that give its holder more than they seem to?"""

from __future__ import annotations

from iamlint.access.everything import everything
from iamlint.access.grants import ask_for
from iamlint.access.permits import wide_permit
from iamlint.access.whole import is_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from iamlint.access.access import Access
    from iamlint.access.permit import Permit

    Chain: TypeAlias = "tuple[Permit, ...]"

_SEVERAL = " + "


class Powers:
    """Actions that give a power, those first that weigh most; `a + b` are two that give it together. A rule makes its own once.

    `actions` are all of them.
    """

    __slots__ = ("_by_first", "actions")

    def __init__(self, *powers: str) -> None:
        # By the first of its actions each power, and its weight.
        self._by_first: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for number, power in enumerate(powers):
            actions = tuple(power.split(_SEVERAL))
            self._by_first.setdefault(actions[0], []).append((number, actions))
        self.actions = frozenset([action for power in powers for action in power.split(_SEVERAL)])
        ask_for(self.actions)

    def named(self, access: Access) -> frozenset[str]:
        """Those of the actions that patterns of Allows are about, those apart that are about the actions of every service."""
        return self.actions.intersection(access.grants.about)

    def ways(self, access: Access) -> list[tuple[str, ...]]:
        """The powers all of whose actions are named."""
        named = self.actions.intersection(access.grants.about)
        return self.among(named) if named else []

    def among(self, actions: frozenset[str]) -> list[tuple[str, ...]]:
        """The powers all of whose actions are among these."""
        firsts = self._by_first.keys() & actions
        found = [pair for first in firsts for pair in self._by_first[first] if actions.issuperset(pair[1])] if firsts else []
        return [power for _, power in sorted(found)]

    def held(self, access: Access, context: Mapping[str, str] | None = None) -> list[Chain]:
        """As `given`, but what a policy gives with all of a service is left to the rule about that."""
        chains = self.given(access, context)
        return [chain for chain in chains if not _is_told(access, chain)] if chains else chains

    def given(self, access: Access, context: Mapping[str, str] | None = None) -> list[Chain]:
        """Of each power that the policy gives over things that nobody named, how it does; none of a policy that allows everything."""
        ways = self.ways(access)
        if not ways or everything(access) is not None:
            return []
        known: dict[str, Permit | None] = {}
        chains = [_chain(access, actions, context, known) for actions in ways]
        return [chain for chain in chains if chain is not None]


def _chain(access: Access, actions: Sequence[str], context: Mapping[str, str] | None, known: dict[str, Permit | None]) -> Chain | None:
    """How the policy allows all of the actions; `known` has those that were asked about before."""
    permits = []
    for action in actions:
        if action not in known:
            known[action] = wide_permit(access, action, context)
        permit = known[action]
        if permit is None:
            return None
        permits.append(permit)
    return tuple(permits)


def _is_told(access: Access, chain: Chain) -> bool:
    """Whether all of it comes with services that the policy allows as a whole."""
    for permit in chain:
        service = _service_of(access, permit)
        if not service or not is_whole(access, service):
            return False
    return True


def _service_of(access: Access, permit: Permit) -> str:
    """The service that the policy allows as a whole by the value that allows this, if it does."""
    if not access.grants.may_be_open(permit.action.partition(":")[0]):
        return ""
    service, _, name = permit.pattern.lower().partition(":")
    return "" if name.strip("*?") else service


def listed(chains: Sequence[Chain]) -> str:
    """What gives the powers, in words: the first in full."""
    first = [f"`{permit.action}`" for permit in chains[0]]
    words = f"{', '.join(first[:-1])} and {first[-1]}" if len(first) > 1 else first[0]
    more = len(chains) - 1
    if not more:
        return words
    return f"{words}, and in {more} more {'way' if more == 1 else 'ways'}" if len(first) > 1 else f"{words} and {more} more"
