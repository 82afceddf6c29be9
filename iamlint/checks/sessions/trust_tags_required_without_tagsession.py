"""Are session tags asked of callers who may not pass any?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required.
"""

from __future__ import annotations

from iamlint.access.passing import is_let_in_without, unpassable, would_give
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.policy.fixed import keys_of
from iamlint.policy.principal import described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.passing import Unpassable
    from iamlint.case import Case
    from iamlint.finding import Finding

_ACTION = "sts:TagSession"
_ALONE = frozenset({"aws:tagkeys", "sts:transitivetagkeys"})


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Allow that asks for tags which some of its principals may not pass."""
    keys = frozenset([key for key in keys_of(case.document.policy) if key in _ALONE or key.startswith("aws:requesttag/")])
    for found in unpassable(case.access, _ACTION, keys) if keys else ():
        statement, asking, entry = found.statement, found.asking[0], found.entries[0]
        more = f" and {len(found.entries) - 1} more" if len(found.entries) > 1 else ""
        assert statement.actions is not None
        yield case.finding(
            f"{described(entry)}{more} must pass session tags, and nothing allows `{_ACTION}` to {'it' if not more else 'them'}",
            Place(statement.actions.route),
            label="does not let them pass tags",
            secondary=(Label(Place(asking.route, on_key=True), "asks for a tag"),),
            severity=Severity.LOW if is_let_in_without(case.access, found, keys) else None,
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
