"""Does a pattern with IAM's wildcards match a text? For the usual ones no glob is made, and what makes them is not loaded."""

from __future__ import annotations

from functools import lru_cache

from iamlint.policy.pattern import in_order

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.sets.glob import Glob


def fits(pattern: str, text: str) -> bool:
    """Whether `text` matches the pattern: `*` is any run of characters, `?` one."""
    if "?" in pattern:
        return _glob(pattern).matches(text)
    head, star, rest = pattern.partition("*")
    if not rest:
        return text.startswith(head) if star else text == pattern
    return in_order(pattern.split("*"), text)


def names_action(pattern: str, action: str) -> bool:
    """Whether the pattern of an element matches `action` (in lower case)."""
    return pattern == "*" or fits(pattern.lower(), action)


@lru_cache(maxsize=1024)
def _glob(pattern: str) -> Glob:
    from iamlint.access.sets.glob import wildcard

    return wildcard(pattern)
