"""Who from outside does a change let in that its base does not?"""

from __future__ import annotations

from iamlint.access.change import Change
from iamlint.access.evaluation.eased import kept_out_by
from iamlint.finding import Confidence, Fix, Label, Safety, Severity
from iamlint.policy.document import Kind
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.newcomers import Newcomer
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement

_HELP = "take it back, or have it reviewed: once it is in the base it is not told again"
_BROKEN = "have it reviewed: what the base let in is not known, because AWS takes no policy with the statement that is broken in it"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each newcomer."""
    if all(statement.principals is None for statement in case.document.policy.statements):
        return
    broken = _broken(case)
    change = Change(case.document, None if broken else case.base)
    for newcomer in change.newcomers(case.zone.inside, case.zone.organizations, case.zone.tenants):
        yield _finding(case, change, newcomer, broken=broken)


def _broken(case: Case) -> bool:
    """Whether the base has a statement that IAM refuses and the policy has no longer: then nothing says what it let in."""
    if case.base is None:
        return False
    still = case.document.policy.broken
    return any(statement not in still for statement in case.base.policy.broken)


def _finding(case: Case, change: Change, newcomer: Newcomer, *, broken: bool) -> Finding:
    request = newcomer.witness.request
    statement = next(one for one in case.document.policy.statements if one.index in newcomer.witness.statements)
    request = change.settled.requested(request)
    if case.document.kind is not Kind.TRUST:
        request = request.as_written()
        what = f"call `{request.action}`"
    else:
        what = f"assume `{case.document.address}`" if case.document.address else "assume this role"
    return case.finding(
        f"this change lets {newcomer.who} {what}{_more(change, newcomer)}",
        _place(newcomer, statement),
        label="lets them in",
        secondary=(Label(Place(statement.actions.route), "for this"),) if statement.actions is not None else (),
        severity=Severity.CRITICAL if newcomer.everybody and case.severity is Severity.HIGH else None,
        confidence=Confidence.HIGH if change.sure and newcomer.sure and not broken else Confidence.MEDIUM,
        statement=statement.index,
        subject=newcomer.name,
        witness=request,
        fix=Fix(Safety.MANUAL, _BROKEN if broken else _HELP),
    )


def _more(change: Change, newcomer: Newcomer) -> str:
    """What kept the request out before, where others of theirs were let in."""
    if newcomer.first:
        return ""
    keys = kept_out_by(change.widening.old, newcomer.witness.request)
    kept_out = f"by requests that {' and '.join([f'`{key}`' for key in keys])} kept out"
    return f" {kept_out if keys else 'by more requests than before'}"


def _place(newcomer: Newcomer, statement: Statement) -> Place:
    principals = statement.principals
    if principals is None:
        return Place(statement.route)
    if newcomer.entry is not None and any(entry is newcomer.entry for entry in principals.entries):
        return Place(newcomer.entry.route)
    return Place(principals.entries[0].route if len(principals.entries) == 1 else principals.route)
