"""Is a condition's value one that only stands in documentation?

Addresses: RFC 5737, RFC 3849 and RFC 9637. Ids: those of AWS's guides, such as
https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html, and made-up ones of the same kind.
"""

from __future__ import annotations

from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.knowledge.placeholders import is_documentation_address, is_made_up_id
from iamlint.policy.operator import Family
from iamlint.policy.quiet import others
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Statement

_IDS = {"vpc-": "VPC", "vpce-": "VPC endpoint", "o-": "organization"}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition with such a value."""
    for statement, condition in others(case.document.policy, is_quiet):
        yield _finding(case, statement, condition, _examples(condition))


def _examples(condition: Condition) -> list[int]:
    """The positions of such values."""
    family = condition.operator.base.family
    if family is Family.IP or (family is Family.STRING and _named(condition.key)):
        return [n for n, value in enumerate(condition.values) if _is_example(condition, value)]
    return []


def is_quiet(condition: Condition) -> bool:
    """Whether there is nothing to say of the condition, whatever policy it stands in."""
    return not _examples(condition)


def _is_example(condition: Condition, value: str | Unknown) -> bool:
    if not isinstance(value, str):
        return False
    if condition.operator.base.family is Family.IP:
        return _is_address(value)
    return value.startswith(tuple(_IDS)) and is_made_up_id(value.partition("/")[0].rstrip("*"))


def _named(key: str) -> bool:
    lower = key.lower()
    return lower.startswith("aws:") and any(part in lower for part in ("vpc", "orgid", "orgpaths"))


def _is_address(value: str) -> bool:
    from iamlint.access.sets.values import address_range

    found = address_range(value)
    return found is not None and is_documentation_address(*found)


def _finding(case: Case, statement: Statement, condition: Condition, places: list[int]) -> Finding:
    value = str(condition.values[places[0]])
    addresses = condition.operator.base.family is Family.IP
    prefix = value.partition("-")[0] + "-"
    what = "no request comes from it" if addresses else f"it is nobody's {_IDS[prefix]}"
    whole = len(places) == len(condition.values)
    return case.finding(
        f"`{value}` is for documentation only: {what}",
        Place(condition.value_route(places[0])),
        label="an example",
        secondary=tuple([Label(Place(condition.value_route(n)), "another one") for n in places[1:]]),
        severity=None if whole else Severity.LOW,
        statement=statement.index,
        subject=value,
        fix=Fix(Safety.MANUAL, "write the addresses of your own network" if addresses else f"write the id of your own {_IDS[prefix]}"),
    )
