"""Will a statement match only from some day in the future on?"""

from __future__ import annotations

from iamlint.access.window import is_over, is_to_come, start, time_conditions, window
from iamlint.finding import Fix, Safety
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding


def check(case: Case) -> Iterator[Finding]:
    """A finding for each statement whose times are all still to come."""
    from iamlint.access.sets.points import moment_text

    for statement in case.document.policy.statements:
        conditions = time_conditions(statement)
        times = window(conditions) if conditions else None
        if times is None or is_over(times, case.now) or not is_to_come(times, case.now):
            continue
        what = "the Deny does not hold yet" if statement.denies else "the access has not begun"
        begins = moment_text(start(times) or 0).removesuffix("T00:00:00Z")
        yield case.finding(
            f"{what}: its window opens on {begins}",
            Place(conditions[0].route),
            label="in the future",
            statement=statement.index,
            subject=conditions[0].key,
            fix=Fix(Safety.MANUAL, "write an earlier beginning if it is to hold now"),
        )
