"""Did a source lose what it had? That is more often a fault of the source than a change at AWS."""

from __future__ import annotations

from collections.abc import Mapping

from update_knowledge.problem import UpdateError

TOLERATED = 0.02


def check_shrink(before: Mapping[str, int], after: Mapping[str, int]) -> None:
    """Raises an error when a count falls by more than 2 %."""
    fallen = [
        f"{what}: {count} -> {after.get(what, 0)}" for what, count in sorted(before.items()) if after.get(what, 0) < count * (1 - TOLERATED)
    ]
    if fallen:
        raise UpdateError(
            f"more than {TOLERATED:.0%} would be lost: {', '.join(fallen)}",
            help="look whether the source is at fault, and pin its last good version; `--force` when AWS has really dropped so much",
        )
