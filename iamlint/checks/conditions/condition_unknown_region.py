"""Does a condition on the region name one that AWS cannot have?"""

from __future__ import annotations

from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.keys import key_type
from iamlint.knowledge.regions import partition_of, suggest_region
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_hole, has_variable, with_wildcards
from iamlint.policy.quiet import others
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_KEYS = ("aws:requestedregion", "ec2:region")
# What requests say that may be served anywhere: https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
_ANYWHERE = "unspecified"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each value that has not the form of a region, and for each ARN with such a value in its place."""
    for statement, condition in others(case.document.policy, is_quiet):
        for position, region in _unknown(condition):
            yield _finding(case, statement, condition, position, region)


def is_quiet(condition: Condition) -> bool:
    """Whether there is nothing to say of the condition, whatever policy it stands in."""
    return not _unknown(condition)


def _unknown(condition: Condition) -> list[tuple[int, str]]:
    """The positions of values that have what is no region where one should be, and what they have."""
    region_in = _place_of_region(condition)
    if region_in is None:
        return []
    regions = [region_in(value) if isinstance(value, str) else "" for value in condition.values]
    return [(position, region) for position, region in enumerate(regions) if _is_none(region)]


def _place_of_region(condition: Condition) -> Callable[[str], str] | None:
    """What gives the region of a value; None when the values have none."""
    family = condition.operator.base.family
    if condition.key.lower() in _KEYS:
        return str if family is Family.STRING else None
    # The ARNs of callers are of IAM, which has no regions.
    is_arn = family in (Family.STRING, Family.ARN) and condition.key.lower() != "aws:principalarn" and key_type(condition.key) == "ARN"
    return _region_of_arn if is_arn else None


def _region_of_arn(value: str) -> str:
    """The region of an ARN; empty where there is none, or where a wildcard before it may stand for several fields."""
    fields = with_wildcards(value).split(":", 5)
    sure = len(fields) == 6 and not any("*" in field or "?" in field for field in fields[:3])
    return fields[3] if sure else ""


def _is_none(value: str) -> bool:
    """Whether a text can be no region; one that AWS adds later has the form of the others."""
    if not value or "*" in value or "?" in value or has_hole(value) or has_variable(value):
        return False
    return partition_of(value.lower()) is None and value.lower() != _ANYWHERE


def _finding(case: Case, statement: Statement, condition: Condition, position: int, value: str) -> Finding:
    meant = suggest_region(value.lower())
    # Where the value is to be left alone, or is all that a Deny is about, nothing is kept out.
    open_door = condition.operator.base.negated is statement.allows
    return case.finding(
        f"`{value}` is no region, so no request is made to it"
        if condition.key.lower() in _KEYS
        else f"`{value}` is no region, so no ARN has it",
        Place(condition.value_route(position)),
        label="never equal",
        severity=Severity.MEDIUM if open_door else None,
        statement=statement.index,
        subject=value,
        fix=Fix(Safety.MANUAL, f"did you mean `{meant}`?" if meant else "write a region, such as `eu-west-1`"),
        aws_codes=("INVALID_REGION",),
    )
