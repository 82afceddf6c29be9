"""Is a value that many have tested without the key that says whose it is?

Private addresses recur in every VPC, ids of units are only unique in their organization:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip.
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety, Severity
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_VPC = frozenset({"aws:sourcevpc", "aws:sourcevpcarn"})
_PAIRS = {
    "aws:vpcsourceip": ("aws:SourceVpc", _VPC | {"aws:sourcevpce"}),
    "aws:ec2instancesourceprivateipv4": ("aws:Ec2InstanceSourceVpc", _VPC | {"aws:ec2instancesourcevpc"}),
}
_PATHS = frozenset({"aws:principalorgpaths", "aws:sourceorgpaths", "aws:resourceorgpaths", "aws:vpceorgpaths"})


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition on an address or a unit without its VPC or organization."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.operator.is_null:
                continue
            key = condition.key.lower()
            if key in _PAIRS and not any(other.key.lower() in _PAIRS[key][1] for other in statement.conditions):
                yield _address(case, statement, condition)
            elif key in _PATHS:
                yield from _units(case, statement, condition)


def _address(case: Case, statement: Statement, condition: Condition) -> Finding:
    partner, _ = _PAIRS[condition.key.lower()]
    vpc = statement.allows and condition.key.lower() == "aws:vpcsourceip"
    return case.finding(
        f"`{condition.key}` says nothing without `{partner}`: every VPC can have the same addresses",
        Place(condition.route, on_key=True),
        label="an address in any VPC",
        severity=Severity.MEDIUM if vpc else None,
        statement=statement.index,
        subject=condition.key,
        fix=Fix(Safety.MANUAL, f"test `{partner}` in the same statement"),
        aws_codes=("MISSING_PAIRED_CONDITION_KEYS",),
    )


def _units(case: Case, statement: Statement, condition: Condition) -> Iterator[Finding]:
    organization = condition.key.lower().replace("paths", "id")
    if any(other.key.lower() == organization for other in statement.conditions):
        return
    for n, value in enumerate(condition.values):
        if isinstance(value, str) and value.startswith(("*/", "?")) and ("r-" in value or "ou-" in value):
            yield case.finding(
                f"`{value}` names no organization: ids of roots and units are only unique within one",
                Place(condition.value_route(n)),
                label="a unit of any organization",
                statement=statement.index,
                subject=value,
                fix=Fix(Safety.MANUAL, "begin the path with the id of your organization: `o-…/r-…/ou-…/*`"),
            )
