"""Has an action of a service control policy a wildcard before its end?

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.pattern import split
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such value of Action or NotAction."""
    for statement in case.document.policy.statements:
        actions = statement.actions
        for position, value in enumerate(actions.values if actions is not None else ()):
            if actions is not None and isinstance(value, str) and _is_inside(value):
                yield case.finding(
                    f"`{value}` has a wildcard before its end",
                    Place(actions.value_route(position)),
                    statement=statement.index,
                    subject=value,
                    fix=Fix(Safety.MANUAL, "list the actions that are meant, where older tools read the policy"),
                    aws_codes=("SCP_SYNTAX_ERROR_ACTION_WILDCARD",),
                )


def _is_inside(value: str) -> bool:
    before = "".join([part if isinstance(part, str) else "x" for part in split(value)]).rstrip("*?")
    return "*" in before or "?" in before
