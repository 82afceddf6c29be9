"""Can the conditions of one statement hold together, taken key by key?

Only what is written, the form of a key's values and the operators' types count, not who sends the key.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.knowledge.keys import find_key, has_value_format, value_format
from iamlint.policy.arn import arn_fields
from iamlint.policy.condition import Unknown, plain_key
from iamlint.policy.operator import Family
from iamlint.policy.pattern import Variable, has_hole, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.policy.condition import Condition
    from iamlint.policy.operator import Operator
    from iamlint.policy.statement import Statement

# What values of these are can be read off them, which `values` does.
_READ = frozenset({Family.NUMERIC, Family.DATE, Family.IP, Family.BOOL, Family.BINARY})
_PARTITIONS = frozenset({"aws", "*", "aws-us-gov", "aws-cn"})


def clashes(statement: Statement, *, variables: bool) -> Iterator[tuple[Condition, ...]]:
    """For each key on which the conditions of `statement` cannot hold together, the fewest of them that show it: one, two, or all."""
    groups: dict[str, list[Condition]] = {}
    for condition in statement.conditions:
        groups.setdefault(plain_key(condition.key), []).append(condition)
    for group in groups.values():
        found = () if _surely_hold(group) else _fewest(group, variables)
        if found:
            yield found


def _fewest(group: list[Condition], variables: bool) -> tuple[Condition, ...]:
    if _together(group, variables):
        return ()
    for one in group:
        if not _together((one,), variables):
            return (one,)
    for n, one in enumerate(group):
        for other in group[n + 1 :]:
            if not _together((one, other), variables):
                return (one, other)
    return tuple(group)


def is_legal(condition: Condition, value: str | Unknown) -> bool:
    """Whether `value` alone could be what the condition's key holds, and is of the operator's type; True where that is not known."""
    if isinstance(value, Unknown) or has_hole(value):
        return True
    if condition.operator.base.family is Family.STRING and value_format(condition.key) is None:
        return True
    return _is_legal(condition.operator.text, condition.key.lower(), value)


def is_typed(condition: Condition, value: str | Unknown) -> bool:
    """Whether `value` is of the type that the operator compares."""
    if isinstance(value, Unknown) or has_hole(value):
        return True
    family = condition.operator.base.family
    if family in _READ:
        return _is_of(family, value)
    return family is not Family.ARN or "${" in value or value.count(":") >= 5


def _is_of(family: Family, value: str) -> bool:
    """Whether `value` is one that operators of the family can read."""
    from iamlint.access.sets.values import is_of

    return is_of(family, value)


@lru_cache(maxsize=2048)
def _is_legal(operator: str, key: str, value: str) -> bool:
    from iamlint.policy.operator import parse_operator

    parsed = parse_operator(operator)
    assert parsed is not None
    return _is_plainly_legal(parsed.base.family, key, value) or _hold_together(((parsed.base.positive, key, (value,)),), True)


def _is_plainly_legal(family: Family, key: str, value: str) -> bool:
    """A look that spares the search: True is sure, False is not."""
    if family is Family.ARN:
        return find_key(key) is None and _is_ordinary_arn(key, value)
    if family is not Family.STRING:
        return False
    if "*" in value or "?" in value or "{" in value or "<" in value:
        # A variable may be any text.
        [part, *others] = split(value)
        return not others and isinstance(part, Variable) and part.default is None
    return has_value_format(key, value)


def surely_holds(condition: Condition) -> bool:
    """Whether the condition alone can hold: a look that spares the search. True is sure, False is not."""
    return _surely_holds(*condition.test)


@lru_cache(maxsize=4096)
def _surely_holds(operator: Operator, key: str, values: tuple[str | Unknown, ...]) -> bool:
    if operator.is_null:
        return not operator.quantified and values in (("true",), ("false",))
    if operator.if_exists or operator.base.negated or operator.for_all:
        # Holds for a request without the key.
        return True
    if operator.base.family is Family.STRING:
        legal = value_format(key)
        if legal is None and values:
            return True
    return _has_legal(operator, key, values)


def _surely_hold(group: list[Condition]) -> bool:
    """The same for conditions on one key: of one on it, perhaps with `Null` `false` beside."""
    tests = [one for one in group if not _asks_for_presence(one)]
    if len(tests) != 1:
        return not tests
    [test] = tests
    if not surely_holds(test):
        return False
    if len(group) == 1:
        return True
    if test.operator.is_null:
        return False
    family = test.operator.base.family
    if test.operator.base.negated:
        return family is Family.STRING and "*" not in test.values
    return family is Family.STRING or _has_legal(test.operator, test.key, test.values)


def _asks_for_presence(condition: Condition) -> bool:
    operator = condition.operator
    return operator.is_null and not operator.quantified and condition.values == ("false",)


def _has_legal(operator: Operator, key: str, values: tuple[str | Unknown, ...]) -> bool:
    return any(isinstance(value, str) and _surely_legal(operator, key, value) for value in values)


def _surely_legal(operator: Operator, key: str, value: str) -> bool:
    family = operator.base.family
    if family is Family.STRING:
        return value == "*" or _is_legal(operator.text, key.lower(), value)
    if family is Family.ARN:
        return _is_ordinary_arn(key.lower(), value)
    return family in _READ and _is_of(family, value)


def _is_ordinary_arn(key: str, value: str) -> bool:
    fields = arn_fields(value)
    if value_format(key) is None:
        return len(fields) == 6 and "${" not in (value if find_key(key) is not None else "".join(fields[:5]))
    if len(fields) < 6 or fields[0] != "arn" or fields[1] not in _PARTITIONS or not fields[2].isalnum() or not fields[5]:
        return False
    if not (fields[4] == "*" or (len(fields[4]) == 12 and fields[4].isdigit())):
        return False
    if key == "aws:principalarn":
        return fields[2] == "iam" and not fields[3] and fields[5].startswith(("role/", "user/"))
    return key == "aws:sourcearn"


def _together(conditions: Sequence[Condition], variables: bool) -> bool:
    return _hold_together(tuple([(one.operator.text, one.key.lower(), one.values) for one in conditions]), variables)


@lru_cache(maxsize=1024)
def _hold_together(written: tuple[tuple[str, str, tuple[str | Unknown, ...]], ...], variables: bool) -> bool:
    """Whether some request satisfies the conditions of these operators, keys and values."""
    from iamlint.access.search.conditions import condition_clause
    from iamlint.access.search.solve import regions
    from iamlint.access.search.space import Space
    from iamlint.policy.condition import Condition as Made
    from iamlint.policy.operator import parse_operator

    conditions = []
    for text, key, listed in written:
        operator = parse_operator(text)
        assert operator is not None
        conditions.append(Made(operator, key, listed, route=(), operator_route=(), listed=True))
    uses = [(one.key, one.operator.base.family, one.operator.quantified) for one in conditions]
    space = Space((), uses)
    clauses = [condition_clause(space, one, variables=variables, certain=False) for one in conditions]
    return next(regions(space.region, clauses, space.effort), None) is not None
