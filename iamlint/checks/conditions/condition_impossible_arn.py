"""Does a condition compare an ARN with one that nothing can have?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations

from iamlint.finding import Confidence, Fix, Safety, Severity
from iamlint.knowledge.keys import key_type
from iamlint.knowledge.regions import partitions
from iamlint.knowledge.wildcards import has_wildcard
from iamlint.policy.arn_faults import ArnFault, letters_of, no_account, unknown_service
from iamlint.policy.operator import Family
from iamlint.policy.pattern import with_wildcards
from iamlint.policy.quiet import others
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each value of a condition on an ARN whose partition, service or account there cannot be."""
    for statement, condition in others(case.document.policy, is_quiet):
        for position, fault in _faults(condition):
            yield _finding(case, statement, condition, position, fault)


def is_quiet(condition: Condition) -> bool:
    """Whether there is nothing to say of the condition, whatever policy it stands in."""
    return not _faults(condition)


def _faults(condition: Condition) -> list[tuple[int, ArnFault]]:
    """What is wrong with which of the values."""
    family = condition.operator.base.family
    if family is not Family.ARN and (family is not Family.STRING or key_type(condition.key) != "ARN"):
        return []
    faults = [_fault(value) if isinstance(value, str) else None for value in condition.values]
    return [(position, fault) for position, fault in enumerate(faults) if fault is not None]


def _fault(value: str) -> ArnFault | None:
    """What is wrong with an ARN; None when nothing is, as far as fields without wildcards and variables tell."""
    fields = with_wildcards(value).split(":", 5)
    if len(fields) < 6 or fields[0] != "arn":
        return None
    _, partition, service, _, account, _ = fields
    if has_wildcard(partition):
        return None
    if partition not in partitions():
        return ArnFault(f"`{partition}` is no partition of AWS", "write `aws`, or the partition of your region", "INVALID_PARTITION")
    if not service:
        return ArnFault("it names no service", "write the service behind the partition", "INVALID_SERVICE")
    # A wildcard before it may stand for several fields.
    if has_wildcard(service):
        return None
    return letters_of(service) or unknown_service(service) or (None if has_wildcard(fields[3]) else no_account(account))


def _finding(case: Case, statement: Statement, condition: Condition, position: int, fault: ArnFault) -> Finding:
    value = str(condition.values[position])
    # Where the value is to be left alone, or is all that a Deny is about, nothing is kept out.
    open_door = condition.operator.base.negated is statement.allows
    return case.finding(
        f"nothing has the ARN `{value}`: {fault.why}",
        Place(condition.value_route(position)),
        label="never equal",
        severity=Severity.MEDIUM if open_door else None,
        confidence=Confidence.HIGH if fault.certain else Confidence.MEDIUM,
        statement=statement.index,
        subject=value,
        fix=Fix(Safety.MANUAL, fault.help),
    )
