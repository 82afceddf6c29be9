"""Is one role for several services that run somebody's code?"""

from __future__ import annotations

from iamlint.finding import Fix, Label, Safety
from iamlint.knowledge.services import runs_code, work_together
from iamlint.policy.fixed import entries
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal


def check(case: Case) -> Iterator[Finding]:
    """One finding for a policy that lets in services which run code and have nothing to do with each other."""
    found: dict[str, tuple[int, Principal]] = {}
    for statement, entry in entries(case.document.policy, Effect.ALLOW):
        if entry.form is Form.SERVICE and runs_code(entry.name):
            found.setdefault(entry.name.lower(), (statement.index, entry))
    names = tuple(found)
    if len(names) < 2 or work_together(names) or not _all_get_in(case, found):
        return
    first, *others = [entry for _, entry in found.values()]
    yield case.finding(
        f"one role is for code of {_listed(names)}",
        Place(first.route),
        label="runs code as this role",
        secondary=tuple([Label(Place(entry.route), "and so does this") for entry in others[:3]]),
        subject=" ".join(sorted(names)),
        fix=Fix(Safety.MANUAL, "make a role for each service, with the permissions that its code needs"),
    )


def _all_get_in(case: Case, found: dict[str, tuple[int, Principal]]) -> bool:
    from iamlint.access.sources import assumed_by

    return sum(case.access.meets(assumed_by((entry,))) is not None for _, entry in found.values()) > 1


def _listed(names: tuple[str, ...]) -> str:
    shown = [f"`{name}`" for name in names[:3]]
    if len(names) > 3:
        return f"{', '.join(shown)} and {len(names) - 3} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}"
