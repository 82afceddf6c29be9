"""What does the value of a policy say, statement by statement, and where does it break the grammar?

Reading goes on after a problem: what remains of an Allow is kept, so that its other faults show. A Deny that lost something which narrows
it is left out, because what remains would seem to forbid more than it does.
"""

from __future__ import annotations

from iamlint.policy.alternatives import chosen, held
from iamlint.policy.conditions import read_conditions
from iamlint.policy.draft import Draft, Reading
from iamlint.policy.elements import read_patterns, read_principals
from iamlint.policy.grammar import POLICY_ELEMENTS, STATEMENT_ELEMENTS, Problems, described, is_open_key, nearest, setting
from iamlint.policy.intrinsic import is_intrinsic, resolve
from iamlint.policy.pattern import has_hole
from iamlint.policy.statement import VERSIONS, Effect, Statement
from iamlint.text.tree import Mapping, Number, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamlint.policy.alternatives import Held
    from iamlint.policy.grammar import Problem
    from iamlint.text.tree import Route, Value

_EFFECTS = {effect.value: effect for effect in Effect}


def parse_policy(root: Mapping, route: Route) -> Reading:
    """Read the policy whose value is `root` and whose place is `route`."""
    reading = Reading(root, route)
    elements = reading.elements
    for position, (name, value) in enumerate(root.members):
        if name == "Statement":
            elements.add(name)
            reading.drafts.clear()
            _read_statements(value, (*route, position), reading)
        elif name == "Version":
            _read_version(value, (*route, position), reading)
        elif name == "Id":
            _read_id(value, (*route, position), reading)
        else:
            _unknown_member(name, value, (*route, position), reading)
    return reading


def parse_statements(root: Value, route: Route) -> Reading:
    """Read a statement, or a list of them, that stands where a policy should."""
    reading = Reading(root, route)
    _read_statements(root, route, reading)
    return reading


def parse_inner(root: Mapping, route: Route) -> Reading:
    """Read the statements among the properties `root` of something that AWS itself writes a policy around."""
    reading = _reading_within(root, route)
    position = root.index("Statement")
    if position is not None:
        _read_statements(root.members[position][1], (*route, position), reading)
    return reading


def parse_listed(statements: tuple[Value, ...], route: Route) -> Reading:
    """Read a list of statements that a tool writes a policy around."""
    reading = _reading_within(statements, route)
    _read_statements(statements, route, reading)
    return reading


def _reading_within(root: Value, route: Route) -> Reading:
    """The reading of what others write a policy around, with the newest version: none of its elements is missing."""
    reading = Reading(root, route)
    reading.version = VERSIONS[0]
    reading.elements.update(POLICY_ELEMENTS)
    return reading


def parse_unread(problem: Problem, route: Route) -> Reading:
    """The reading of a policy of which nothing could be read."""
    reading = Reading(None, route)
    reading.elements.update(POLICY_ELEMENTS)
    reading.problems.open = True
    reading.problems.found.append(problem)
    return reading


def _unknown_member(name: str, value: Value, route: Route, reading: Reading) -> None:
    problems = reading.problems
    if is_open_key(name):
        problems.open = True
        return
    guess = problems.unknown_element(route, name, POLICY_ELEMENTS, STATEMENT_ELEMENTS, "in a statement")
    if guess == "Statement" and "Statement" not in reading.elements:
        _read_statements(value, route, reading)
    if guess is not None:
        reading.elements.add(guess)


def _read_version(value: Value, route: Route, reading: Reading) -> None:
    if isinstance(value, str) and value in VERSIONS:
        reading.version = value
        return
    text = value if isinstance(value, str) else resolve(value)
    if text is not None and not (isinstance(text, str) and not has_hole(text)):
        return
    shown = text if isinstance(text, str) else value.text if isinstance(value, Number) else ""
    reading.problems.add(
        "invalid-element",
        Place(route),
        f"`Version` is {described(value)}, not a version of the policy language",
        "write `2012-10-17`; the date of your own change belongs elsewhere",
        subject="Version",
        mending=setting(route, nearest(shown, VERSIONS) or VERSIONS[0], safe=False),
        aws_codes=("INVALID_VERSION" if isinstance(value, str) else "DATA_TYPE_MISMATCH",),
    )


def _read_id(value: Value, route: Route, reading: Reading) -> None:
    if isinstance(value, str):
        reading.id = value
    elif resolve(value) is None:
        reading.problems.invalid(route, "Id", "a string", value)


def _read_statements(value: Value, route: Route, reading: Reading) -> None:
    if type(value) is tuple:
        _read_list(value, route, reading)
    elif type(value) is Mapping and len(value.members) != 1:
        _read_statement(value, 0, route, reading)
    elif is_intrinsic(value):
        reading.problems.open = True
        standing = chosen(value, route, held(value))
        if standing is not None:
            _read_statements(*standing, reading)
    elif type(value) is Mapping:
        _read_statement(value, 0, route, reading)
    else:
        _unread_statement(value, route, "`Statement` must be an object or a list of objects", reading)


def _read_list(items: tuple[Value, ...], route: Route, reading: Reading) -> None:
    problems = reading.problems
    known: Held | None = None
    for index, item in enumerate(items):
        problems.statement = index
        standing: tuple[Value, Route] | None = (item, (*route, index))
        if (type(item) is not Mapping or len(item.members) == 1) and is_intrinsic(item):
            problems.open = True
            known = held(items) if known is None else known
            standing = chosen(item, (*route, index), known)
        if standing is None:
            continue
        if type(standing[0]) is Mapping:
            _read_statement(standing[0], index, standing[1], reading)
        else:
            _unread_statement(*standing, "an item of `Statement` must be an object", reading)
    problems.statement = None


def _unread_statement(value: Value, route: Route, what: str, reading: Reading) -> None:
    reading.problems.open = True
    if isinstance(value, str) and has_hole(value):
        return
    reading.problems.add(
        "invalid-element",
        Place(route),
        f"{what}, not {described(value)}",
        'write a statement: `{"Effect": …, "Action": …}`',
        subject="Statement",
        aws_codes=("DATA_TYPE_MISMATCH",),
    )


def _read_statement(value: Mapping, index: int, route: Route, reading: Reading) -> None:
    problems = reading.problems
    problems.lossy = False
    seen = len(problems.found)
    draft = Draft(index, route, value)
    reading.drafts.append(draft)
    for position, (name, element) in enumerate(value.members):
        reader = _READERS.get(name)
        if reader is None:
            _unknown_element(name, (*route, position), draft, problems)
        else:
            draft.names[name] = position
            reader(name, element, (*route, position), draft, problems)
    if draft.effect is Effect.DENY:
        problems.keep_nobody_out(seen)
    # Whom an Allow names wrongly it does not let in, so it seems no wider than it is.
    harmless = draft.effect is Effect.ALLOW and not problems.lossy
    draft.broken = len(problems.found) > seen and _is_broken(problems.found[seen:], harmless)
    if draft.effect is None or draft.open or (problems.lossy and draft.effect is Effect.DENY):
        problems.open = True
        return
    # By position: a call with names costs twice as much, and every statement is made here.
    draft.statement = Statement(index, draft.effect, draft.sid, draft.principals, draft.actions, draft.resources, draft.conditions, route)


def _is_broken(found: Sequence[Problem], harmless: bool) -> bool:
    return any(not (harmless and problem.rule == "invalid-principal") for problem in found)


def _unknown_element(name: str, route: Route, draft: Draft, problems: Problems) -> None:
    problems.lossy = True
    if is_open_key(name):
        draft.open = True
        return
    guess = problems.unknown_element(route, name, STATEMENT_ELEMENTS, POLICY_ELEMENTS, "beside `Statement`")
    if guess is not None:
        draft.meant.add(guess)


def _read_effect(name: str, value: Value, route: Route, draft: Draft, problems: Problems) -> None:
    effect = _EFFECTS.get(value) if isinstance(value, str) else None
    if effect is not None:
        draft.effect = effect
        return
    if is_intrinsic(value) or (isinstance(value, str) and has_hole(value)):
        return
    guess = nearest(value, _EFFECTS) if isinstance(value, str) else None
    problems.add(
        "invalid-effect",
        Place(route),
        f"`Effect` must be `Allow` or `Deny`, not {described(value)}",
        f"did you mean `{guess}`?" if guess else "",
        subject=described(value).strip("`"),
        mending=setting(route, guess, safe=False) if guess else None,
        aws_codes=("INVALID_EFFECT",),
    )


def _read_sid(name: str, value: Value, route: Route, draft: Draft, problems: Problems) -> None:
    if isinstance(value, str):
        draft.sid = value
    elif isinstance(value, Number):
        draft.sid = value.text
        problems.number(route, name, value.text)
    elif resolve(value) is None:
        problems.invalid(route, name, "a string", value)


def _read_principals(name: str, value: Value, route: Route, draft: Draft, problems: Problems) -> None:
    problems.lossy |= draft.principals is not None
    draft.principals = read_principals(name, value, route, problems)


def _read_actions(name: str, value: Value, route: Route, draft: Draft, problems: Problems) -> None:
    problems.lossy |= draft.actions is not None
    draft.actions = read_patterns(name, value, route, problems)


def _read_resources(name: str, value: Value, route: Route, draft: Draft, problems: Problems) -> None:
    problems.lossy |= draft.resources is not None
    draft.resources = read_patterns(name, value, route, problems)


def _read_conditions(name: str, value: Value, route: Route, draft: Draft, problems: Problems) -> None:
    draft.conditions = read_conditions(value, route, problems)


_READERS = {
    "Sid": _read_sid,
    "Effect": _read_effect,
    "Principal": _read_principals,
    "NotPrincipal": _read_principals,
    "Action": _read_actions,
    "NotAction": _read_actions,
    "Resource": _read_resources,
    "NotResource": _read_resources,
    "Condition": _read_conditions,
}
