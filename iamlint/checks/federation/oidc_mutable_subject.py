"""Is a GitHub repository trusted by a name that somebody else may have one day?

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import Form
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_HOST = "token.actions.githubusercontent.com"
_SUBJECT = f"{_HOST}:sub"
# Claims of numbers that GitHub gives once: an owner or a repository of the same name has others.
_LASTING = (f"{_HOST}:repository_id", f"{_HOST}:repository_owner_id")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition on the subject that has names alone, in a statement that asks for no number."""
    for statement in case.document.policy.statements:
        if statement.denies or not _trusts_github(statement):
            continue
        keys = {condition.key.lower() for condition in statement.conditions}
        for condition in statement.conditions if keys.isdisjoint(_LASTING) else ():
            position = _by_name(condition)
            if position is not None:
                yield case.finding(
                    f"`{condition.values[position]}` is the repository of whoever has that name",
                    Place(condition.value_route(position)),
                    label="a name, no number",
                    statement=statement.index,
                    subject=str(condition.values[position]),
                    fix=Fix(Safety.MANUAL, f"ask for `{_LASTING[0]}` as well, or for the subject with numbers (`repo:ORG@ID/REPO@ID:…`)"),
                )


def _trusts_github(statement: Statement) -> bool:
    principals = statement.principals
    if principals is None or principals.negated:
        return False
    return any(entry.form is Form.OIDC and entry.name.lower() == _HOST for entry in principals.entries)


def _by_name(condition: Condition) -> int | None:
    """The position of a value that names a repository without numbers."""
    if condition.key.lower() != _SUBJECT or condition.operator.base.negated:
        return None
    for position, value in enumerate(condition.values):
        if isinstance(value, str) and value.startswith("repo:") and "@" not in value and not has_hole(value):
            return position
    return None
