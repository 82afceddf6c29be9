"""Which requests does a statement match?"""

from __future__ import annotations

from iamlint.access.callers import principals_clause
from iamlint.access.conditions import condition_clause, presence_clause
from iamlint.access.cube import ALWAYS, NEVER, Cube, not_clause, product
from iamlint.access.glob import STAR, Glob, fits, wildcard
from iamlint.access.literal import Value
from iamlint.access.sets import ALL_TEXT, TextSet
from iamlint.access.space import ACTION, RESOURCE_PARTS
from iamlint.access.texts import Relation, reader_for
from iamlint.policy.arn import arn_fields
from iamlint.policy.condition import Unknown
from iamlint.policy.pattern import has_hole, holes_filled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iamlint.access.cube import Clause
    from iamlint.access.glob import Item
    from iamlint.access.space import Space
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Patterns, Policy, Statement

_PRESENT = Value(RESOURCE_PARTS[0], ALL_TEXT, absent=False)


def statement_cube(space: Space, policy: Policy, statement: Statement, *, certain: bool, without: Iterable[Condition] = ()) -> Cube:
    """The requests that `statement` matches, the conditions `without` left aside.

    With `certain`, an Allow is read as matching only what it matches whatever the unknown values are, and a Deny as matching what it
    matches for some of them; without, the other way round.
    """
    sure = certain if statement.allows else not certain
    skipped = set(map(id, without))
    clauses: list[Clause] = [actions_clause(statement.actions, sure)]
    if statement.principals is not None:
        clauses.append(principals_clause(statement.principals, sure))
    if statement.resources is not None:
        clauses.append(resources_clause(space, statement.resources, policy.variables, sure))
    for condition in statement.conditions:
        if id(condition) not in skipped:
            clauses.append(condition_clause(space, condition, variables=policy.variables, certain=sure))
    return product(clauses)


def actions_clause(actions: Patterns | None, certain: bool) -> Clause:
    """The actions that an Action or NotAction element matches."""
    if actions is None:
        return NEVER
    globs: list[Glob] = []
    for value in actions.values:
        if isinstance(value, Unknown) or has_hole(value):
            globs += _holed(value) if certain == actions.negated else ()
        else:
            globs.append(action_glob(value))
    return (Cube((Value(ACTION, TextSet(globs, complemented=actions.negated), absent=False),)),)


def _holed(value: str | Unknown) -> tuple[Glob, ...]:
    """The actions that a pattern with holes may match."""
    return reader_for("StringLike", variables=False).texts([value.lower() if isinstance(value, str) else value], certain=False).globs


def action_glob(text: str) -> Glob:
    """The actions that one pattern matches: a name is compared ignoring case; `*` alone stands for `*:*`."""
    return wildcard("*:*" if text == "*" else text.lower())


def names_action(pattern: str, action: str) -> bool:
    """Whether a pattern matches `action` (in lower case), as its glob does."""
    return pattern == "*" or fits(pattern.lower(), action)


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
