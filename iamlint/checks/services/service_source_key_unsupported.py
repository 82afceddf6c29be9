"""Must a service say for whose resource it acts, although it is known not to?"""

from __future__ import annotations

from iamlint.access.acting import services_of, source_conditions
from iamlint.access.liveness import can_apply, hindrances
from iamlint.access.search.callers import named_by
from iamlint.access.search.question import key_absent
from iamlint.finding import Confidence, Fix, Label, Safety
from iamlint.knowledge.services import sends_source_keys
from iamlint.policy.principal import described
from iamlint.policy.removal import without
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """Each such service that the conditions of an Allow shut out."""
    for statement in case.document.policy.statements:
        asking = source_conditions(statement)
        for entry in services_of(statement) if asking else ():
            if sends_source_keys(entry.name) == "reported-not-sent":
                yield from _shut_out(case, statement, entry, asking)


def _shut_out(case: Case, statement: Statement, entry: Principal, asking: tuple[Condition, ...]) -> Iterator[Finding]:
    space = case.access.space
    who = (named_by(entry), *[key_absent(space, key) for key in dict.fromkeys([one.key for one in asking])])
    if can_apply(case.access, statement, who) or not can_apply(case.access, statement, who, asking):
        return
    guilty = tuple([one for one in hindrances(case.access, statement, who) if one in asking])
    alone = statement.principals is not None and len(statement.principals.entries) == 1
    changes = without(case.document, statement, guilty) if alone else ()
    yield case.finding(
        f"{described(entry)} cannot assume the role: it is reported not to send `{guilty[0].key}`",
        Place(guilty[0].route, on_key=True),
        label="not sent",
        secondary=(Label(Place(entry.route), "shut out by it"),),
        confidence=Confidence.MEDIUM,
        statement=statement.index,
        subject=entry.text,
        fix=Fix(Safety.UNSAFE if changes else Safety.MANUAL, "take the condition out", changes),
        aws_codes=("UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",),
    )
