"""Does an identity policy make its holder a full administrator?"""

from __future__ import annotations

from iamlint.access.everything import everything
from iamlint.access.roles import pass_role_codes, service_linked_codes
from iamlint.finding import Fix, Label, Safety
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding


def check(case: Case) -> Iterator[Finding]:
    """One finding when every action on every resource is allowed, but for exceptions that make no difference."""
    found = everything(case.access)
    if found is None:
        return
    statement = found.statement
    actions, resources = statement.actions, statement.resources
    assert actions is not None
    yield case.finding(
        "every action is allowed on every resource" + _but(found.exceptions),
        Place(found.action),
        label="every action" if not actions.negated else "every other action",
        secondary=() if resources is None or resources.route == actions.route else (Label(Place(resources.route), "on every resource"),),
        statement=statement.index,
        subject="*",
        aws_codes=pass_role_codes(statement) + service_linked_codes(statement),
        fix=Fix(Safety.MANUAL, "list the actions that are needed, and the resources they are for"),
    )


def _but(exceptions: tuple[str, ...]) -> str:
    if not exceptions:
        return ""
    more = f" and {len(exceptions) - 1} more" if len(exceptions) > 1 else ""
    return f" but `{exceptions[0]}`{more}"
