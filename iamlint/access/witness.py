"""Which concrete request stands for a region that a search found?

Keys stay absent where they may; relations that policy variables make are kept by filling the variables in. The caller has every request
confirmed by evaluation before anyone sees it, so what is built here need only be likely.
"""

from __future__ import annotations

from iamlint.access.domains import Choice, Several, Single, Strings
from iamlint.access.effort import ATTEMPT, Effort
from iamlint.access.glob import Glob, exact
from iamlint.access.literal import Each, Value
from iamlint.access.refute import fitting, strings
from iamlint.access.request import DERIVED_KEYS, Caller, Request
from iamlint.access.sets import TextSet
from iamlint.access.space import ACCOUNT, ACTION, KIND, KINDS, NAME, PARTITION, PROVIDER, RESOURCE_PARTS, SESSION
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.knowledge.keys import canonical_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iamlint.access.domains import Part
    from iamlint.access.glob import Item
    from iamlint.access.request import ContextValue
    from iamlint.access.solve import Region
    from iamlint.access.space import KeyPlan, Space
    from iamlint.access.texts import Relation
    from iamlint.policy.pattern import Variable

# What stands for the open rest of a pattern when nothing better is known.
_LETTERS = "xzqjkvwy0A"
# How long a variable's value is at most, where wildcards behind it leave several.
_LENGTHS = 24

# Who makes the plainest example, first.
_KIND_ORDER = (
    CallerKind.ANONYMOUS,
    CallerKind.ROLE,
    CallerKind.USER,
    CallerKind.SERVICE,
    CallerKind.WEB_IDENTITY,
    CallerKind.SAML,
    CallerKind.ROOT,
    CallerKind.FEDERATED_USER,
    CallerKind.CANONICAL,
)


def requests(space: Space, region: Region, spelling: Mapping[str, str]) -> Iterator[Request]:
    """Requests of `region`, the likeliest first; `spelling` gives the capitals of names that were compared ignoring case."""
    for kind in _kinds(region):
        alone = {**region, KIND: Choice(1 << KINDS.index(kind))}
        for filled in _related(space, alone, kind, tuple(space.relations)):
            yield _request(space, filled, kind, spelling)


def _kinds(region: Region) -> Iterator[CallerKind]:
    domain = region[KIND]
    for kind in _KIND_ORDER:
        if domain.mask >> KINDS.index(kind) & 1:  # type: ignore[union-attr] # the kind of caller is a Choice
            yield kind


def _request(space: Space, region: Region, kind: CallerKind, spelling: Mapping[str, str]) -> Request:
    action = _text(region, ACTION)
    context: dict[str, ContextValue] = {}
    for plan in space.keys.values():
        value = _key_value(plan, region)
        if value is not None and plan.key not in DERIVED_KEYS:
            context[spelling.get(plan.key) or canonical_key(plan.key)] = value
    return Request(spelling.get(action, action), _caller(region, kind), _resource(region), context)


def _text(region: Region, name: str) -> str:
    domain = region[name]
    assert isinstance(domain, Single)
    assert isinstance(domain.part, Strings)
    return domain.part.value


def _caller(region: Region, kind: CallerKind) -> Caller:
    if kind not in IAM_CALLERS:
        return Caller(kind, "" if kind is CallerKind.ANONYMOUS else _text(region, PROVIDER))
    name = "" if kind is CallerKind.ROOT else _named(region, NAME, "Outsider")
    session = _named(region, SESSION, "session") if kind is CallerKind.ROLE else ""
    return Caller(kind, name, account=_text(region, ACCOUNT), partition=_text(region, PARTITION), session=session)


def _named(region: Region, name: str, word: str) -> str:
    """A value of the part; where a pattern leaves some of it open, with `word` there, which reads better than a letter."""
    part = region[name].part  # type: ignore[union-attr] # a part of the caller is a Single
    assert isinstance(part, Strings)
    for glob in [next(iter(union)) for union in part.inside if len(union) == 1]:
        if glob.pure and part.value in map(glob.instance, _LETTERS) and part.has(glob.instance(word)):
            return glob.instance(word)
    return part.value


def _resource(region: Region) -> str | None:
    first = region[RESOURCE_PARTS[0]]
    assert isinstance(first, Single)
    if first.absent or first.part is None:
        return None
    return ":".join(("arn", *(_text(region, name) for name in RESOURCE_PARTS)))


def _key_value(plan: KeyPlan, region: Region) -> ContextValue | None:
    parts: list[tuple[str, Part]] = []
    for name in plan.dimensions:
        domain = region[name]
        if isinstance(domain, Several):
            if domain.absent or domain.each is None:
                return None
            return tuple(dict.fromkeys(_shown(part, name, plan.key) for part in domain.some or (domain.each,)))
        assert isinstance(domain, Single)
        if domain.absent or domain.part is None:
            return None
        parts.append((name, domain.part))
    shown = [_shown(part, name, plan.key) for name, part in parts]
    # A key tested as several types has one value: best one that is both the text and what the text means.
    text = parts[0][1] if parts else None
    both = [value for value in shown[1:] if isinstance(text, Strings) and text.has(value)]
    return (both or shown)[0]


def _shown(part: Part, name: str, key: str) -> str:
    if isinstance(part, Strings):
        return part.value
    from iamlint.access.points import address_text, moment_text, number_text

    if name.endswith("/"):
        return address_text(part.value)
    return moment_text(part.value) if key in _CLOCKS else number_text(part.value)


_CLOCKS = frozenset({"aws:currenttime", "aws:tokenissuetime"})


def _related(space: Space, region: Region, kind: CallerKind, flags: tuple[str, ...]) -> Iterator[Region]:
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
            yield from _related(space, filled, kind, others)


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
        value = Request("", _caller(region, kind)).value(key)
    elif key in region:
        return _text(region, key)
    else:
        value = _key_value(space.plan(key), region)
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
    from iamlint.access.callers import derived_clause
    from iamlint.access.solve import regions

    if key in DERIVED_KEYS:
        return next(regions(region, (derived_clause(key, values, keep_absent),), Effort(2_000)), None)
    name = key if key in region else space.plan(key).text
    if not name:
        return region
    domain = region[name]
    test = Each(name, values) if isinstance(domain, Several) else Value(name, values, absent=keep_absent)
    narrowed = test.meet(domain)
    return None if narrowed is None else {**region, name: narrowed}
