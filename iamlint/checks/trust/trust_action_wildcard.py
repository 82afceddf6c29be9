"""Does a trust policy allow more actions than its principals need?"""

from __future__ import annotations

from iamlint.access.liveness import can_apply
from iamlint.access.search.question import action_is
from iamlint.access.sets.glob import action_glob
from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.sts import ASSUME_ACTIONS, TRUST_ACTIONS
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import Form
from iamlint.text.edit import Remove, SetValue
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Patterns, Statement

_ACCOUNTS = (Form.ACCOUNT, Form.USER, Form.ROLE, Form.SESSION, Form.FEDERATED_USER)


def check(case: Case) -> Iterator[Finding]:
    """Each pattern of actions in an Allow that matches more than the calls its principals can make."""
    for statement in case.document.policy.statements:
        actions = statement.actions
        if statement.denies or actions is None or actions.negated:
            continue
        for position, value in enumerate(actions.values):
            if not isinstance(value, str) or has_hole(value) or not ("*" in value or "?" in value):
                continue
            usable = _usable(case, statement, value)
            if usable and not (_plain(value) and usable == _matched(value)):
                yield _finding(case, statement, actions, position, usable)


def _matched(pattern: str) -> list[str]:
    glob = action_glob(pattern)
    return [action for action in TRUST_ACTIONS if glob.matches(action.lower())]


def _plain(pattern: str) -> bool:
    """Whether the pattern names no more than the calls that assume a role."""
    return pattern.lower() == "sts:assumerole*"


def _usable(case: Case, statement: Statement, pattern: str) -> list[str]:
    """The actions that the pattern gives to at least one of the statement's principals, its conditions aside."""
    aside = statement.conditions
    return [action for action in _matched(pattern) if can_apply(case.access, statement, (action_is(action),), aside)]


def _finding(case: Case, statement: Statement, actions: Patterns, position: int, usable: list[str]) -> Finding:
    value = str(actions.values[position])
    needed = [action for action in usable if action in ASSUME_ACTIONS]
    return case.finding(
        f"`{value}` {_told(value, usable)}",
        Place(actions.value_route(position)),
        label=f"needed is {' and '.join(f'`{action}`' for action in needed)}" if needed else "",
        severity=Severity.MEDIUM if _lets_in_outsiders(case, statement) else None,
        statement=statement.index,
        subject=value,
        fix=_fix(case, actions, position, usable, needed),
    )


def _told(value: str, usable: list[str]) -> str:
    extra = [action for action in usable if action not in ASSUME_ACTIONS]
    if extra:
        return f"allows {', '.join(f'`{action}`' for action in sorted(extra))} too"
    return (
        f"stands for `{usable[0]}` alone"
        if usable == _matched(value) and len(usable) == 1
        else "allows calls that its principals cannot make"
    )


def _lets_in_outsiders(case: Case, statement: Statement) -> bool:
    entries = statement.principals.entries if statement.principals is not None else ()
    inside = case.zone.inside
    return any(entry.form is Form.EVERYONE or (entry.form in _ACCOUNTS and entry.account not in inside) for entry in entries)


def _fix(case: Case, actions: Patterns, position: int, usable: list[str], needed: list[str]) -> Fix:
    """The one call that is needed; safe when the pattern gave no other."""
    if len(needed) != 1:
        return Fix(Safety.MANUAL, "list the actions that are needed, by name")
    place = Place(actions.value_route(position))
    named = any(isinstance(value, str) and value.lower() == needed[0].lower() for value in actions.values)
    change = Remove(place) if named else SetValue(place, needed[0])
    safety = Safety.SAFE if usable == needed else Safety.UNSAFE
    title = f"take `{actions.values[position]}` out" if named else f"write `{needed[0]}`"
    return Fix(safety, title, () if case.document.embedded else (change,))
