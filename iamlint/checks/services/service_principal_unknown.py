"""Does a policy name a service that does not exist?"""

from __future__ import annotations

from iamlint.access.fixed import entries
from iamlint.finding import Confidence, Fix, Safety, Severity
from iamlint.policy.document import Kind
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.policy.principal import Form
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal


def check(case: Case) -> Iterator[Finding]:
    """Each service whose name is not known and could not be that of one."""
    for statement, entry in entries(case.document.policy):
        if entry.form is Form.SERVICE and not has_hole(entry.text) and not has_variable(entry.text):
            yield from _judged(case, statement.index, entry)


def _judged(case: Case, statement: int, entry: Principal) -> Iterator[Finding]:
    from iamlint.knowledge.service_principals import may_be_part, may_exist, suggest_service_principal

    if may_exist(entry.text):
        return
    part = may_be_part(entry.text)
    meant = suggest_service_principal(entry.text)
    if meant is None and case.document.kind is not Kind.TRUST:
        # Into a resource's policy come parts of services that no list has.
        return
    if part and (meant is None or not _is_slip(entry.text, meant)):
        return
    yield case.finding(
        f"`{entry.text}` is no service that is known" + (f"; did you mean `{meant}`" if meant else ""),
        Place(entry.route),
        label="nobody has this name" if meant else "",
        severity=Severity.MEDIUM if meant else None,
        confidence=Confidence.MEDIUM,
        statement=statement,
        subject=entry.text,
        fix=_fix(case, entry, meant),
    )


def _is_slip(name: str, meant: str) -> bool:
    """Whether the names differ by a character or two and not by a part, as one service's parts do from each other."""
    from difflib import SequenceMatcher

    return name.count(".") == meant.count(".") and SequenceMatcher(None, name.lower(), meant).ratio() > 0.95


def _fix(case: Case, entry: Principal, meant: str | None) -> Fix:
    from iamlint.text.edit import SetValue

    if meant is None:
        return Fix(Safety.MANUAL, "write the name as the service's documentation has it")
    changes = () if case.document.embedded else (SetValue(Place(entry.route), meant),)
    return Fix(Safety.UNSAFE if changes else Safety.MANUAL, f"write `{meant}`", changes)
