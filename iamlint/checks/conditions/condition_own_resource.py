"""Does the policy of a resource ask whose the resource is?

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html (irrelevant condition key in policy).
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.knowledge.attached import service_of
from iamlint.policy.pattern import has_variable
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition

_KEYS = frozenset({"s3:resourceaccount", "aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"})


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such condition, where it is told what the policy is attached to."""
    kind = case.document.resource_type
    if not service_of(kind):
        return
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.key.lower() in _KEYS and not _compares_with_caller(condition):
                yield case.finding(
                    f"`{condition.key}` is the same in every request for this `{kind}`",
                    Place(condition.route, on_key=True),
                    label="says whose the resource is",
                    statement=statement.index,
                    subject=condition.key,
                    fix=Fix(Safety.MANUAL, "take it out, or ask it in the policies of identities"),
                    aws_codes=("IRRELEVANT_CONDITION_KEY_IN_POLICY",),
                )


def _compares_with_caller(condition: Condition) -> bool:
    """Whether the values are those of other keys, such as the caller's organization."""
    return any(isinstance(value, str) and has_variable(value) for value in condition.values)
