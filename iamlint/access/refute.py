"""Can the policy variables in a region that a search found still be what the search assumed?

A search takes a text with a variable (`team-${aws:username}`) for a yes or no and leaves it to the witness to make it true. Here a yes is
taken back when no value that the variable can have in the region makes the text one that its key can have.
"""

from __future__ import annotations

from iamlint.access.domains import Choice, Single, Strings
from iamlint.access.glob import STAR
from iamlint.access.request import DERIVED_KEYS, PRINCIPAL_TYPES
from iamlint.access.sets import TextSet
from iamlint.access.space import ACCOUNT, KIND, KINDS
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.policy.pattern import Variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.glob import Item
    from iamlint.access.solve import Region
    from iamlint.access.space import Space
    from iamlint.access.texts import Relation

# Which callers have the keys that are read off the caller (`request.Caller`).
_CARRIERS = {
    "aws:username": frozenset({CallerKind.USER}),
    "aws:principalarn": IAM_CALLERS,
    "aws:principalaccount": IAM_CALLERS | {CallerKind.ANONYMOUS},
    "aws:principaltype": frozenset(PRINCIPAL_TYPES),
    "aws:principalservicename": frozenset({CallerKind.SERVICE}),
    "aws:principalisawsservice": IAM_CALLERS | {CallerKind.SERVICE},
}


def refuted(space: Space, region: Region) -> bool:
    """Whether the region holds no request, because a variable cannot have a value that was assumed of it."""
    for flag, (key, relation) in space.relations.items():
        assumed = region.get(flag)
        if isinstance(assumed, Choice) and assumed.mask == 0b10 and _is_impossible(space, region, key, relation):
            return True
    return False


def _is_impossible(space: Space, region: Region, key: str, relation: Relation) -> bool:
    needed = [key, *(variable.key.lower() for variable in relation.variables if variable.default is None)]
    if any(_is_absent(space, region, one) for one in needed):
        return True
    wanted = _strings(space, region, key)
    if wanted is None:
        return False
    for variable in relation.variables:
        held = None if variable.default is not None else _strings(space, region, variable.key.lower())
        for items in _covers(held) if held is not None else ():
            glob = relation.read(tuple(_spelled(relation, variable, items)))
            if glob is not None and wanted.meet(TextSet((glob,))) is None:
                return True
    return False


def _is_absent(space: Space, region: Region, key: str) -> bool:
    """Whether no request of the region has the key."""
    if key in DERIVED_KEYS:
        return not _may_be(region, _CARRIERS[key])
    domain = region.get(key if key in region else space.plan(key).text)
    return isinstance(domain, Single) and domain.part is None


def _may_be(region: Region, kinds: frozenset[CallerKind]) -> bool:
    """Whether the caller can be of one of `kinds` in the region."""
    domain = region[KIND]
    return not isinstance(domain, Choice) or any(domain.mask >> KINDS.index(kind) & 1 for kind in kinds)


def _strings(space: Space, region: Region, key: str) -> Strings | None:
    """The strings that the key can have in the region, where one dimension holds them all."""
    if key == "aws:principalaccount":
        # Who has no account is `anonymous` here.
        name = "" if _may_be(region, frozenset(KINDS) - IAM_CALLERS) else ACCOUNT
    elif key in DERIVED_KEYS:
        return None
    else:
        name = key if key in region else space.plan(key).text
    domain = region.get(name)
    return domain.part if isinstance(domain, Single) and isinstance(domain.part, Strings) else None


def _covers(strings: Strings) -> Iterator[tuple[Item, ...]]:
    """Patterns each of which matches all of `strings`."""
    for union in strings.inside:
        if len(union) == 1:
            yield next(iter(union)).items


def _spelled(relation: Relation, variable: Variable, items: tuple[Item, ...]) -> Iterator[Item]:
    """The relation's text with `items` for the variable and anything for every other one."""
    for part in relation.parts:
        if isinstance(part, Variable):
            yield from items if part == variable else (STAR,)
        else:
            yield from part
