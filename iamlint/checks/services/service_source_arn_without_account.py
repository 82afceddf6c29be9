"""Is the resource that a service acts for known by an ARN that says no account?"""

from __future__ import annotations

from iamlint.access.acting import ARN, services_of, source_conditions
from iamlint.access.sources import assumed_by, for_nameless, used_by
from iamlint.finding import Fix, Label, Safety
from iamlint.knowledge.uses import uses
from iamlint.policy.arn import arn_fields
from iamlint.policy.document import Kind
from iamlint.policy.principal import described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """The first such ARN of each Allow for a service that nothing else ties to an account."""
    trust = case.document.kind is Kind.TRUST
    for statement in case.document.policy.statements:
        services = services_of(statement) if trust else tuple([entry for entry in services_of(statement) if uses(entry.name)])
        found = next((place for one in source_conditions(statement) if (place := _bucket(one)) is not None), None) if services else None
        if found is None:
            continue
        who = assumed_by(services) if trust else used_by(services, [action for entry in services for action in uses(entry.name)])
        question = (*who, *for_nameless(case.access.space, case.document.policy))
        witness = case.access.meets(question, statements=(statement.index,))
        if witness is not None:
            condition, position = found
            thing = "role" if trust else "resource"
            yield case.finding(
                f"{described(services[0])} can use the {thing} for whoever has the bucket: `{condition.values[position]}` says no account",
                Place(condition.value_route(position)),
                label="another account can have it once the bucket is deleted",
                secondary=(Label(Place(services[0].route), "acts for it"),),
                statement=statement.index,
                subject=condition.key,
                witness=witness.request.as_written(),
                fix=_fix(case, statement),
            )


def _bucket(condition: Condition) -> tuple[Condition, int] | None:
    """The first value that is the ARN of a bucket, or of buckets of a name."""
    if condition.key.lower() != ARN or condition.operator.base.negated:
        return None
    for position, value in enumerate(condition.values):
        parts = arn_fields(value) if isinstance(value, str) else []
        if len(parts) == 6 and parts[2] == "s3" and not parts[4]:
            return condition, position
    return None


def _fix(case: Case, statement: Statement) -> Fix:
    """The account beside the ARN; the bucket may be in another one."""
    from iamlint.policy.rewrite import value_at
    from iamlint.text.edit import AddMember
    from iamlint.text.tree import Mapping

    title = "require `aws:SourceAccount` with `StringEquals` to be the bucket's account"
    route = statement.conditions[0].operator_route[:-1]
    block = value_at(case.document.tree.root, route)
    if len(case.zone.accounts) != 1 or case.document.embedded or not isinstance(block, Mapping):
        return Fix(Safety.MANUAL, title)
    if any(name.lower() == "stringequals" for name, _ in block):
        return Fix(Safety.MANUAL, title)
    own = Mapping((("aws:SourceAccount", next(iter(case.zone.accounts))),))
    return Fix(Safety.UNSAFE, title, (AddMember(Place(route), "StringEquals", own),))
