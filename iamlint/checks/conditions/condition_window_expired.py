"""Is the time over in which a statement could match?"""

from __future__ import annotations

from iamlint.access.window import are_over, end, is_over, session_conditions, time_conditions, times, window
from iamlint.finding import Fix, Safety, Severity
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each statement that could match once and never will again."""
    for statement in case.document.policy.statements:
        conditions = time_conditions(statement)
        sessions = session_conditions(statement) if statement.allows else ()
        if conditions and is_over(window(conditions), case.now) and not _goes_on(case, statement):
            yield _finding(case, statement, conditions)
        elif are_over(sessions, case.now):
            yield _finding(case, statement, sessions)


def _goes_on(case: Case, statement: Statement) -> bool:
    """Whether a Deny is the part before the window that another Deny closes."""
    if statement.allows:
        return False
    others = [time_conditions(other) for other in case.document.policy.statements if other.denies and other is not statement]
    return any(conditions and not is_over(window(conditions), case.now) for conditions in others)


def _finding(case: Case, statement: Statement, conditions: tuple[Condition, ...]) -> Finding:
    denies = statement.denies
    ended = end(window(conditions))
    told = next((one for one in reversed(conditions) if is_over(times(one), case.now)), conditions[-1])
    what = "the Deny has lapsed" if denies else "the access has ended"
    return case.finding(
        f"{what}: its window closed on {_date(ended or 0)}",
        Place(told.value_route(0) if len(told.values) == 1 else told.route),
        label="in the past",
        severity=Severity.HIGH if denies else None,
        statement=statement.index,
        subject=told.key,
        fix=Fix(Safety.MANUAL, "write a later end, or remove the condition" if denies else "remove the statement, or write a later end"),
    )


def _date(seconds: object) -> str:
    from fractions import Fraction

    from iamlint.access.sets.points import moment_text

    assert isinstance(seconds, (int, Fraction))
    return moment_text(seconds).removesuffix("T00:00:00Z")
