"""Which actions did AWS once document, and no longer does? A policy that names one is out of date, not mistyped."""

from __future__ import annotations

from functools import cache

from iamlint.knowledge.data import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_LAST_SEEN = {"policyuniverse": "2023", "parliament": "2025", "policy_sentry": "2026"}


def is_retired(action: str) -> bool:
    """Whether AWS once had the action and no longer documents it."""
    return action.lower() in _retired()


def last_documented(action: str) -> str | None:
    """The year in which a source last had the retired action; None when it is not retired, or the year is not known."""
    return _LAST_SEEN.get(_retired().get(action.lower(), ""))


def is_retired_service(prefix: str) -> bool:
    """Whether the service is gone with all its actions."""
    from iamlint.knowledge.names import is_service

    start = f"{prefix.lower()}:"
    return not is_service(prefix) and any(name.startswith(start) for name in _retired())


@cache
def _retired() -> Mapping[str, str]:
    return {name.lower(): source for name, source in table("retired").items()}
