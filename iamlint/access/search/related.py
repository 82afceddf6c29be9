"""Which values do policy variables have in a request, so that what a search assumed of them is true?

They are filled in relation by relation, in the ways that are worth trying; evaluation says afterwards whether they will do.
"""

from __future__ import annotations

from iamlint.access.evaluation.request import DERIVED_KEYS, Request
from iamlint.access.search.derived import derived_clause
from iamlint.access.search.domains import Several
from iamlint.access.search.literal import Each, Value
from iamlint.access.search.refute import fitting, strings
from iamlint.access.search.solve import regions
from iamlint.access.search.witness import caller_of, key_value, text_of
from iamlint.access.sets.effort import ATTEMPT, Effort
from iamlint.access.sets.glob import Glob, exact
from iamlint.access.sets.value_sets import TextSet

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.search.solve import Region
    from iamlint.access.search.space import Space
    from iamlint.access.sets.glob import Item
    from iamlint.access.sets.texts import Relation
    from iamlint.knowledge.callers import CallerKind
    from iamlint.policy.pattern import Variable

# How long a variable's value is at most, where wildcards behind it leave several.
_LENGTHS = 24


def related(space: Space, region: Region, kind: CallerKind, flags: tuple[str, ...]) -> Iterator[Region]:
    """`region` with the relations that the search assumed made true, in the ways that are worth trying."""
    space.effort.spend(ATTEMPT)
    flags = tuple(flag for flag in flags if region[flag].mask != 0b11)  # type: ignore[union-attr] # a flag is a Choice
    if not flags:
        yield region
        return
    flag = next((flag for flag in flags if _is_settled(space, region, kind, flag)), flags[0]) if len(flags) > 1 else flags[0]
    others = tuple(other for other in flags if other != flag)
    key, relation = space.relations[flag]
    holds = region[flag].mask == 0b10  # type: ignore[union-attr] # a flag is a Choice
    for chosen in _choices(space, region, kind, key, relation):
        filled = _filled(space, chosen, kind, key, relation, holds=holds)
        if filled is not None:
            yield from related(space, filled, kind, others)


def _is_settled(space: Space, region: Region, kind: CallerKind, flag: str) -> bool:
    """Whether few values are left for a key of the relation: what they are decides what the keys of other relations can be."""
    key, relation = space.relations[flag]
    known = [strings(space, region, kind, one) for one in (key, *(variable.key.lower() for variable in relation.variables))]
    return any(one is not None and one.literals() for one in known)


def _choices(space: Space, region: Region, kind: CallerKind, key: str, relation: Relation) -> Iterator[Region]:
    """`region` as it is; with the variable made to fit the key's value; with the variable made something of its own."""
    yield region
    if len(relation.variables) != 1:
        return
    name = relation.variables[0].key.lower()
    for value in (*_fitting(space, region, kind, key, relation), "another"):
        chosen = _narrow_key(space, region, name, _only(value), keep_absent=False)
        if chosen is not None:
            yield chosen


def _fitting(space: Space, region: Region, kind: CallerKind, key: str, relation: Relation) -> Iterator[str]:
    """Values of the relation's one variable that make the text one that the key can have."""
    name = relation.variables[0].key.lower()
    wanted, held = strings(space, region, kind, key), strings(space, region, kind, name)
    value = fitting(relation, wanted, held) if wanted is not None and held is not None else _value_of(space, region, kind, key)
    at = relation.parts.index(relation.variables[0])
    before, behind = _plain(relation.parts[:at]), _plain(relation.parts[at + 1 :])
    if value is None or before is None or not value.startswith(before):
        return
    least = len(before)
    ends = range(least, min(len(value), least + _LENGTHS) + 1) if behind is None else (len(value) - len(behind),)
    for end in ends:
        glob = relation.filled({name: value[least:end]}) if end >= least else None
        if glob is not None and glob.matches(value):
            yield value[least:end]


def _plain(parts: tuple[tuple[Item, ...] | Variable, ...]) -> str | None:
    """The text of a relation's parts; None when they have wildcards."""
    items = [item for part in parts if isinstance(part, tuple) for item in part]
    return Glob(items).literal


def _only(text: str) -> TextSet:
    return TextSet((exact(text),))


def _value_of(space: Space, region: Region, kind: CallerKind, key: str) -> str | None:
    if key in DERIVED_KEYS:
        value = Request("", caller_of(region, kind)).value(key)
    elif key in region:
        return text_of(region, key)
    else:
        value = key_value(space.plan(key), region)
    return value if isinstance(value, str) else None


def _filled(space: Space, region: Region, kind: CallerKind, key: str, relation: Relation, *, holds: bool) -> Region | None:
    """`region` in which the key is (or with `holds` False is not) what the variables make it."""
    values = {variable.key.lower(): _value_of(space, region, kind, variable.key.lower()) for variable in relation.variables}
    glob = relation.filled(values)
    if glob is None:
        return None if holds else region
    narrowed = _narrow_key(space, region, key, TextSet((glob,), complemented=not holds), keep_absent=not holds)
    for name, value in values.items():
        if narrowed is not None and value is not None:
            narrowed = _narrow_key(space, narrowed, name, _only(value), keep_absent=False)
    return narrowed


def _narrow_key(space: Space, region: Region, key: str, values: TextSet, *, keep_absent: bool) -> Region | None:
    if key in DERIVED_KEYS:
        return next(regions(region, (derived_clause(key, values, keep_absent),), Effort(2_000)), None)
    name = key if key in region else space.plan(key).text
    if not name:
        return region
    domain = region[name]
    test = Each(name, values) if isinstance(domain, Several) else Value(name, values, absent=keep_absent)
    narrowed = test.meet(domain)
    return None if narrowed is None else {**region, name: narrowed}
