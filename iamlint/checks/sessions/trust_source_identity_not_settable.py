"""Is a source identity asked of callers who may not set one?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html.
"""

from __future__ import annotations

from iamlint.access.passing import is_let_in_without, unpassable, would_give
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.policy.principal import described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.passing import Unpassable
    from iamlint.case import Case
    from iamlint.finding import Finding

_ACTION = "sts:SetSourceIdentity"
_KEYS = frozenset({"sts:sourceidentity"})


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Allow that asks for a source identity which some of its principals may not set."""
    for found in unpassable(case.access, _ACTION, _KEYS):
        statement, asking, entry = found.statement, found.asking[0], found.entries[0]
        more = f" and {len(found.entries) - 1} more" if len(found.entries) > 1 else ""
        assert statement.actions is not None
        yield case.finding(
            f"{described(entry)}{more} must set a source identity, and nothing allows `{_ACTION}` to {'it' if not more else 'them'}",
            Place(statement.actions.route),
            label="does not let them set one",
            secondary=(Label(Place(asking.route, on_key=True), "asks for one"),),
            severity=Severity.INFO if is_let_in_without(case.access, found, _KEYS) else None,
            statement=statement.index,
            subject=entry.text,
            fix=_fix(case, found),
            aws_codes=("MISSING_ACTION_FOR_CONDITION_KEY",),
        )


def _fix(case: Case, found: Unpassable) -> Fix:
    from iamlint.policy.amending import with_actions

    if not would_give(case.access, found):
        return Fix(Safety.MANUAL, f"allow `{_ACTION}` to the same principals in a statement of its own")
    changes = with_actions(case.document, found.statement, (_ACTION,))
    return Fix(Safety.UNSAFE if changes else Safety.MANUAL, f"allow `{_ACTION}` as well", changes)
