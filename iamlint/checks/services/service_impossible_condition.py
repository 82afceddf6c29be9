"""Does a condition ask of a service what its calls never carry?

A service that calls for itself is in no account and no organization, has no tags and no MFA, and calls from AWS's own addresses:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html.
"""

from __future__ import annotations

from iamlint.access.acting import services_of
from iamlint.finding import Confidence, Fix, Label, Safety
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import Presence, find_key, presence, split_claim
from iamlint.knowledge.services import calls_for_callers, sends_source_keys, sends_tags
from iamlint.knowledge.uses import source_key
from iamlint.policy.document import Kind
from iamlint.policy.principal import described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement

_INSTEAD = {
    "aws:principalorgid": "aws:SourceOrgID",
    "aws:principalorgpaths": "aws:SourceOrgPaths",
    "aws:principalaccount": "aws:SourceAccount",
    "aws:principalarn": "aws:SourceArn",
}
_ADDRESS = "aws:sourceip"
# Asked of services by rules of their own.
_ELSEWHERE = frozenset({"sts:externalid"})


def check(case: Case) -> Iterator[Finding]:
    """Each service that an Allow names and shuts out by such conditions."""
    for statement in case.document.policy.statements:
        for entry in services_of(statement) if statement.conditions else ():
            impossible = tuple([one for one in statement.conditions if _is_impossible(case, one, entry.name)])
            guilty = _guilty(case, statement, entry, impossible) if impossible else ()
            if guilty:
                yield _found(case, statement, entry, guilty)


def _is_impossible(case: Case, condition: Condition, service: str) -> bool:
    """Whether no call of the service carries the key, or an address of those that the condition names."""
    key = condition.key.lower()
    if key in _ELSEWHERE or (find_key(key) is None and split_claim(key) is None):
        return False
    if key.startswith("aws:principaltag/"):
        return not sends_tags(service)
    if key == _ADDRESS:
        from iamlint.access.sets.fixed_sets import fixed_addresses

        narrow = bool(fixed_addresses(case.document.policy, _ADDRESS).ranges)
        return narrow and not condition.operator.base.negated and not calls_for_callers(service)
    return presence(key, CallerKind.SERVICE, "sts:AssumeRole") is Presence.NEVER


def _guilty(case: Case, statement: Statement, entry: Principal, impossible: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions that shut the service out, its calls being what they are."""
    from iamlint.access.liveness import can_apply, hindrances
    from iamlint.access.search.callers import named_by
    from iamlint.access.search.question import key_absent

    space = case.access.space
    who = (named_by(entry), *[key_absent(space, key) for key in dict.fromkeys([one.key for one in impossible])])
    if can_apply(case.access, statement, who) or not can_apply(case.access, statement, who, impossible):
        return ()
    return tuple([one for one in hindrances(case.access, statement, who) if one in impossible])


def _found(case: Case, statement: Statement, entry: Principal, guilty: tuple[Condition, ...]) -> Finding:
    first = guilty[0]
    address = first.key.lower() == _ADDRESS
    why = "it calls from AWS's own addresses" if address else f"its calls never carry `{first.key}`"
    done = "assume the role" if case.document.kind is Kind.TRUST else "use the resource"
    return case.finding(
        f"{described(entry)} cannot {done}: {why}",
        Place(first.route, on_key=True),
        label="not an address of the service" if address else "never there",
        secondary=(
            Label(Place(entry.route), "shut out by it"),
            *[Label(Place(one.route, on_key=True), "nor is this") for one in guilty[1:]],
        ),
        confidence=Confidence.MEDIUM if address else Confidence.HIGH,
        statement=statement.index,
        subject=entry.text,
        fix=_fix(case, statement, entry, guilty),
        aws_codes=("UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",),
    )


def _fix(case: Case, statement: Statement, entry: Principal, guilty: tuple[Condition, ...]) -> Fix:
    """The key that says of the service's customer what this one says of a caller; it lets the service in."""
    from iamlint.text.edit import RenameKey

    instead = _INSTEAD.get(guilty[0].key.lower())
    if instead is None:
        return Fix(Safety.MANUAL, "take the condition out, or give the service a statement of its own")
    title = f"write `{instead}` for `{guilty[0].key}`"
    taken = any(one.key.lower() == instead.lower() for one in statement.conditions)
    alone = statement.principals is not None and statement.principals.entries == (entry,)
    trust = case.document.kind is Kind.TRUST
    sent = sends_source_keys(entry.name) == "documented" if trust else source_key(entry.name) == "aws:SourceAccount"
    sure = sent and instead != "aws:SourceArn"
    if not sure or taken or not alone or len(guilty) > 1 or case.document.embedded:
        return Fix(Safety.MANUAL, f"{title} where the service sends it")
    return Fix(Safety.UNSAFE, title, (RenameKey(Place(guilty[0].route, on_key=True), instead),))
