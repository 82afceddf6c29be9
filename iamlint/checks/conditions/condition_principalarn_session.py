"""Is the ARN of a caller compared with that of a session?

`aws:PrincipalArn` holds the ARN of the role, not that of its session:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn.
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety, Severity
from iamlint.policy.arn import arn_fields
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Statement

_SESSION = ":assumed-role/"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition that compares `aws:PrincipalArn` with the ARN of a session."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.key.lower() == "aws:principalarn" and not condition.operator.is_null:
                sessions = [n for n, value in enumerate(condition.values) if _is_session(value)]
                if sessions:
                    yield _finding(case, statement, condition, sessions)


def _is_session(value: str | Unknown) -> bool:
    return isinstance(value, str) and _SESSION in value


def _finding(case: Case, statement: Statement, condition: Condition, sessions: list[int]) -> Finding:
    value = str(condition.values[sessions[0]])
    role = _role(value)
    return case.finding(
        f"`aws:PrincipalArn` is the ARN of the role, never that of a session: {_outcome(statement, condition, sessions)}",
        Place(condition.value_route(sessions[0])),
        label="the ARN of a session",
        severity=_severity(statement, condition, sessions),
        statement=statement.index,
        subject=value,
        fix=_fix(case, condition, sessions) if role else Fix(Safety.MANUAL, "write the ARN of the role: `arn:aws:iam::ACCOUNT:role/NAME`"),
    )


def _outcome(statement: Statement, condition: Condition, sessions: list[int]) -> str:
    if len(sessions) < len(condition.values):
        return "this value does nothing beside the others"
    negated = condition.operator.base.negated
    if statement.denies:
        return "the Deny hits every role" if negated else "the Deny hits nobody"
    return "nobody is kept out" if negated else "nobody is let in"


def _severity(statement: Statement, condition: Condition, sessions: list[int]) -> Severity | None:
    if len(sessions) < len(condition.values) and not condition.operator.base.negated:
        return Severity.LOW if statement.allows else None
    return Severity.HIGH if statement.denies else None


def _role(value: str) -> str:
    """The ARN of the role, were it in no path; nothing when the value does not say it."""
    fields = arn_fields(value)
    parts = fields[5].split("/") if len(fields) == 6 else []
    if len(parts) != 3 or not parts[1] or parts[1] == "*":
        return ""
    return ":".join((*fields[:2], "iam", "", fields[4], f"role/{parts[1]}"))


def _fix(case: Case, condition: Condition, sessions: list[int]) -> Fix:
    roles = {n: _role(str(condition.values[n])) for n in sessions}
    title = f"write `{roles[sessions[0]]}`, with the role's path where it has one"
    if case.document.embedded or not all(roles.values()):
        return Fix(Safety.MANUAL, title)
    from iamlint.text.edit import SetValue

    return Fix(Safety.UNSAFE, title, tuple([SetValue(Place(condition.value_route(n)), role) for n, role in roles.items()]))
