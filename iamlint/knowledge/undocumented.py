"""Which actions do AWS's own policies name, though no page documents them? They need not be mistakes in other policies either."""

from __future__ import annotations

from functools import cache

from iamlint.knowledge.data import table

# In the policy that SNS gives a topic: https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
_IN_DEFAULTS = frozenset({"sns:receive"})


def is_undocumented(action: str) -> bool:
    """Whether a policy of AWS's own names exactly this action, or pattern, of which AWS documents none."""
    return action.lower() in _IN_DEFAULTS or action.lower() in _entries()


def is_undocumented_service(prefix: str) -> bool:
    """Whether a policy that AWS manages names actions of a service that AWS does not document."""
    from iamlint.knowledge.names import is_service

    start = f"{prefix.lower()}:"
    return not is_service(prefix) and any(entry.startswith(start) for entry in _entries())


@cache
def _entries() -> frozenset[str]:
    return frozenset(entry.lower() for entry in table("undocumented"))
