"""May a service use the role for the resources of an account that is not ours?"""

from __future__ import annotations

from iamlint.access.acting import ACCOUNT, ARN, services_of, source_conditions
from iamlint.access.search.question import key_elsewhere, key_is
from iamlint.access.sets.glob import wildcard
from iamlint.access.sets.value_sets import TextSet
from iamlint.access.sources import assumed_by
from iamlint.finding import Fix, Label, Safety
from iamlint.policy.fixed import account_of
from iamlint.policy.principal import described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """Each other account that an Allow names, once."""
    if not case.zone.accounts:
        return
    for statement in case.document.policy.statements:
        services = services_of(statement)
        seen: set[str] = set()
        for condition in source_conditions(statement) if services else ():
            for position, value in enumerate(condition.values):
                account = _stranger(case, condition, value) if isinstance(value, str) else ""
                if account and account not in seen and _gets_in(case, statement, condition, str(value)):
                    seen.add(account)
                    yield _found(case, statement, condition, position, account)


def _stranger(case: Case, condition: Condition, value: str) -> str:
    """The account that a value names, when it is neither ours nor AWS's."""
    from iamlint.knowledge.vendors import vendor_of

    if condition.operator.base.negated or condition.key.lower() not in (ACCOUNT, ARN):
        return ""
    account = account_of(value)
    vendor = vendor_of(account) if account else None
    return "" if account in case.zone.inside or (vendor is not None and vendor.aws) else account


def _gets_in(case: Case, statement: Statement, condition: Condition, value: str) -> bool:
    """Whether the service can say so, and nothing else shows that the resource is one of our organization."""
    space, policy = case.access.space, case.document.policy
    question: list[Clause] = [*assumed_by(services_of(statement)), key_is(space, condition.key, TextSet((wildcard(value),)))]
    question += [key_elsewhere(space, policy, key) for key in ("aws:SourceOrgID", "aws:SourceOrgPaths")]
    return case.access.meets(question, statements=(statement.index,)) is not None


def _found(case: Case, statement: Statement, condition: Condition, position: int, account: str) -> Finding:
    service = services_of(statement)[0]
    return case.finding(
        f"{described(service)} can use the role for resources of account {account}, which is not one of yours",
        Place(condition.value_route(position)),
        label="another account",
        secondary=(Label(Place(service.route), "acts for it"),),
        statement=statement.index,
        subject=account,
        fix=Fix(Safety.MANUAL, f"write your own account id, or list the account with `--trusted-account {account}`"),
    )
