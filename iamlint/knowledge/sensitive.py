"""Which actions give more than they seem to: paths of escalation, credentials, data, permissions?

Paths: https://pathfinding.cloud. AWS gives some actions that manage permissions the level Write (`iam:PassRole`).
"""

from __future__ import annotations

from functools import cache

from iamlint.knowledge.data import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class EscalationPath:
    """Actions that together let a caller gain permissions; `page` describes how, and is empty when no page does."""

    __slots__ = ("actions", "name", "page")

    def __init__(self, name: str, actions: tuple[str, ...], page: str) -> None:
        self.name = name
        self.actions = actions
        self.page = page

    def __repr__(self) -> str:
        return f"EscalationPath({self.name!r})"


@cache
def escalation_paths() -> Mapping[str, EscalationPath]:
    """All published paths by name; all actions of a path are needed."""
    return {name: EscalationPath(name, tuple(actions), page) for name, (actions, page) in table("privesc").items()}


def returns_credentials(action: str) -> bool:
    """Whether the answer to `action` holds credentials."""
    return action.lower() in _actions("credentials")


def returns_data(action: str) -> bool:
    """Whether `action` only reads, but reads what is stored: objects, secrets, records."""
    return action.lower() in _actions("data")


def manages_permissions(action: str) -> bool:
    """Whether `action` decides who may do what, or with whose credentials; whatever level AWS gives it."""
    return action.lower() in _actions("permissions") or _has_level_permissions(action)


@cache
def _actions(kind: str) -> frozenset[str]:
    names: list[str] = table("sensitive")[kind]
    return frozenset(name.lower() for name in names)


def _has_level_permissions(name: str) -> bool:
    from iamlint.knowledge.authorization import action
    from iamlint.knowledge.documented import AccessLevel

    found = action(name)
    return found is not None and found.level is AccessLevel.PERMISSIONS
