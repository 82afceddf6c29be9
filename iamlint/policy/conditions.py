"""What does a Condition block require, and what in it is not of a form that IAM takes?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
"""

from __future__ import annotations

from iamlint.policy.condition import Condition, Unknown
from iamlint.policy.grammar import described, is_open_key, nearest, renaming
from iamlint.policy.intrinsic import resolve, resolve_in_partition
from iamlint.policy.operator import BASES, Operator, Quantifier, parse_operator
from iamlint.text.tree import Mapping, Number, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.grammar import Problems
    from iamlint.text.tree import Route, Value


def read_conditions(block: Value, route: Route, problems: Problems) -> tuple[Condition, ...]:
    """The lines of a Condition block, in order."""
    found: list[Condition] = []
    if type(block) is not Mapping or _is_open(block):
        _unread_block(block, "Condition", "an object of operators", route, found, problems)
        return tuple(found)
    for position, (text, keys) in enumerate(block.members):
        operator_route = (*route, position)
        operator = parse_operator(text)
        if operator is None:
            _unread_operator(text, operator_route, found, problems)
        elif type(keys) is not Mapping or _is_open(keys):
            _unread_block(keys, text, "an object of condition keys", operator_route, found, problems)
        elif keys.members:
            _read_keys(operator, keys, operator_route, found, problems)
        else:
            problems.idle = True
    if len(block.members) > 1:
        _report_same(block, "operator", route, problems)
    elif not block.members:
        problems.idle = True
    return tuple(found)


def _read_keys(operator: Operator, keys: Mapping, route: Route, found: list[Condition], problems: Problems) -> None:
    for position, (key, under) in enumerate(keys.members):
        key_route = (*route, position)
        if type(under) is str:
            values: tuple[str | Unknown, ...] = (under,)
        else:
            values = _values(key, under, key_route, problems)
        found.append(Condition(operator, key, values, key_route, route, type(under) is tuple))
    if len(keys.members) > 1:
        _report_same(keys, "key", route, problems)


def _values(key: str, under: Value, route: Route, problems: Problems) -> tuple[str | Unknown, ...]:
    """The values under a key; one that IAM does not take becomes unknown, so that positions hold."""
    if not isinstance(under, tuple):
        return (_value(key, under, route, problems),)
    for item in under:
        if type(item) is not str:
            return tuple([_value(key, item, (*route, position), problems) for position, item in enumerate(under)])
    return under  # type: ignore[return-value]  # the loop found only strings


def _value(key: str, value: Value, route: Route, problems: Problems) -> str | Unknown:
    if isinstance(value, str):
        return value
    if isinstance(value, Number):
        return value.text
    if isinstance(value, bool):
        return "true" if value else "false"
    known = resolve_in_partition(value)
    if known is not None:
        return known
    problems.invalid(route, key, "a string, a number, a boolean or a list of them", value)
    return Unknown(described(value))


def _is_open(block: Mapping) -> bool:
    return len(block.members) == 1 and is_open_key(block.members[0][0])


def _open_condition(label: str, route: Route) -> Condition:
    """A line that nobody can read stands for a test whose outcome is unknown: some key must have some value."""
    operator = parse_operator("StringEquals")
    assert operator is not None
    return Condition(operator, label, (Unknown(label),), route=route, operator_route=route, listed=False)


def _unread_block(value: Value, name: str, expected: str, route: Route, found: list[Condition], problems: Problems) -> None:
    unknown = resolve(value)
    if unknown is None and isinstance(value, Mapping):
        unknown = value.members[0][0]
    if unknown is None and isinstance(value, str) and is_open_key(value):
        unknown = value
    if unknown is None:
        problems.lossy = True
        problems.invalid(route, name, expected, value)
        return
    found.append(_open_condition(unknown.label if isinstance(unknown, Unknown) else unknown, route))


def _unread_operator(text: str, route: Route, found: list[Condition], problems: Problems) -> None:
    if is_open_key(text):
        found.append(_open_condition(text, route))
        return
    problems.lossy = True
    place = Place(route, on_key=True)
    if text.lower().endswith("nullifexists"):
        problems.add(
            "condition-unknown-operator",
            place,
            f"unknown condition operator `{text}`",
            "`Null` tests whether a key exists and takes no `IfExists`",
            subject=text,
            aws_codes=("NULL_WITH_IF_EXISTS",),
        )
        return
    guess = _nearest_operator(text)
    problems.add(
        "condition-unknown-operator",
        place,
        f"unknown condition operator `{text}`",
        f"did you mean `{guess}`?" if guess else "use an operator of IAM such as `StringEquals`, `ArnLike` or `Bool`",
        subject=text,
        mending=renaming(route, guess, safe=True),
        aws_codes=("INVALID_CONDITION_OPERATOR",),
    )


def _nearest_operator(text: str) -> str | None:
    prefix, _, rest = text.rpartition(":")
    quantifier = nearest(prefix, (Quantifier.ALL.value, Quantifier.ANY.value)) if prefix else ""
    names = [base.name for base in BASES.values()]
    operator = nearest(rest, [*names, *(name + "IfExists" for name in names if name != "Null")])
    if operator is None or quantifier is None:
        return None
    return f"{quantifier}:{operator}" if quantifier else operator


def _report_same(block: Mapping, noun: str, route: Route, problems: Problems) -> None:
    """Report members whose names differ only by case: IAM ignores the case, so they are one name written twice."""
    first: dict[str, int] = {}
    for position, (name, _) in enumerate(block.members):
        earlier = first.setdefault(name.lower(), position)
        written = block.members[earlier][0]
        if earlier == position or written == name:
            continue
        problems.add(
            "duplicate-json-key",
            Place((*route, position), on_key=True),
            f"the {noun} `{name}` is already here as `{written}`",
            "IAM ignores the case of names in a condition: merge the two",
            subject=name,
            secondary=((Place((*route, earlier), on_key=True), "written first here"),),
            aws_codes=("DUPLICATE_KEYS_WITH_DIFFERENT_CASE",),
        )
