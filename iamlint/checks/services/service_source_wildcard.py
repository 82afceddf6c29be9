"""Does a condition on the resource that a service acts for fit the resources of every account?"""

from __future__ import annotations

from iamlint.access.acting import ARN, services_of, source_conditions
from iamlint.access.sets.fits import fits
from iamlint.access.sources import assumed_by, for_strangers
from iamlint.finding import Fix, Label, Safety
from iamlint.policy.arn import arn_fields
from iamlint.policy.codes import VARIABLE, WILDCARD, compares_keys
from iamlint.policy.fixed import pins
from iamlint.policy.principal import described
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.evaluation.request import Request
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement


def check(case: Case) -> Iterator[Finding]:
    """Each Allow whose conditions on the source let a service act for strangers."""
    for statement in case.document.policy.statements:
        asking, services = source_conditions(statement), services_of(statement)
        if not asking or not services or any(map(pins, asking)):
            continue
        question = (*assumed_by(services), *for_strangers(case.access.space, case.document.policy))
        witness = case.access.meets(question, statements=(statement.index,))
        if witness is not None:
            yield _found(case, statement, asking, witness.request)


def _found(case: Case, statement: Statement, asking: tuple[Condition, ...], request: Request) -> Finding:
    condition, position = next((found for one in asking if (found := _fitting(one, request))[1] is not None), (asking[0], None))
    services = services_of(statement)
    names = " and ".join([described(entry) for entry in services[:2]]) + (" and others" if len(services) > 2 else "")
    return case.finding(
        f"{names} can use the role for resources of other accounts: {_why(condition, position)}",
        Place(condition.route if position is None else condition.value_route(position)),
        label="whose resource it is does not matter",
        secondary=(Label(Place(services[0].route), "acts for them"),),
        statement=statement.index,
        subject=condition.key,
        witness=request,
        fix=_fix(case, condition, position),
        aws_codes=_codes(condition, position),
    )


def _codes(condition: Condition, position: int | None) -> tuple[str, ...]:
    if position is not None:
        return (WILDCARD,)
    return (VARIABLE,) if compares_keys(condition) else ()


def _fitting(condition: Condition, request: Request) -> tuple[Condition, int | None]:
    """The condition, with the position of the value that the request's fits."""
    said = request.value(condition.key.lower())
    if condition.operator.base.negated or condition.operator.is_null or not isinstance(said, str):
        return condition, None
    fitting = [n for n, value in enumerate(condition.values) if isinstance(value, str) and fits(value, said)]
    return condition, fitting[0] if fitting else None


def _why(condition: Condition, position: int | None) -> str:
    if position is not None:
        return f"`{condition.values[position]}` fits them too"
    if condition.operator.base.negated:
        return f"`{condition.operator.text}` keeps out only what it lists"
    return f"`{condition.operator.text}` does not ask whose they are"


def _fix(case: Case, condition: Condition, position: int | None) -> Fix:
    """Our account in the ARN; whoever wrote the wildcard may have meant several accounts."""
    from iamlint.text.edit import SetValue

    value = condition.values[position] if position is not None else None
    parts = arn_fields(value) if isinstance(value, str) and condition.key.lower() == ARN else []
    if position is None or len(parts) != 6 or parts[4] != "*":
        return Fix(Safety.MANUAL, "require `aws:SourceAccount` with `StringEquals` to be your account id")
    if len(case.zone.accounts) != 1 or case.document.embedded:
        return Fix(Safety.MANUAL, "write your account id in the fifth field of the ARN")
    own = ":".join([*parts[:4], *case.zone.accounts, parts[5]])
    return Fix(Safety.UNSAFE, f"write `{own}`", (SetValue(Place(condition.value_route(position)), own),))
