"""Is there a statement that no request can match, and what keeps it from matching?

Only requests that AWS can make count: who can call which action, and which keys such a call carries. What time it is does not.
"""

from __future__ import annotations

from iamlint.access.liveness import can_apply, hindrances
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.policy.principal import Form, described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """Each statement that can never match."""
    for statement in case.document.policy.statements:
        if statement.actions is None or can_apply(case.access, statement):
            continue
        conditions = hindrances(case.access, statement)
        why, primary, secondary = _told(case, statement, conditions) if conditions else _without_callers(statement)
        yield case.finding(
            f"{_named(statement)} can never match: {why}",
            primary.place,
            label=primary.text,
            secondary=secondary,
            severity=_severity(case, statement, conditions),
            statement=statement.index,
            subject=conditions[0].key if conditions else "",
            fix=Fix(Safety.MANUAL, _help(statement, conditions)),
        )


def _named(statement: Statement) -> str:
    noun = "the Deny" if statement.denies else "the statement"
    return f"{noun} `{statement.sid}`" if statement.sid else noun


def _help(statement: Statement, conditions: tuple[Condition, ...]) -> str:
    if not conditions and _is_provider_wildcard(statement):
        return "name one provider by its ARN and allow `sts:AssumeRoleWithWebIdentity` or `sts:AssumeRoleWithSAML`"
    otherwise = "take the statement out" if statement.allows else "do not count on it as a guard"
    return f"{'mend the condition' if conditions else 'name who can make the call'}, or {otherwise}"


def _severity(case: Case, statement: Statement, conditions: tuple[Condition, ...]) -> Severity:
    """A guard that is missing is worse than access that is; nothing is lost where other statements give the same."""
    if statement.denies:
        return Severity.HIGH
    return Severity.LOW if conditions and _granted_elsewhere(case, statement, conditions) else case.severity


def _granted_elsewhere(case: Case, statement: Statement, conditions: tuple[Condition, ...]) -> bool:
    from iamlint.access.search.statements import statement_cube

    mended = statement_cube(case.access.space, case.document.policy, statement, certain=True, without=conditions)
    others = tuple([other.index for other in case.document.policy.statements if other is not statement and other.allows])
    return bool(others) and case.access.covers(((mended,),)) is None


def _told(case: Case, statement: Statement, conditions: tuple[Condition, ...]) -> tuple[str, Label, tuple[Label, ...]]:
    """Why these conditions keep the statement from matching."""
    from iamlint.access.search.question import key_present

    first = conditions[0]
    place = Place(first.route, on_key=True)
    others = tuple([Label(Place(condition.route, on_key=True)) for condition in conditions[1:]])
    if len({condition.key.lower() for condition in conditions}) > 1:
        return "no request can fulfil all its conditions", Label(place), others
    key = first.key
    if not can_apply(case.access, statement, (key_present(case.access.space, key),), conditions):
        return f"`{key}` is never there for {_callers(statement)}", Label(place, "never there"), others
    if not can_apply(case.access, statement, without=[one for one in statement.conditions if one not in conditions]):
        if first.operator.is_null:
            return f"`{key}` is always there for {_callers(statement)}", Label(place, "always there"), others
        return f"`{key}` never has such a value for {_callers(statement)}", Label(Place(first.route), "never has this value"), others
    return f"the condition on `{key}` contradicts the others", Label(place), others


def _callers(statement: Statement) -> str:
    if _is_provider_wildcard(statement):
        return f"any identity provider (`{_written(statement)}`)"
    entries = statement.principals.entries if statement.principals is not None and not statement.principals.negated else ()
    if not entries or any(entry.form in (Form.EVERYONE, Form.UNKNOWN) for entry in entries):
        return "such callers"
    names = [described(entry) for entry in entries]
    return names[0] if len(names) == 1 else f"{', '.join(names[:2])}{' and others' if len(names) > 2 else ''}"


def _is_provider_wildcard(statement: Statement) -> bool:
    """Whether a wildcard under `Federated` says whom the statement is about: every identity provider, and nobody else."""
    principals = statement.principals
    if principals is None or principals.negated or not principals.entries:
        return False
    return all(entry.form is Form.EVERYONE and entry.type == "Federated" for entry in principals.entries)


def _written(statement: Statement) -> str:
    assert statement.principals is not None
    return statement.principals.entries[0].text


def _without_callers(statement: Statement) -> tuple[str, Label, tuple[Label, ...]]:
    """Why no caller can make the call, whatever the conditions."""
    assert statement.actions is not None
    if statement.principals is None or not statement.principals.entries:
        at = statement.route if statement.principals is None else statement.principals.route
        return "it is about nobody", Label(Place(at)), ()
    where = Label(Place(statement.actions.route), "nobody of them can call this")
    if _is_provider_wildcard(statement):
        wildcard = Label(Place(statement.principals.entries[0].route), "every identity provider")
        return f"`{_written(statement)}` stands for identity providers, which can call none of its actions", where, (wildcard,)
    return f"{_callers(statement)} can call none of its actions", where, (Label(Place(statement.principals.route)),)
