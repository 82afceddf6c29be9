"""Does a role trust an OIDC issuer of which nothing is known, or one that is spelled almost like a known one?"""

from __future__ import annotations

from iamlint.finding import Confidence, Fix, Safety, Severity
from iamlint.knowledge.issuers import is_known, issuer_of, known_alike, normalize_host
from iamlint.policy.fixed import entries
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such issuer, once; those at which the settings name tenants are known to be ours."""
    ours = {normalize_host(host) for host in case.zone.tenants}
    told: set[str] = set()
    for statement, entry in entries(case.document.policy, Effect.ALLOW):
        issuer = issuer_of(entry.text) if entry.form is Form.OIDC and not has_hole(entry.text) else None
        if issuer is None or is_known(issuer) or normalize_host(issuer.host) in ours or issuer.host in told:
            continue
        told.add(issuer.host)
        alike = known_alike(issuer.host)
        yield _slip(case, statement, entry, alike) if alike else _unknown(case, statement, entry)


def _slip(case: Case, statement: Statement, entry: Principal, alike: str) -> Finding:
    return case.finding(
        f"`{entry.name}` is not `{alike}`, but spelled almost like it: whoever has that address says who can assume the role",
        Place(entry.route),
        label="another issuer",
        severity=Severity.MEDIUM,
        confidence=Confidence.MEDIUM,
        statement=statement.index,
        subject=entry.name,
        fix=Fix(Safety.MANUAL, f"write `{alike}`, here, in the conditions and in the identity provider"),
    )


def _unknown(case: Case, statement: Statement, entry: Principal) -> Finding:
    return case.finding(
        f"nothing is known of the issuer `{entry.name}`: whom its subjects and other claims stand for is not checked",
        Place(entry.route),
        label="taken for your own",
        statement=statement.index,
        subject=entry.name,
        fix=Fix(Safety.MANUAL, f'name it in the settings when it is yours: `[own-tenants]` with `"{entry.name}" = [...]`'),
    )
