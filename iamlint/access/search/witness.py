"""Which concrete request stands for a region that a search found?

Keys stay absent where they may; relations that policy variables make are kept by filling the variables in. The caller has every request
confirmed by evaluation before anyone sees it, so what is built here need only be likely.
"""

from __future__ import annotations

from iamlint.access.evaluation.request import DERIVED_KEYS, Caller, Request
from iamlint.access.search.domains import Choice, Several, Single, Strings
from iamlint.access.search.space import ACCOUNT, ACTION, KIND, KINDS, NAME, PARTITION, PROVIDER, RESOURCE_PARTS, SESSION
from iamlint.access.sets.effort import ATTEMPT
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.knowledge.keys import canonical_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from iamlint.access.evaluation.request import ContextValue
    from iamlint.access.search.domains import Part
    from iamlint.access.search.solve import Region
    from iamlint.access.search.space import KeyPlan, Space

# What stands for the open rest of a pattern when nothing better is known.
_LETTERS = "xzqjkvwy0A"

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
        for filled in _filled(space, alone, kind):
            yield _request(space, filled, kind, spelling)


def _filled(space: Space, region: Region, kind: CallerKind) -> Iterator[Region]:
    """`region` with the relations made true that the search assumed; most policies make none."""
    if not space.relations:
        space.effort.spend(ATTEMPT)
        return iter((region,))
    from iamlint.access.search.related import related

    return related(space, region, kind, tuple(space.relations))


def _kinds(region: Region) -> Iterator[CallerKind]:
    domain = region[KIND]
    for kind in _KIND_ORDER:
        if domain.mask >> KINDS.index(kind) & 1:  # type: ignore[union-attr] # the kind of caller is a Choice
            yield kind


def _request(space: Space, region: Region, kind: CallerKind, spelling: Mapping[str, str]) -> Request:
    action = text_of(region, ACTION)
    context: dict[str, ContextValue] = {}
    for plan in space.keys.values():
        value = key_value(plan, region)
        if value is not None and plan.key not in DERIVED_KEYS:
            context[spelling.get(plan.key) or canonical_key(plan.key)] = value
    return Request(spelling.get(action, action), caller_of(region, kind), _resource(region), context)


def text_of(region: Region, name: str) -> str:
    """A text of the dimension."""
    domain = region[name]
    assert isinstance(domain, Single)
    assert isinstance(domain.part, Strings)
    return domain.part.value


def caller_of(region: Region, kind: CallerKind) -> Caller:
    """Who asks, for a caller of this kind."""
    if kind not in IAM_CALLERS:
        return Caller(kind, "" if kind is CallerKind.ANONYMOUS else text_of(region, PROVIDER))
    name = "" if kind is CallerKind.ROOT else _named(region, NAME, "Outsider")
    session = _named(region, SESSION, "session") if kind is CallerKind.ROLE else ""
    return Caller(kind, name, account=text_of(region, ACCOUNT), partition=text_of(region, PARTITION), session=session)


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
    return ":".join(("arn", *(text_of(region, name) for name in RESOURCE_PARTS)))


def key_value(plan: KeyPlan, region: Region) -> ContextValue | None:
    """What the request says under the key; None where it lacks it."""
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
    from iamlint.access.sets.points import address_text, moment_text, number_text

    if name.endswith("/"):
        return address_text(part.value)
    return moment_text(part.value) if key in _CLOCKS else number_text(part.value)


_CLOCKS = frozenset({"aws:currenttime", "aws:tokenissuetime"})
