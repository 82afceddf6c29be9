"""Does a condition ask for a claim of another issuer than the one that the statement trusts?"""

from __future__ import annotations

from iamlint.access.federation import same_address, stray_claims, trusted_issuers
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.federation import StrayClaim
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """One finding for each issuer that a statement asks of and does not trust."""
    for statement in case.document.policy.statements:
        if statement.allows:
            by_prefix: dict[str, list[StrayClaim]] = {}
            for stray in stray_claims(statement):
                by_prefix.setdefault(stray.prefix.lower(), []).append(stray)
            for strays in by_prefix.values():
                yield _found(case, statement, strays)


def _found(case: Case, statement: Statement, strays: Sequence[StrayClaim]) -> Finding:
    first, others = strays[0], strays[1:]
    issuers = trusted_issuers(statement)
    near = next((issuer for issuer in issuers if same_address(issuer, first.prefix)), issuers[0])
    passing = all(stray.passes for stray in stray_claims(statement))
    outcome = "the condition stops nobody" if passing else "the condition is never fulfilled"
    principals = statement.principals.entries if statement.principals is not None else ()
    return case.finding(
        f"no token of `{near}` has `{first.condition.key}`: {outcome}",
        Place(first.condition.route, on_key=True),
        label="written otherwise than in the ARN" if same_address(near, first.prefix) else "of another issuer",
        secondary=(
            *[Label(Place(stray.condition.route, on_key=True), "as well") for stray in others],
            *[Label(Place(entry.route), "issues the tokens") for entry in principals if entry.name == near],
        ),
        severity=Severity.HIGH if passing else Severity.MEDIUM,
        statement=statement.index,
        subject=first.prefix,
        fix=_fix(case, statement, strays, near),
    )


def _fix(case: Case, statement: Statement, strays: Sequence[StrayClaim], issuer: str) -> Fix:
    """The keys with the issuer's address. That takes from who gets in where the conditions held anyway, and else lets somebody in."""
    from iamlint.text.edit import RenameKey

    title = f"write `{issuer}:{strays[0].claim}` for `{strays[0].condition.key}`"
    taken = {(condition.operator_route, condition.key.lower()) for condition in statement.conditions}
    names = [(stray.condition, f"{issuer}:{stray.claim}") for stray in strays]
    if case.document.embedded or any((condition.operator_route, name.lower()) in taken for condition, name in names):
        return Fix(Safety.MANUAL, title)
    alike = same_address(issuer, strays[0].prefix)
    safe = alike and all(stray.passes for stray in strays)
    if not alike and len(trusted_issuers(statement)) > 1:
        return Fix(Safety.MANUAL, "take the condition out, or trust its issuer in a statement of its own")
    changes = tuple([RenameKey(Place(condition.route, on_key=True), name) for condition, name in names])
    return Fix(Safety.SAFE if safe else Safety.UNSAFE, title, changes)
