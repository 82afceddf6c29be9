"""Which requests are about the resources of an element?"""

from __future__ import annotations

from iamlint.access.search.carried import presence_clause
from iamlint.access.search.cube import ALWAYS, NEVER, Cube, not_clause
from iamlint.access.search.literal import Value
from iamlint.access.search.space import RESOURCE_PARTS
from iamlint.access.sets.glob import STAR, Glob
from iamlint.access.sets.texts import Relation, reader_for
from iamlint.access.sets.value_sets import ALL_TEXT, TextSet
from iamlint.policy.arn import arn_fields
from iamlint.policy.condition import Unknown
from iamlint.policy.pattern import has_hole, holes_filled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamlint.access.search.cube import Clause
    from iamlint.access.search.space import Space
    from iamlint.access.sets.glob import Item
    from iamlint.policy.statement import Patterns

_PRESENT = Value(RESOURCE_PARTS[0], ALL_TEXT, absent=False)


def resources_clause(space: Space, resources: Patterns, variables: bool, certain: bool) -> Clause:
    """The resources that a Resource or NotResource element matches; `*` also matches a request without resource."""
    sure = certain != resources.negated
    found: list[Cube] = []
    groups: dict[tuple[tuple[Item, ...], ...], list[Glob]] = {}
    reader = reader_for("StringLike", variables)
    is_open = False
    for value in resources.values:
        if value == "*":
            return NEVER if resources.negated else ALWAYS
        if isinstance(value, Unknown) or has_hole(value):
            is_open = True
            if sure or isinstance(value, Unknown):
                continue
        # Of what is open, what is likely comes first: a hole that is no more than a part of its field.
        parts = _parts(holes_filled(value, _anything) if is_open else value, variables)
        head = tuple([glob.items for glob in reader.texts(parts[:5], sure).globs])
        # Variables count in the last part only; the name of one, which has a colon, is the text of no other part.
        if len(head) < 5 or not Glob(head[0]).matches("arn"):
            continue
        texts = reader.texts([parts[5]], sure)
        groups.setdefault(head[1:], []).extend(texts.globs)
        found += [_related(space, head[1:], relation) for relation in texts.relations]
    found += [Cube(_part_tests(head, globs)) for head, globs in groups.items() if globs]
    if is_open and not sure:
        found.append(Cube((_PRESENT,)))
    return (not_clause(tuple(found)),) if resources.negated else tuple(found)


def _anything(_: str) -> str:
    return "*"


def _parts(value: str, variables: bool) -> list[str]:
    """The six parts of an ARN pattern, `*` for those that are missing; a colon in a variable separates nothing."""
    parts = arn_fields(value, variables=variables)
    return parts + ["*"] * (6 - len(parts))


def _part_tests(head: Sequence[tuple[Item, ...]], rest: Sequence[Glob]) -> list[Value]:
    tests = [_PRESENT]
    for name, items in zip(RESOURCE_PARTS, head, strict=False):
        if items != (STAR,):
            tests.append(Value(name, TextSet((Glob(items),)), absent=False))
    if not any(glob.items == (STAR,) for glob in rest):
        tests.append(Value(RESOURCE_PARTS[4], TextSet(rest), absent=False))
    return tests


def _related(space: Space, head: Sequence[tuple[Item, ...]], relation: Relation) -> Cube:
    name = f"same:{RESOURCE_PARTS[4]}:{relation.name}"
    space.relations[name] = (RESOURCE_PARTS[4], relation)
    present = [presence_clause(space, variable.key, present=True) for variable in relation.variables if variable.default is None]
    for variable in relation.variables:
        space.plan(variable.key)
    return Cube((space.flag(name), *_part_tests(head, [relation.around])), present)
