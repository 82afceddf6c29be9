"""Does a condition ask for a claim that STS makes no condition key of?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif and
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html.
"""

from __future__ import annotations

from iamlint.access.federation import stray_claims
from iamlint.access.search.question import caller_is, fresh_values, key_is, provider_is
from iamlint.finding import Confidence, Fix, Label, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.issuers import find_issuer
from iamlint.knowledge.keys import Presence, presence, split_claim
from iamlint.policy.fixed import keys_of
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import Form
from iamlint.policy.requires import holds_without_key
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.knowledge.issuers import Issuer
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_ACTION = "sts:assumerolewithwebidentity"


def check(case: Case) -> Iterator[Finding]:
    """One finding for each claim that a statement tests and that no request has."""
    for statement in case.document.policy.statements:
        by_key: dict[str, list[Condition]] = {}
        for condition in statement.conditions:
            parted = split_claim(condition.key)
            if parted is not None and not has_hole(condition.key) and not find_issuer(parted[0]).exposes(parted[1]):
                by_key.setdefault(condition.key.lower(), []).append(condition)
        # Another rule tells of claims that are not the trusted issuer's at all.
        others = {stray.condition.key.lower() for stray in stray_claims(statement)} if by_key else ()
        for key, conditions in by_key.items():
            if key not in others:
                yield _found(case, statement, conditions)


def _found(case: Case, statement: Statement, conditions: Sequence[Condition]) -> Finding:
    key = conditions[0].key
    host, claim = key.partition(":")[::2]
    issuer = find_issuer(host)
    # Of an issuer that AWS does not list, a token may yet have more than is documented.
    sure = presence(key, CallerKind.WEB_IDENTITY, _ACTION) is Presence.NEVER
    passing = all(holds_without_key(condition) for condition in conditions)
    return case.finding(
        f"STS makes no condition key of the claim `{claim}` of `{host}`: {_outcome(statement, passing)}",
        Place(conditions[0].route, on_key=True),
        label="never in a request" if sure else "documented nowhere",
        secondary=tuple([Label(Place(condition.route, on_key=True), "as well") for condition in conditions[1:]]),
        severity=_severity(case, statement, issuer, passing) if sure else Severity.INFO,
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
        statement=statement.index,
        subject=key,
        fix=Fix(Safety.MANUAL, _help(issuer, host, claim)),
    )


def _outcome(statement: Statement, passing: bool) -> str:
    if statement.denies:
        return "the Deny is for everybody" if passing else "the Deny stops nobody"
    return "the condition stops nobody" if passing else "the condition is never fulfilled"


def _severity(case: Case, statement: Statement, issuer: Issuer, passing: bool) -> Severity:
    """High where it lets in more than was meant: an Allow that asks nothing else of whose token it is, or a Deny that is none."""
    if passing is statement.denies:
        return Severity.MEDIUM
    return Severity.HIGH if _lets_anybody_in(case, statement, issuer) else Severity.MEDIUM


def _lets_anybody_in(case: Case, statement: Statement, issuer: Issuer) -> bool:
    """Whether the policy allows a token that says nothing of itself but what nobody wrote down."""
    entries = statement.principals.entries if statement.principals is not None else ()
    providers = [entry.text for entry in entries if entry.form is Form.OIDC]
    if statement.denies or not providers:
        return statement.denies
    space, tested = case.access.space, keys_of(case.document.policy)
    keys = [issuer.key(claim).lower() for claim in dict.fromkeys((issuer.subject_claim, *issuer.tenant_claims, *issuer.abusable_claims))]
    strangers = [key_is(space, key, fresh_values(), absent=True) for key in keys if key in tested]
    question = [caller_is(CallerKind.WEB_IDENTITY), provider_is(*providers), *strangers]
    return case.access.meets(question, statements=(statement.index,)) is not None


def _help(issuer: Issuer, host: str, claim: str) -> str:
    """The claim that says nearly the same; else the one that can say most."""
    name = claim.lower()
    alike = next((near for near in (f"{name}_id", f"{name.rpartition('_')[0]}_id") if issuer.exposes(near)), None)
    if alike is None:
        from difflib import get_close_matches

        alike = next(iter(get_close_matches(name, sorted(issuer.claims), n=1, cutoff=0.85)), None)
    if alike is not None:
        return f"test `{host}:{alike}` in its place"
    return f"take it out, or ask for the same in `{host}:{issuer.subject_claim}`"
