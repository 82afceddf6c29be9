"""Which patterns of a list, and which statements, say nothing that another does not say?"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from iamlint.access.sets import values
from iamlint.access.sets.fits import fits
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import Form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.principal import Principal, Principals
    from iamlint.policy.statement import Patterns, Statement

_BOUNDS = {Family.NUMERIC: values.number, Family.DATE: values.instant}


@lru_cache(maxsize=512)
def idle(patterns: Patterns) -> tuple[tuple[int, int], ...]:
    """The positions of values that another value (at the second position) covers, or repeats before them."""
    return tuple(_idle(patterns))


def _idle(patterns: Patterns) -> Iterator[tuple[int, int]]:
    folded = patterns.name in ("Action", "NotAction")
    keys = [value.lower() if folded and isinstance(value, str) else value for value in patterns.values]
    wider = _wider(keys) if "*" in patterns.text or "?" in patterns.text else {}
    if not wider and len(set(keys)) == len(keys):
        return
    seen: dict[str | Unknown, int] = {}
    for position, key in enumerate(keys):
        first = seen.setdefault(key, position)
        if first != position:
            yield position, first
        elif position in wider:
            yield position, wider[position]


def _wider(keys: Sequence[str | Unknown]) -> dict[int, int]:
    """By the positions of values that another covers, the position of the first of these; of two that cover each other one stays."""
    found: dict[int, int] = {}
    # What is covered begins as what covers it does, up to the first wildcard (in order, that stands together), and has its other parts.
    texts = sorted([(key, position) for position, key in enumerate(keys) if isinstance(key, str)])
    for position, key in enumerate(keys):
        if not isinstance(key, str) or ("*" not in key and "?" not in key):
            continue
        head, *others = key.replace("?", "*").split("*")
        part = max(others, key=len)
        for other, at in texts[bisect_left(texts, (head,)) : bisect_left(texts, (head + "\U0010ffff",))]:
            if part in other and at not in found and other != key and _covers(key, other) and (at > position or not _covers(other, key)):
                found[at] = position
    return found


def covers(pattern: str, other: str, *, folded: bool) -> bool:
    """Whether everything that `other` matches `pattern` matches too; False where that is not plain to see."""
    return _covers(pattern.lower(), other.lower()) if folded else _covers(pattern, other)


@lru_cache(maxsize=1 << 14)
def _covers(pattern: str, other: str) -> bool:
    if pattern == other:
        return True
    if has_hole(pattern) or has_hole(other) or "${" in pattern or "${" in other or ("?" in pattern and "*" in other):
        return False
    # What a wildcard of `other` stands for takes the place of the wildcard itself in whatever of `pattern` matched that.
    return fits(pattern, other) and not ("?" in other and "?" in pattern and "*" not in pattern)


def idle_bounds(condition: Condition) -> Iterator[tuple[int, int]]:
    """The positions of upper or lower bounds, numbers or dates, that a wider bound (at the second position) makes idle."""
    reader = _BOUNDS.get(condition.operator.base.family)
    name = condition.operator.base.name
    upper = "LessThan" in name
    if reader is None or not (upper or "GreaterThan" in name):
        return
    known = [(reader(value), n) for n, value in enumerate(condition.values) if isinstance(value, str)]
    bounds = [(bound, n) for bound, n in known if bound is not None]
    if len(bounds) < 2:
        return
    # Of equal ones the first stays.
    widest = max(bounds, key=lambda pair: (pair[0], -pair[1])) if upper else min(bounds)
    for _, n in bounds:
        if n != widest[1]:
            yield n, widest[1]


def idle_sessions(principals: Principals) -> Iterator[tuple[Principal, Principal]]:
    """The sessions of a role that is named beside them, each with the role."""
    # Names of roles are unique in an account, whatever their path.
    roles = {(entry.account, entry.name.rpartition("/")[2]): entry for entry in principals.entries if entry.form is Form.ROLE}
    for entry in principals.entries if roles else ():
        role = roles.get(_role_of(entry))
        if role is not None:
            yield entry, role


def _role_of(entry: Principal) -> tuple[str, str]:
    """The account and the name of the role whose session the principal is; AWS also writes sessions as ones of `iam`."""
    if entry.form is Form.SESSION:
        return entry.account, entry.name
    fields = entry.text.split(":", 5)
    if entry.form is not Form.INVALID or len(fields) < 6 or fields[2] != "iam" or not fields[5].startswith("assumed-role/"):
        return "", ""
    return fields[4], fields[5].split("/")[1]


def says_no_more(statement: Statement, other: Statement) -> bool:
    """Whether `other` matches whatever `statement` matches; False where that is not plain to see."""
    return (
        statement.effect is other.effect
        and _conditions(other) <= _conditions(statement)
        and _principals(statement) == _principals(other)
        and _within(statement.actions, other.actions, folded=True)
        and _within(statement.resources, other.resources, folded=False)
    )


def _conditions(statement: Statement) -> frozenset[tuple[str, str, frozenset[str | Unknown]]]:
    return frozenset([(one.operator.text.lower(), one.key.lower(), frozenset(one.values)) for one in statement.conditions])


def _principals(statement: Statement) -> tuple[bool, frozenset[tuple[str, str]]]:
    found = statement.principals
    return (False, frozenset()) if found is None else (found.negated, frozenset([(one.type, one.text) for one in found.entries]))


def _within(mine: Patterns | None, others: Patterns | None, *, folded: bool) -> bool:
    if mine is None or others is None:
        return mine is others
    if mine.negated or others.negated:
        return mine.negated is others.negated and set(mine.values) == set(others.values)
    return all(_is_covered(value, others.values, folded) for value in mine.values)


def _is_covered(value: str | Unknown, values: Sequence[str | Unknown], folded: bool) -> bool:
    if not isinstance(value, str):
        return value in values
    return any(isinstance(other, str) and covers(other, value, folded=folded) for other in values)
