"""Is the public address of a request compared with a private one?"""

from __future__ import annotations

from iamlint.access.sets.values import address_range
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.knowledge.addresses import privacy
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Statement

_CODES = {
    ("IpAddress", True): "PRIVATE_IP_ADDRESS",
    ("IpAddress", False): "PRIVATE_IP_ADDRESS_SUBSET",
    ("NotIpAddress", True): "PRIVATE_NOT_IP_ADDRESS",
    ("NotIpAddress", False): "PRIVATE_NOT_IP_ADDRESS_SUBSET",
}


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition that compares `aws:SourceIp` with addresses that no request comes from."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.key.lower() == "aws:sourceip":
                private = [n for n, value in enumerate(condition.values) if _privacy(value)]
                if private:
                    yield _finding(case, statement, condition, private)


def _privacy(value: str | Unknown) -> str | None:
    found = address_range(value) if isinstance(value, str) else None
    return None if found is None else privacy(*found)


def _finding(case: Case, statement: Statement, condition: Condition, private: list[int]) -> Finding:
    whole = len(private) == len(condition.values)
    first = condition.values[private[0]]
    code = _CODES.get((condition.operator.base.name, whole))
    return case.finding(
        f"no request has `{first}` as its `aws:SourceIp`: {_outcome(statement, condition, whole=whole)}",
        Place(condition.value_route(private[0])),
        label=f"{_privacy(first)}",
        secondary=tuple([Label(Place(condition.value_route(n)), f"{_privacy(condition.values[n])} too") for n in private[1:]]),
        severity=_severity(statement, whole=whole),
        statement=statement.index,
        subject=str(first),
        fix=Fix(Safety.MANUAL, "test `aws:VpcSourceIp` together with `aws:SourceVpc`, or write the public address of your network"),
        aws_codes=(code,) if code else (),
    )


def _severity(statement: Statement, *, whole: bool) -> Severity | None:
    if not whole:
        return Severity.LOW
    return Severity.HIGH if statement.denies else None


def _outcome(statement: Statement, condition: Condition, *, whole: bool) -> str:
    if not whole:
        return "it does nothing beside the others"
    negated = condition.operator.base.negated
    if statement.denies:
        return "the Deny hits every address" if negated else "the Deny hits no address"
    return "no address is kept out" if negated else "no address is let in"
