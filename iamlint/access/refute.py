"""Can the policy variables in a region that a search found still be what the search assumed?

A search takes a text with a variable (`team-${aws:username}`) for a yes or no and leaves it to the witness to make it true. Here a yes is
taken back when no value that the variable can have in the region makes the text one that its key can have.
"""

from __future__ import annotations

from iamlint.access.domains import Choice, Single, Strings
from iamlint.access.glob import STAR
from iamlint.access.sets import TextSet
from iamlint.access.space import ACCOUNT, KIND, KINDS
from iamlint.knowledge.callers import IAM_CALLERS
from iamlint.policy.pattern import Variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.glob import Item
    from iamlint.access.solve import Region
    from iamlint.access.space import Space
    from iamlint.access.texts import Relation

_IAM_MASK = sum(1 << KINDS.index(kind) for kind in IAM_CALLERS)


def refuted(space: Space, region: Region) -> bool:
    """Whether the region holds no request, because a variable cannot have a value that was assumed of it."""
    for flag, (key, relation) in space.relations.items():
        assumed = region.get(flag)
        if isinstance(assumed, Choice) and assumed.mask == 0b10 and _is_impossible(space, region, key, relation):
            return True
    return False


def _is_impossible(space: Space, region: Region, key: str, relation: Relation) -> bool:
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


def _strings(space: Space, region: Region, key: str) -> Strings | None:
    """The strings that the key can have in the region, where one dimension holds them all."""
    if key == "aws:principalaccount":
        kind = region[KIND]
        # Who has no account is `anonymous` here.
        name = ACCOUNT if isinstance(kind, Choice) and not kind.mask & ~_IAM_MASK else ""
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
