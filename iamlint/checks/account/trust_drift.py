"""Whom of ours does a trust policy let in that its base does not, and whom no longer?"""

from __future__ import annotations

from iamlint.access.change import Change
from iamlint.access.search.callers import principals_clause
from iamlint.access.search.question import action_is
from iamlint.finding import Confidence
from iamlint.knowledge.sts import ASSUME_ACTIONS
from iamlint.policy.fixed import entries
from iamlint.policy.principal import Principals, described
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.evaluation.request import Witness
    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Policy


def check(case: Case) -> Iterator[Finding]:
    """A finding for each principal that gets in by more, or by fewer, requests than before; newcomers from outside are another rule's."""
    if case.base is None:
        return
    change = Change(case.document, case.base)
    newcomers = change.newcomers(case.zone.inside, case.zone.organizations, case.zone.tenants)
    told = {one.name if one.entry is None or one.entry.account == one.name else one.entry.text for one in newcomers}
    if "*" not in told:
        yield from _more(case, change, told)
    yield from _less(case, change)


def _more(case: Case, change: Change, told: set[str]) -> Iterator[Finding]:
    for entry in _named(change.widening.new):
        if entry.text in told or (entry.type == "AWS" and entry.account in told):
            continue
        found = change.widening.gained(_about(entry))
        if found is not None:
            who = _who(change, entry)
            before = change.widening.allowed_before(_about(entry)) is not None
            words = f"lets {who} in by more requests than its base" if before else f"additionally trusts {who}"
            yield _finding(case, change, words, Place(entry.route), found, entry.text)


def _less(case: Case, change: Change) -> Iterator[Finding]:
    lost = change.narrowing
    place = _whole(case)
    for entry in _named(lost.new):
        found = lost.gained(_about(entry))
        if found is not None:
            who = _who(change, entry)
            still = lost.allowed_before(_about(entry)) is not None
            words = f"lets {who} in by fewer requests than its base" if still else f"no longer trusts {who}"
            yield _finding(case, change, words, place, None, entry.text)


def _named(policy: Policy) -> list[Principal]:
    """The principals that Allows name, each once."""
    return list({(entry.type, entry.text): entry for _, entry in reversed([*entries(policy, Effect.ALLOW)])}.values())[::-1]


def _about(entry: Principal) -> list[Clause]:
    return [action_is(*ASSUME_ACTIONS), principals_clause(Principals((entry,), False, entry.route), certain=True)]


def _who(change: Change, entry: Principal) -> str:
    return change.settled.said(described(entry))


def _whole(case: Case) -> Place:
    """The principals of the only statement, else the policy."""
    statements = case.document.policy.statements
    principals = statements[0].principals if len(statements) == 1 else None
    return Place(case.document.route if principals is None else principals.route)


def _finding(case: Case, change: Change, words: str, place: Place, found: Witness | None, subject: str) -> Finding:
    role = f"`{case.document.address}`" if case.document.address else "this role"
    return case.finding(
        f"{role} {words}",
        place,
        confidence=Confidence.HIGH if change.sure else Confidence.MEDIUM,
        statement=found.statements[0] if found is not None else None,
        subject=change.settled.said(subject),
        witness=change.settled.requested(found.request) if found is not None else None,
    )
