"""Is an external id asked of who never sends one?

A service or an identity provider has no external id to send, but for the few services that document one (see `knowledge.services`).
"""

from __future__ import annotations

from iamlint.access.liveness import can_apply
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.policy.principal import Form, described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement

_HELP = {
    Form.SERVICE: "take the condition out, and use `aws:SourceAccount` where the service sends it",
    Form.OIDC: "take the condition out, and test the provider's `sub` and `aud` instead",
    Form.SAML: "take the condition out, and test `SAML:aud` instead",
}


def check(case: Case) -> Iterator[Finding]:
    """Each service and identity provider that an Allow shuts out by a condition on `sts:ExternalId`."""
    for statement in case.document.policy.statements:
        asking = tuple([condition for condition in statement.conditions if condition.key.lower() == "sts:externalid"])
        if not asking or statement.denies or statement.principals is None or statement.principals.negated:
            continue
        shut_out = {entry: severity for entry in statement.principals.entries if (severity := _severity(case, statement, entry, asking))}
        if not shut_out:
            continue
        from iamlint.policy.removal import without

        for entry, severity in shut_out.items():
            alone = len(shut_out) == len(statement.principals.entries)
            changes = without(case.document, statement, asking) if alone and severity is case.severity else ()
            yield case.finding(
                _message(entry, severity),
                Place(asking[0].route, on_key=True),
                label="never there" if severity is case.severity else "not known to be there",
                secondary=(Label(Place(entry.route), "shut out by it"),),
                severity=severity,
                statement=statement.index,
                subject=entry.text,
                fix=Fix(Safety.UNSAFE if changes else Safety.MANUAL, _HELP[entry.form], changes),
            )


def _message(entry: Principal, severity: Severity) -> str:
    if severity is Severity.INFO:
        return f"{described(entry)} can only use this statement with an external id, and is not known to send one"
    return f"{described(entry)} can never use this statement: it sends no external id"


def _severity(case: Case, statement: Statement, entry: Principal, asking: tuple[Condition, ...]) -> Severity | None:
    """How bad it is that the conditions shut the principal out; None when they do not."""
    if entry.form not in _HELP:
        return None
    from iamlint.access.search.callers import named_by
    from iamlint.access.search.question import key_absent
    from iamlint.knowledge.services import sends_external_id

    who = named_by(entry)
    if not can_apply(case.access, statement, (who,), asking):
        return None
    if not can_apply(case.access, statement, (who,)):
        return case.severity
    unknown = entry.form is Form.SERVICE and sends_external_id(entry.name) is None
    without_one = (who, key_absent(case.access.space, "sts:ExternalId"))
    return Severity.INFO if unknown and not can_apply(case.access, statement, without_one) else None
