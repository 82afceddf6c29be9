"""Does a pattern of subjects run on from the name of a project into the names of its siblings?"""

from __future__ import annotations

from iamlint.access.search.question import caller_is, key_elsewhere, key_is, provider_is
from iamlint.access.sets.glob import exact, wildcard
from iamlint.access.sets.value_sets import TextSet
from iamlint.finding import Fix, Label, Safety
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.issuers import Tenancy, find_issuer
from iamlint.knowledge.nouns import nouns
from iamlint.knowledge.subjects import split
from iamlint.policy.fixed import keys_of
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import Form
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.knowledge.issuers import Issuer
    from iamlint.policy.condition import Condition
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement

# What people end the common part of several names with.
_DELIMITERS = "/:@|-_."
_SIBLING = "-x"


def check(case: Case) -> Iterator[Finding]:
    """One finding for each pattern that also lets in projects whose names begin with that of the one it names."""
    for statement in case.document.policy.statements:
        if statement.denies or statement.principals is None or statement.principals.negated:
            continue
        for entry in statement.principals.entries:
            issuer = find_issuer(entry.name) if entry.form is Form.OIDC and entry.name else None
            # The rules on clusters tell of service accounts.
            if issuer is not None and issuer.tenancy is not Tenancy.EKS:
                yield from _of_provider(case, statement, entry, issuer)


def _of_provider(case: Case, statement: Statement, entry: Principal, issuer: Issuer) -> Iterator[Finding]:
    claims = {issuer.key(claim).lower(): claim for claim in issuer.shapes}
    for condition in statement.conditions:
        claim, operator = claims.get(condition.key.lower()), condition.operator.base
        if claim is None or operator.negated or operator.positive != "StringLike":
            continue
        for n, value in enumerate(condition.values):
            at = _end_of_name(issuer.shapes[claim], value) if isinstance(value, str) else 0
            if at:
                yield from _of_pattern(case, statement, entry, issuer, condition, n, str(value), at)


def _end_of_name(shapes: tuple[str, ...], pattern: str) -> int:
    """Where in `pattern` a wildcard stands right behind the name of a project, whose tenant is written out; 0 for nowhere."""
    if "*" not in pattern:
        return 0
    start = 0
    for segment in split(shapes, pattern):
        start = pattern.find(segment.text, start)
        name, last = segment.text[:-1], segment.text[-1:]
        if segment.level == "tenant" and not segment.fixed:
            return 0
        if segment.level == "project" and last == "*" and name and "*" not in name and "?" not in name:
            end = start + len(name)
            return 0 if name[-1] in _DELIMITERS or has_hole(pattern[:end]) else end
        start += len(segment.text)
    return 0


def _of_pattern(
    case: Case, statement: Statement, entry: Principal, issuer: Issuer, condition: Condition, n: int, pattern: str, at: int
) -> Iterator[Finding]:
    space, policy = case.access.space, case.document.policy
    sibling = f"{pattern[:at]}{_SIBLING}"
    tail = _tail(issuer, pattern[:at]) if _names_subject(issuer, condition.key.lower()) else ""
    siblings = [TextSet((exact(sibling + tail),)), TextSet((wildcard(sibling + pattern[at:]),))]
    pins = {issuer.key(claim).lower() for claim in issuer.tenant_claims if claim not in issuer.tenant_only} - {condition.key.lower()}
    question = [
        *(caller_is(CallerKind.WEB_IDENTITY), provider_is(entry.text)),
        *[key_elsewhere(space, policy, key) for key in sorted(pins & keys_of(policy)) if not _names_subject(issuer, key)],
    ]
    asked = ([*question, key_is(space, condition.key, values)] for values in siblings)
    witness = next(filter(None, (case.access.meets(one, statements=(statement.index,)) for one in asked)), None)
    if witness is None:
        return
    project = nouns(issuer).project
    yield case.finding(
        f"`{pattern}` also fits the {project} `{_name(pattern[:at])}{_SIBLING}`, and any other whose name begins so",
        Place(condition.value_route(n)),
        label=f"runs on behind the name of the {project}",
        secondary=(Label(Place(entry.route), "issues the tokens"),),
        statement=statement.index,
        subject=pattern,
        witness=witness.request,
        fix=Fix(Safety.MANUAL, f"end the name with what follows it in a token, such as `{issuer.template or pattern}`"),
    )


def _tail(issuer: Issuer, beginning: str) -> str:
    """What follows in a good subject where `beginning` ends."""
    template, at = issuer.template, 0
    for part in issuer.split(template)[: len(issuer.split(beginning))]:
        at = template.find(part.text, at) + len(part.text)
    return template[at:]


def _names_subject(issuer: Issuer, key: str) -> bool:
    """Whether the key is the subject, which the question asks about already or which has patterns of its own."""
    return key == issuer.key(issuer.subject_claim).lower()


def _name(beginning: str) -> str:
    """The name at the end of what comes before a wildcard."""
    for delimiter in "/:@|":
        beginning = beginning.rpartition(delimiter)[2]
    return beginning
