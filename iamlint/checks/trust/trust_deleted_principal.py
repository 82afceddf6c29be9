"""Does a policy name a user or role that was deleted?"""

from __future__ import annotations

from iamlint.finding import Fix, Safety, Severity
from iamlint.policy.fixed import entries
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal, Principals

_NOUNS = {"AIDA": "user", "AROA": "role", "AGPA": "group", "AIPA": "instance profile"}
_CODES = {"AIDA": ("INVALID_USER_REFERENCE",), "AROA": ("INVALID_ROLE_REFERENCE",)}


def check(case: Case) -> Iterator[Finding]:
    """Each principal that is a bare unique id."""
    unusable = all(entry.form is Form.DELETED for _, entry in entries(case.document.policy, Effect.ALLOW))
    for statement in case.document.policy.statements:
        for entry in statement.principals.entries if statement.principals is not None else ():
            if entry.form is not Form.DELETED:
                continue
            prefix = entry.text[:4]
            yield case.finding(
                f"the {_NOUNS[prefix]} that `{entry.text}` stands for was deleted",
                Place(entry.route),
                label="matches nobody",
                severity=Severity.MEDIUM if unusable else None,
                statement=statement.index,
                subject=entry.text,
                fix=_fix(case, statement.principals, entry),
                aws_codes=_CODES.get(prefix, ()),
            )


def _fix(case: Case, principals: Principals | None, entry: Principal) -> Fix:
    """Take the value out, or its list when it is alone in that; a statement of nobody else has to go as a whole."""
    others = [other for other in principals.entries if other is not entry] if principals is not None else []
    if principals is None or principals.negated or case.document.embedded or not any(other.form is not Form.DELETED for other in others):
        return Fix(Safety.MANUAL, "name the user or role by its ARN if it was made again, or take the statement out")
    listed = len(entry.route) == len(principals.route) + 2
    alone = listed and not any(other.route[:-1] == entry.route[:-1] for other in others)
    from iamlint.text.edit import Remove

    return Fix(Safety.SAFE, f"take `{entry.text}` out", (Remove(Place(entry.route[:-1] if alone else entry.route)),))
