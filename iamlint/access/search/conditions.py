"""Which requests satisfy a condition?

Operators, qualifiers and absent keys:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html.
"""

from __future__ import annotations

from iamlint.access.evaluation.request import DERIVED_KEYS
from iamlint.access.evaluation.scope import is_open, is_open_key
from iamlint.access.search.carried import presence_clause, test_of, value_clause
from iamlint.access.search.cube import ALWAYS, NEVER, Cube
from iamlint.access.sets.texts import reader_for
from iamlint.access.sets.value_sets import ALL_POINTS, NO_POINTS, PointSet, TextSet
from iamlint.policy.operator import Family, Quantifier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.search.cube import Clause
    from iamlint.access.search.space import KeyPlan, Space
    from iamlint.access.sets.texts import Relation, Texts
    from iamlint.policy.condition import Condition

_POINTS = (Family.NUMERIC, Family.DATE, Family.IP)


def condition_clause(space: Space, condition: Condition, variables: bool, certain: bool) -> Clause:
    """The requests for which `condition` holds: with `certain` whatever the unknown values are, else for some of them."""
    if is_open_key(condition.key):
        return NEVER if certain else ALWAYS
    operator = condition.operator
    if operator.is_null:
        return _null_clause(space, condition, certain)
    plan = space.plan(condition.key)
    absent = operator.if_exists or operator.base.negated
    if plan.several and not operator.quantified:
        # What a plain operator does with several values is not documented: for certain nothing passes, possibly what one value passes.
        lacking = presence_clause(space, plan.key, present=False) if absent else NEVER
        return lacking if certain else (*lacking, *_tested(space, plan, condition, Quantifier.ANY, False, variables, certain))
    if operator.quantified:
        absent = operator.for_all
    return _tested(space, plan, condition, operator.quantifier, absent, variables, certain)


def _tested(
    space: Space, plan: KeyPlan, condition: Condition, quantifier: Quantifier, absent: bool, variables: bool, certain: bool
) -> Clause:
    if condition.operator.base.family in _POINTS:
        found = _points(condition, certain)
        if plan.key in DERIVED_KEYS and plan.key != "aws:username":
            from iamlint.access.search.ordered import ordered_clause

            return ordered_clause(plan.key, condition.operator.base, found, absent)
        return _point_clause(plan, condition, found, quantifier, absent)
    return _text_clause(space, plan, condition, quantifier, absent, variables, certain)


def _null_clause(space: Space, condition: Condition, certain: bool) -> Clause:
    quantifier = condition.operator.quantifier
    if quantifier is not Quantifier.NONE:
        # AWS: ForAllValues:Null is always true, ForAnyValue:Null always false (Access Analyzer's policy checks).
        return ALWAYS if quantifier is Quantifier.ALL else NEVER
    if not certain and any(is_open(value) for value in condition.values):
        return ALWAYS
    words = {value.lower() for value in condition.values if isinstance(value, str)}
    if words >= {"true", "false"}:
        return ALWAYS
    return presence_clause(space, condition.key, present="false" in words) if words & {"true", "false"} else NEVER


def _points(condition: Condition, certain: bool) -> PointSet:
    """What one of the condition's values lets pass, read as the positive form of its operator."""
    from iamlint.access.sets.points import point_set

    found: PointSet = NO_POINTS
    for value in condition.values:
        if is_open(value):
            # What the source leaves open may be any value: that counts where more is allowed by it.
            found = found if certain != condition.operator.base.negated else ALL_POINTS
        elif isinstance(value, str):
            found = found.join(point_set(condition.operator.base, value))
    return found


def _point_clause(plan: KeyPlan, condition: Condition, found: PointSet, quantifier: Quantifier, absent: bool) -> Clause:
    name = plan.address if condition.operator.base.family is Family.IP else plan.points
    return (Cube((test_of(plan, name, found.complement() if condition.operator.base.negated else found, quantifier, absent),)),)


def _text_clause(
    space: Space, plan: KeyPlan, condition: Condition, quantifier: Quantifier, absent: bool, variables: bool, certain: bool
) -> Clause:
    base = condition.operator.base
    reader = reader_for(base.positive, variables)
    texts = reader.texts(condition.values, certain != base.negated)
    values = TextSet(texts.globs, complemented=base.negated)
    if not texts.relations:
        return value_clause(plan, values, quantifier, absent)
    if plan.several:
        return _several_clause(space, plan, condition, quantifier, texts)
    related = tuple(related_cube(space, plan, relation) for relation in texts.relations)
    if not base.negated:
        return (*value_clause(plan, values, Quantifier.NONE, absent), *related)
    unrelated = tuple((Cube((space.flag(_known_as(space, plan, relation)[0]).negated(),)),) for relation in texts.relations)
    here = value_clause(plan, values, Quantifier.NONE, absent=False)
    lacking = presence_clause(space, plan.key, present=False) if absent else NEVER
    return (Cube((), (here, *unrelated)), *lacking)


def _several_clause(space: Space, plan: KeyPlan, condition: Condition, quantifier: Quantifier, texts: Texts) -> Clause:
    """A variable tested against a list relates more than two values: a flag of its own stands for whether the test holds.

    That takes in more requests than there are, so a witness may fail to be confirmed but no request is overlooked.
    """
    base = condition.operator.base
    flag = space.flag(f"test:{plan.key}:{condition.operator.text}:{','.join(relation.name for relation in texts.relations)}")
    plain = value_clause(plan, TextSet(texts.globs, complemented=base.negated), quantifier, absent=False)
    lacking = presence_clause(space, plan.key, present=False) if quantifier is Quantifier.ALL else NEVER
    if base.negated:
        return (Cube((flag,), (plain,)), *lacking)
    around = TextSet((*texts.globs, *(relation.around for relation in texts.relations)))
    beyond = [value_clause(plan, around, quantifier, absent=False)]
    if len(texts.relations) == 1:
        beyond += _variables_present(space, texts.relations[0])
    return (*plain, Cube((flag,), beyond), *lacking)


def _known_as(space: Space, plan: KeyPlan, relation: Relation) -> tuple[str, str, Relation]:
    """A relation's flag, and the key and the text that it is about: the same ones for `a` equal to `b` and for `b` equal to `a`."""
    other = relation.equal_to
    if other and other != plan.key and not space.plan(other).several and space.plan(other).text:
        low, high = sorted((plan.key, other))
        return f"same:{low}:={high}", low, relation if low == plan.key else relation.turned(plan.key)
    return f"same:{plan.key}:{relation.name}", plan.key, relation


def related_cube(space: Space, plan: KeyPlan, relation: Relation) -> Cube:
    """The requests whose key is what the relation's variables make it: an assumption (a flag) that the witness has to keep."""
    name, key, kept = _known_as(space, plan, relation)
    space.relations[name] = (key, kept)
    around = value_clause(plan, TextSet((relation.around,)), Quantifier.NONE, absent=False)
    return Cube((space.flag(name),), [around, *_variables_present(space, relation)])


def _variables_present(space: Space, relation: Relation) -> list[Clause]:
    """What a text needs to match anything: every variable without a default has a value."""
    clauses: list[Clause] = []
    for variable in relation.variables:
        if variable.default is None:
            clauses.append(presence_clause(space, variable.key, present=True))
        else:
            space.plan(variable.key)
    return clauses
