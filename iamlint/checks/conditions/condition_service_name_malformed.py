"""Is a service compared with a text that no service is called?

Which keys hold what: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia,
https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from iamlint.finding import Confidence, Fix, Safety, Severity
from iamlint.knowledge.regions import partition_of, partitions
from iamlint.policy.operator import Family
from iamlint.policy.pattern import split
from iamlint.policy.quiet import others
from iamlint.policy.wildcards import wildcard_in
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_VIA = "kms:viaservice"
_KEYS = frozenset(
    {_VIA, "aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:principalservicename"}
    | {"iam:passedtoservice", "iam:awsservicename", "organizations:serviceprincipal"}
)
# What has the form of a region behind the service.
_WITH_REGION = r"[^.*?]+\.([a-z]+(?:-[a-z]+)+-[0-9]+)\."
# Alexa's principals end in the second.
_DOMAINS = ("amazonaws.com", "amazon.com")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each value under such a key that the key never has."""
    for statement, condition in others(case.document.policy, is_quiet):
        wrong = _wrong(condition)
        for position in wrong:
            yield _finding(case, statement, condition, position, alone=len(wrong) == len(condition.values))


def _wrong(condition: Condition) -> list[int]:
    """The positions of such values."""
    if condition.key.lower() not in _KEYS or condition.operator.base.family is not Family.STRING:
        return []
    return [n for n, value in enumerate(condition.values) if isinstance(value, str) and _is_wrong(condition, value)]


def is_quiet(condition: Condition) -> bool:
    """Whether there is nothing to say of the condition, whatever policy it stands in."""
    return not _wrong(condition)


def _is_wrong(condition: Condition, value: str) -> bool:
    base = condition.operator.base
    if split(value) != (value,):
        # What stands in braces may be any name.
        return False
    if base.positive != "StringLike" and wildcard_in(value):
        # `condition-wildcard-without-like` says what such a text is.
        return False
    read = value.lower() if base.positive == "StringEqualsIgnoreCase" else value
    return not _may_be_name(read, regional=condition.key.lower() == _VIA)


@lru_cache(maxsize=512)
def _may_be_name(text: str, *, regional: bool) -> bool:
    """Whether a service may be called so, where wildcards stand for any characters; with `regional`, in one region."""
    if re.fullmatch(r"[a-z0-9.*?-]+", text) is None:
        return False
    tail = text.replace("?", "*").rpartition("*")[2]
    open_front = tail != text
    if open_front and any(end.endswith(tail) for end in _ends()):
        return True
    stems = [tail.removesuffix(end) for end in _ends() if tail.endswith(end)]
    return bool(stems) and _has_labels(min(stems, key=len).split("."), open_front=open_front, regional=regional)


def _has_labels(labels: list[str], *, open_front: bool, regional: bool) -> bool:
    """Whether no label is empty, and with `regional` the last is a region; the first may be the end of one."""
    whole = labels[1:] if open_front else labels
    if not all(whole) or not (whole or labels[0]):
        return False
    if not regional or not whole:
        return True
    return (open_front or len(labels) > 1) and partition_of(labels[-1]) is not None


@cache
def _ends() -> frozenset[str]:
    """What services' names end in."""
    return frozenset([f".{domain}" for domain in (*_DOMAINS, *[partition.dns for partition in partitions().values()])])


def _finding(case: Case, statement: Statement, condition: Condition, position: int, *, alone: bool) -> Finding:
    value = str(condition.values[position])
    return case.finding(
        f"`{condition.key}` is never `{value}`: {_why(condition, value)}",
        Place(condition.value_route(position)),
        label="matches nothing" if alone else "does nothing beside the others",
        severity=_severity(statement, condition, alone=alone),
        # What AWS may call a service is known by examples only.
        confidence=Confidence.MEDIUM,
        statement=statement.index,
        subject=value,
        fix=Fix(Safety.MANUAL, _advice(condition, value)),
        aws_codes=("INVALID_SERVICE_PRINCIPAL_FORMAT",),
    )


def _severity(statement: Statement, condition: Condition, *, alone: bool) -> Severity | None:
    if not alone or condition.operator.if_exists or condition.operator.for_all:
        return Severity.LOW
    never_denies = statement.denies and not condition.operator.base.negated
    return Severity.HIGH if never_denies else None


def _why(condition: Condition, value: str) -> str:
    lacks_region = condition.key.lower() == _VIA and _may_be_name(value, regional=False)
    if not lacks_region:
        return "no service is called that"
    region = re.match(_WITH_REGION, value)
    return "it says in which region the service is" if region is None else f"`{region[1]}` is no region"


def _advice(condition: Condition, value: str) -> str:
    regional = condition.key.lower() == _VIA
    if _may_be_name(value.lower(), regional=regional):
        return f"write `{value.lower()}`"
    if regional:
        stem = value.lower().partition(".")[0]
        return f"write the service with its region, such as `{stem if stem.isalnum() else 's3'}.eu-west-1.amazonaws.com`"
    from iamlint.knowledge.service_principals import suggest_service_principal

    meant = suggest_service_principal(value)
    return f"did you mean `{meant}`?" if meant else "write the name of a service, such as `lambda.amazonaws.com`"
