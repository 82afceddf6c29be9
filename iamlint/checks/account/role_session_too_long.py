"""May sessions of a role that is worth much last for many hours?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html#id_roles_update-session-duration
"""

from __future__ import annotations

from iamlint.access.administrator import is_administrator
from iamlint.access.outside import lets_in_outsiders
from iamlint.finding import Fix, Safety
from iamlint.policy.owner import fact
from iamlint.text.tree import Number, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

_NAMES = ("MaxSessionDuration", "max_session_duration")
_LONG = 4 * 3600
# IAM takes at most 43200.
_DIGITS = 6


def check(case: Case) -> Iterator[Finding]:
    """A finding for a role of administrators, or with callers from outside, whose sessions may last more than four hours."""
    found = fact(case.document, *_NAMES)
    if found is None:
        return
    route, value = found
    seconds = int(value.text) if isinstance(value, Number) and value.text.isdigit() and len(value.text) < _DIGITS else 0
    if seconds <= _LONG:
        return
    admin = is_administrator(case.document)
    if admin or lets_in_outsiders(case.access, case.zone.inside):
        hours = f"{seconds / 3600:.1f}".removesuffix(".0")
        yield case.finding(
            f"sessions may last {hours} hours, with " + ("everything allowed" if admin else "callers of other accounts"),
            Place(route),
            label="in seconds",
            subject="session",
            fix=Fix(Safety.MANUAL, "let sessions last an hour, which is 3600, or as long as the work takes"),
        )
