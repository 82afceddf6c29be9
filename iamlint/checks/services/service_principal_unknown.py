"""Does a policy name a service that does not exist?"""

from __future__ import annotations

from iamlint.finding import Confidence, Fix, Safety, Severity
from iamlint.knowledge.service_principals import may_be_part, may_exist, suggest_service_principal
from iamlint.policy.document import Kind
from iamlint.policy.fixed import entries
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.policy.principal import Form
from iamlint.policy.quiet import others
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement
    from iamlint.text.tree import Route


_DOTS = "service.amazonaws.com".count(".")
# Their values are names of services.
_NAMES_SERVICES = frozenset(
    """
aws:calledvia aws:calledviafirst aws:calledvialast aws:principalservicename aws:principalservicenameslist iam:awsservicename
iam:passedtoservice kms:viaservice
""".split()
)


def check(case: Case) -> Iterator[Finding]:
    """Each service, of a principal or in a condition, whose name is not known and could not be that of one."""
    for statement, entry in entries(case.document.policy):
        if entry.form is Form.SERVICE:
            # Into a resource's policy come parts of services that no list has: `logdelivery.elb.amazonaws.com`.
            part = case.document.kind is not Kind.TRUST and entry.text.count(".") > _DOTS
            yield from _judged(case, statement, entry.text, entry.route, only_slips=part)
    for statement, condition in others(case.document.policy, is_quiet):
        for position, name in _unknown(condition):
            yield from _judged(case, statement, name, condition.value_route(position), only_slips=False)


def _unknown(condition: Condition) -> list[tuple[int, str]]:
    """The values of a condition on services that may be no service's name, with their positions."""
    if condition.key.lower() not in _NAMES_SERVICES or condition.operator.base.family is not Family.STRING:
        return []
    names = [(position, value) for position, value in enumerate(condition.values) if isinstance(value, str)]
    return [(position, name) for position, name in names if not ("*" in name or "?" in name or _may_exist(name))]


def is_quiet(condition: Condition) -> bool:
    """Whether every service that the condition names may exist."""
    return not _unknown(condition)


def _may_exist(name: str) -> bool:
    return has_hole(name) or has_variable(name) or may_exist(name)


def _judged(case: Case, statement: Statement, name: str, route: Route, *, only_slips: bool) -> Iterator[Finding]:
    if _may_exist(name):
        return
    part = may_be_part(name)
    meant = suggest_service_principal(name)
    if (meant is None and only_slips) or (part and (meant is None or not _is_slip(name, meant))):
        return
    yield case.finding(
        f"`{name}` is no service that is known" + (f"; did you mean `{meant}`" if meant else ""),
        Place(route),
        label="nobody has this name" if meant else "",
        severity=Severity.MEDIUM if meant else None,
        confidence=Confidence.MEDIUM,
        statement=statement.index,
        subject=name,
        fix=_fix(case, route, meant),
    )


def _is_slip(name: str, meant: str) -> bool:
    """Whether the names differ by a character or two and not by a part, as one service's parts do from each other."""
    from difflib import SequenceMatcher

    return name.count(".") == meant.count(".") and SequenceMatcher(None, name.lower(), meant).ratio() > 0.95


def _fix(case: Case, route: Route, meant: str | None) -> Fix:
    from iamlint.text.edit import SetValue

    if meant is None:
        return Fix(Safety.MANUAL, "write the name as the service's documentation has it")
    changes = () if case.document.embedded else (SetValue(Place(route), meant),)
    return Fix(Safety.UNSAFE if changes else Safety.MANUAL, f"write `{meant}`", changes)
