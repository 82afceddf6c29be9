"""Does a wildcard ask whether a key is there, which `Null` says more plainly?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
"""

from __future__ import annotations

from iamlint.access.presence import may_lack
from iamlint.finding import Fix, Safety
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.operator import Operator

_CODES = {True: "EQUIVALENT_TO_NULL_FALSE", False: "EQUIVALENT_TO_NULL_TRUE"}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each lone `*` that some requests pass and others do not."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            present = _asked(condition.operator) if "*" in condition.values else None
            if present is not None and may_lack(condition.key, statement, case.document.kind):
                yield case.finding(
                    f"`{condition.operator.text}` `*` asks whether `{condition.key}` is {'there' if present else 'absent'}",
                    Place(condition.route),
                    label="every value passes" if present else "no value passes",
                    statement=statement.index,
                    subject=condition.key,
                    fix=Fix(Safety.MANUAL, f"write `Null` with `{condition.key}`: `{'false' if present else 'true'}`"),
                    aws_codes=(_CODES[present],),
                )


def _asked(operator: Operator) -> bool | None:
    """Whether `*` under the operator asks for the key to be there, or to be absent; None where it asks neither."""
    if operator.base.name == "StringLike" and not operator.if_exists and not operator.for_all:
        return True
    if operator.base.name == "StringNotLike" and not operator.for_any:
        return False
    return None
