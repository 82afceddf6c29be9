"""Is one role both for machines of this account, or for people from a provider, and for another account?"""

from __future__ import annotations

from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.policy.fixed import let_in
from iamlint.policy.principal import Form, described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement

_ACCOUNTS = (Form.ACCOUNT, Form.USER, Form.ROLE, Form.SESSION)
_OTHERS = (Form.SERVICE, Form.OIDC, Form.SAML)


def check(case: Case) -> Iterator[Finding]:
    """One finding when a service or provider and an account outside the zone both stand in the policy's Allows."""
    named = [*let_in(case.document.policy)]
    others = [(statement, entry) for statement, entry in named if entry.form in _OTHERS]
    outside = [(statement, entry) for statement, entry in named if _is_outside(case, entry)]
    if not others or not outside:
        return
    for statement, entry in others:
        for owner, account in outside:
            killed = _killed(case, (statement, entry), (owner, account))
            if killed is not None:
                yield _finding(case, statement, entry, account, killed=killed)
                return


def _is_outside(case: Case, entry: Principal) -> bool:
    return entry.form in _ACCOUNTS and bool(entry.account) and entry.account not in case.zone.inside


def _killed(case: Case, one: tuple[Statement, Principal], other: tuple[Statement, Principal]) -> bool | None:
    """False when both get in, True when only a condition that they share keeps one of them out; None when they are not mixed."""
    from iamlint.access.liveness import can_apply
    from iamlint.access.search.callers import named_by

    got_in = [case.access.meets((named_by(entry),)) is not None for _, entry in (one, other)]
    if all(got_in):
        return False
    if one[0] is not other[0] or not any(got_in):
        return None
    statement, entry = one if got_in[1] else other
    who = (named_by(entry),)
    return True if not can_apply(case.access, statement, who) and can_apply(case.access, statement, who, statement.conditions) else None


def _finding(case: Case, statement: Statement, entry: Principal, account: Principal, *, killed: bool) -> Finding:
    return case.finding(
        f"{described(entry)} and account {account.account} share one role",
        Place(entry.route),
        label="shares its role with another account",
        secondary=(Label(Place(account.route), "from outside"),),
        severity=Severity.MEDIUM if killed else None,
        statement=statement.index,
        subject=entry.text,
        fix=Fix(Safety.MANUAL, "make two roles, one for each"),
    )
