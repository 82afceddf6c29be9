"""Does a policy name, by its ARN, a policy of AWS that AWS does not have?"""

from __future__ import annotations

from iamlint.finding import Confidence, Fix, Safety, Severity
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Unknown
    from iamlint.policy.statement import Statement
    from iamlint.text.tree import Route

_KEYS = ("iam:policyarn", "iam:permissionsboundary")
_OF_AWS = ":iam::aws:policy/"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such ARN in a condition on a policy's ARN, or among the resources."""
    for statement in case.document.policy.statements:
        denies = statement.denies
        for condition in statement.conditions:
            if condition.key.lower() in _KEYS:
                spares = condition.operator.base.negated is not denies
                for position, value in enumerate(condition.values):
                    yield from _findings(case, statement, value, condition.value_route(position), spares=spares)
        resources = statement.resources
        for position, value in enumerate(resources.values if resources is not None else ()):
            if resources is not None and isinstance(value, str) and _OF_AWS in value:
                spares = resources.negated is not denies
                yield from _findings(case, statement, value, resources.value_route(position), spares=spares)


def _findings(case: Case, statement: Statement, value: str | Unknown, route: Route, *, spares: bool) -> Iterator[Finding]:
    """A finding where the value is no policy of AWS; `spares` says that what was meant is let through by that."""
    if not isinstance(value, str) or not value.startswith("arn:aws:iam::aws:policy/") or has_hole(value) or has_variable(value):
        return
    from iamlint.knowledge.data import data_date
    from iamlint.knowledge.managed_policies import is_managed_arn, is_named_by_aws, managed_policy, named, suggest_managed_policy

    if not is_managed_arn(value) or managed_policy(value) is not None or is_named_by_aws(value):
        return
    name, meant = value.rpartition("/")[2], suggest_managed_policy(value)
    misplaced = named(name) is not None
    yield case.finding(
        f"AWS has its policy `{name}` at another path" if misplaced else f"AWS has no policy `{name}`",
        Place(route),
        label="no policy's ARN" if meant else "no policy's ARN, unless it is new",
        severity=Severity.INFO if meant is None else Severity.MEDIUM if spares else None,
        confidence=Confidence.HIGH if misplaced else Confidence.MEDIUM if meant else Confidence.LOW,
        statement=statement.index,
        subject=value,
        fix=Fix(
            Safety.MANUAL, f"did you mean `{meant}`?" if meant else f"look it up: iamlint knows the policies of AWS as of {data_date()}"
        ),
    )
