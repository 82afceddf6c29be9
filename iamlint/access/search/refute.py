"""Can the policy variables in a region that a search found still be what the search assumed?

A search takes a text with a variable (`team-${aws:username}`) for a yes or no and leaves it to the witness to make it true. Here a yes is
taken back when no value that the variable can have in the region makes the text one that its key can have. That is asked for each kind of
caller alone, because the kind says which of the keys that are read off the caller there are.
"""

from __future__ import annotations

from iamlint.access.evaluation.request import DERIVED_KEYS, PRINCIPAL_TYPES
from iamlint.access.search.domains import Choice, Memory, Single, Strings
from iamlint.access.search.space import ACCOUNT, KIND, KINDS, NAME, PROVIDER
from iamlint.access.sets.glob import STAR, exact, format_glob
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind
from iamlint.policy.pattern import Variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.search.solve import Region
    from iamlint.access.search.space import Space
    from iamlint.access.sets.glob import Glob, Item, Union
    from iamlint.access.sets.texts import Relation

# Which callers have the keys that are read off the caller (`request.Caller`).
_CARRIERS = {
    "aws:username": frozenset({CallerKind.USER}),
    "aws:principalarn": IAM_CALLERS,
    "aws:principalaccount": IAM_CALLERS | {CallerKind.ANONYMOUS},
    "aws:principaltype": frozenset(PRINCIPAL_TYPES),
    "aws:principalservicename": frozenset({CallerKind.SERVICE}),
    "aws:principalisawsservice": IAM_CALLERS | {CallerKind.SERVICE},
}
_USER_NAME: Union = frozenset({format_glob("[A-Za-z0-9_+=,.@-]+")})
_CALLER_ARN = format_glob("arn:[^:]*:[^:]*::[0-9]{12}:.*")
# A variable that may be one of more globs than these is not looked at.
_MANY = 64


def refuted(space: Space, region: Region) -> bool:
    """Whether the region holds no request, because a variable cannot have a value that was assumed of it."""
    kinds = region[KIND]
    assumed = [(_assumption(region, flag), *about) for flag, about in space.relations.items()]
    if not isinstance(kinds, Choice) or all(mask == 0b11 for mask, _, _ in assumed):
        return False
    possible = [kind for index, kind in enumerate(KINDS) if kinds.mask >> index & 1]
    return all(any(_is_refuted(space, region, kind, *one) for one in assumed) for kind in possible)


def _assumption(region: Region, flag: str) -> int:
    found = region.get(flag)
    return found.mask if isinstance(found, Choice) else 0b11


def _is_refuted(space: Space, region: Region, kind: CallerKind, mask: int, key: str, relation: Relation) -> bool:
    if mask == 0b10:
        return _is_impossible(space, region, kind, key, relation)
    return mask == 0b01 and _is_certain(space, region, kind, key, relation)


def _is_certain(space: Space, region: Region, kind: CallerKind, key: str, relation: Relation) -> bool:
    """Whether the key is there and is what its text says, because nothing is left open about either."""
    value = _only_value(space, region, kind, key)
    filled: dict[str, str | None] = {}
    for variable in relation.variables:
        name = variable.key.lower()
        filled[name] = None if _is_absent(space, region, kind, name) else _only_value(space, region, kind, name)
        if filled[name] == "":
            return False
    glob = relation.filled(filled) if value else None
    return glob is not None and glob.matches(value)


def _only_value(space: Space, region: Region, kind: CallerKind, key: str) -> str:
    """The one value that the key has in the region with this kind of caller; empty where that is not sure."""
    domain = None if key in DERIVED_KEYS else region.get(key if key in region else space.plan(key).text)
    found = strings(space, region, kind, key)
    known = found.literals() if found is not None else ()
    return known[0] if len(known) == 1 and not (isinstance(domain, Single) and domain.absent) else ""


def _is_impossible(space: Space, region: Region, kind: CallerKind, key: str, relation: Relation) -> bool:
    if _is_absent(space, region, kind, key):
        return True
    wanted = strings(space, region, kind, key)
    for variable in relation.variables:
        other = variable.key.lower()
        lacking = _is_absent(space, region, kind, other)
        if lacking and variable.default is None:
            return True
        held = strings(space, region, kind, other)
        if wanted is None or (held is None and not lacking):
            continue
        if relation.equal_to and held is not None:
            return common(wanted, held) is None
        unions: Iterator[Union] | tuple[Union] = (frozenset(),) if lacking or held is None else _covers(held)
        default = frozenset[str]() if variable.default is None else frozenset({variable.default})
        if any(wanted.meet(TextSet(_spellings(relation, variable, union | set(map(exact, default))))) is None for union in unions):
            return True
    return False


def fitting(relation: Relation, wanted: Strings, held: Strings) -> str | None:
    """One of `wanted` that the relation's text may be, as far as can be seen, when its one variable is one of `held`."""
    if relation.equal_to:
        return common(wanted, held)
    found: Strings | None = wanted
    for union in _covers(held):
        found = found and found.meet(TextSet(_spellings(relation, relation.variables[0], union)))
    return None if found is None else found.value


def common(one: Strings, other: Strings) -> str | None:
    """A string in both."""
    return one.memory.pick((*one.inside, *other.inside), one.outside | other.outside)


def _is_absent(space: Space, region: Region, kind: CallerKind, key: str) -> bool:
    """Whether no request of the region by this kind of caller has the key."""
    if key in DERIVED_KEYS:
        return kind not in _CARRIERS[key]
    domain = region.get(key if key in region else space.plan(key).text)
    return isinstance(domain, Single) and domain.part is None


def strings(space: Space, region: Region, kind: CallerKind, key: str) -> Strings | None:
    """Strings among which are all that the key can have in the region with this kind of caller; None where that is not known."""
    if key in DERIVED_KEYS:
        return _of_caller(space, region, kind, key) if kind in _CARRIERS[key] else None
    return _part(region, key if key in region else space.plan(key).text)


def _of_caller(space: Space, region: Region, kind: CallerKind, key: str) -> Strings | None:
    match key:
        case "aws:principalaccount":
            return _one_of(space, "anonymous") if kind is CallerKind.ANONYMOUS else _part(region, ACCOUNT)
        case "aws:principaltype":
            return _one_of(space, PRINCIPAL_TYPES[kind])
        case "aws:principalisawsservice":
            return _one_of(space, "true" if kind is CallerKind.SERVICE else "false")
        case "aws:principalservicename":
            return _part(region, PROVIDER)
        case "aws:username":
            part = _part(region, NAME)
            named = part.literals() if part is not None else ()
            return _one_of(space, *(name.rpartition("/")[2] for name in named)) if named else _among(space, _USER_NAME, "x")
        case "aws:principalarn":
            return _arns_of(space, _part(region, ACCOUNT))
        case _:
            return None


def _arns_of(space: Space, accounts: Strings | None) -> Strings | None:
    """All ARNs of callers of these accounts."""
    if accounts is None:
        return None
    inside = frozenset(map(_arn_of, accounts.literals())) or frozenset({_CALLER_ARN})
    outside = frozenset([_arn_of(glob.literal) for glob in accounts.outside if glob.literal is not None])
    return Strings((inside,), outside, f"arn:aws:iam::{accounts.value}:role/x", Memory((), space.effort))


def _arn_of(account: str) -> Glob:
    return format_glob(f"arn:[^:]*:[^:]*::{account}:.*")


def _one_of(space: Space, *texts: str) -> Strings:
    return _among(space, frozenset(map(exact, texts)), texts[0])


def _among(space: Space, union: Union, value: str) -> Strings:
    return Strings((union,), frozenset(), value, Memory((), space.effort))


def _part(region: Region, name: str) -> Strings | None:
    domain = region.get(name)
    return domain.part if isinstance(domain, Single) and isinstance(domain.part, Strings) else None


def _covers(held: Strings) -> Iterator[Union]:
    """Unions each of which holds all of the strings."""
    return (union for union in held.inside if len(union) <= _MANY)


def _spellings(relation: Relation, variable: Variable, union: Union | set[Glob]) -> Iterator[Glob]:
    """What the relation's text may be with each glob of `union` for the variable and anything for every other one."""
    for value in union:
        glob = relation.read(tuple(_spelled(relation, variable, value.items)))
        if glob is not None:
            yield glob


def _spelled(relation: Relation, variable: Variable, items: tuple[Item, ...]) -> Iterator[Item]:
    for part in relation.parts:
        if isinstance(part, Variable):
            yield from items if part == variable else (STAR,)
        else:
            yield from part
