"""Which concrete request stands for a region that a search found?

Keys stay absent where they may; relations that policy variables make are kept by filling the variables in. The caller has every request confirmed
by evaluation before anyone sees it, so what is built here need only be likely.
"""

from __future__ import annotations

from iamlint.access.domains import Several, Single, Strings
from iamlint.access.literal import Each, Value
from iamlint.access.request import DERIVED_KEYS, Caller, Request
from iamlint.access.sets import TextSet
from iamlint.access.space import ACCOUNT, ACTION, KIND, KINDS, NAME, PARTITION, PROVIDER, RESOURCE_PARTS, SESSION
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iamlint.access.domains import Part
    from iamlint.access.request import ContextValue
    from iamlint.access.solve import Region
    from iamlint.access.space import KeyPlan, Space
    from iamlint.access.texts import Relation

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
        filled = _related(space, region, kind)
        if filled is not None:
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
            context[spelling.get(plan.key, plan.key)] = value
    return Request(spelling.get(action, action), _caller(region, kind), _resource(region), context)


def _text(region: Region, name: str) -> str:
    domain = region[name]
    assert isinstance(domain, Single) and isinstance(domain.part, Strings)
    return domain.part.value


def _caller(region: Region, kind: CallerKind) -> Caller:
    if kind not in IAM_CALLERS:
        return Caller(kind, "" if kind is CallerKind.ANONYMOUS else _text(region, PROVIDER))
    name = "" if kind is CallerKind.ROOT else _text(region, NAME)
    session = _text(region, SESSION) if kind is CallerKind.ROLE else ""
    return Caller(kind, name, account=_text(region, ACCOUNT), partition=_text(region, PARTITION), session=session)


def _resource(region: Region) -> str | None:
    first = region[RESOURCE_PARTS[0]]
    assert isinstance(first, Single)
    if first.absent or first.part is None:
        return None
    return ":".join(("arn", *(_text(region, name) for name in RESOURCE_PARTS)))


def _key_value(plan: KeyPlan, region: Region) -> ContextValue | None:
    for name in plan.dimensions:
        domain = region[name]
        if isinstance(domain, Several):
            if domain.absent or domain.each is None:
                return None
            parts = domain.some or (domain.each,)
            return tuple(dict.fromkeys(_shown(part, name, plan.key) for part in parts))
        assert isinstance(domain, Single)
        if domain.absent or domain.part is None:
            return None
        return _shown(domain.part, name, plan.key)
    return None


def _shown(part: Part, name: str, key: str) -> str:
    if isinstance(part, Strings):
        return part.value
    from iamlint.access.points import address_text, moment_text, number_text

    if name.endswith("/"):
        return address_text(part.value)
    return moment_text(part.value) if key in _CLOCKS else number_text(part.value)


_CLOCKS = frozenset({"aws:currenttime", "aws:tokenissuetime"})


def _related(space: Space, region: Region, kind: CallerKind) -> Region | None:
    """`region` with the relations that the search assumed made true, or None where that fails."""
    for flag, (key, relation) in space.relations.items():
        domain = region[flag]
        mask = domain.mask  # type: ignore[union-attr] # a flag is a Choice
        if mask == 0b11:
            continue
        values = _variable_values(space, region, relation, kind)
        glob = relation.filled(values)
        if mask == 0b10 and glob is None:
            return None
        if glob is not None:
            narrowed = _narrow_key(space, region, key, TextSet((glob,), complemented=mask == 0b01), keep_absent=mask == 0b01)
            if narrowed is None:
                return None
            region = narrowed
        region = _kept(space, region, relation, values)
    return region


def _variable_values(space: Space, region: Region, relation: Relation, kind: CallerKind) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    caller = _caller(region, kind)
    for variable in relation.variables:
        key = variable.key.lower()
        if key in DERIVED_KEYS:
            value = Request("", caller).value(key)
        else:
            value = _key_value(space.plan(key), region)
        found[key] = value if isinstance(value, str) else None
    return found


def _kept(space: Space, region: Region, relation: Relation, values: dict[str, str | None]) -> Region:
    """`region` in which the variables keep the values that were filled in."""
    from iamlint.access.glob import exact

    for variable in relation.variables:
        value = values.get(variable.key.lower())
        if value is not None:
            region = _narrow_key(space, region, variable.key.lower(), TextSet((exact(value),)), keep_absent=False) or region
    return region


def _narrow_key(space: Space, region: Region, key: str, values: TextSet, *, keep_absent: bool) -> Region | None:
    from iamlint.access.callers import derived_clause
    from iamlint.access.solve import Effort, regions

    if key in DERIVED_KEYS:
        return next(regions(region, (derived_clause(key, values, keep_absent),), Effort(2_000)), None)
    name = key if key in region else space.plan(key).text
    if not name:
        return region
    domain = region[name]
    test = Each(name, values) if isinstance(domain, Several) else Value(name, values, absent=keep_absent)
    narrowed = test.meet(domain)
    return None if narrowed is None else {**region, name: narrowed}

