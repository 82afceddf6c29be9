"""Which actions did AWS once document, and no longer does?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def retired(now: set[str], once: Iterable[tuple[str, set[str]]], before: Mapping[str, str], committed: set[str]) -> dict[str, str]:
    """By action: the source, and the month of its data, that had it last.

    `once` are sources from the oldest to the newest; `before` what was known to be retired; `committed` the actions in our data so far,
    so that an action which disappears from every source at once is remembered.
    """
    found: dict[str, str] = dict.fromkeys(committed, "iamlint")
    found.update(before)
    for source, actions in once:
        found.update(dict.fromkeys(actions, source))
    current = {name.lower() for name in now}
    last: dict[str, str] = {}
    for name in sorted(found):
        if name.lower() not in current:
            last.setdefault(name.lower(), name)
    return {name: found[name] for name in sorted(last.values())}
