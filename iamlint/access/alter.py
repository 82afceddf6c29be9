"""What would a policy be with other statements, or a statement with other elements?

Questions about one service or one kind of resource are asked of a policy without what cannot matter to them, which keeps them small.
"""

from __future__ import annotations

from iamlint.policy.arn import arn_fields
from iamlint.policy.condition import Unknown
from iamlint.policy.pattern import Hole, has_hole, holes_filled, split
from iamlint.policy.statement import Patterns, Policy, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from iamlint.policy.condition import Condition

# What stands for a hole in the partition, the service, the region and the account of an ARN: one value, whichever it is.
_PLACES = ("", "aws", "", "us-east-1", "111122223333")


def with_statements(policy: Policy, statements: Iterable[Statement]) -> Policy:
    """`policy` with these statements for its own."""
    return Policy(policy.version, policy.id, tuple(statements), complete=policy.complete)


def joined(policies: Sequence[Policy]) -> Policy:
    """What several policies of one identity say together, their statements counted through; there is at least one."""
    statements = [statement for policy in policies for statement in policy.statements]
    counted = [_counted(index, statement) for index, statement in enumerate(statements)]
    version = next((policy.version for policy in policies if policy.variables), policies[0].version)
    return Policy(version, None, tuple(counted), complete=all(policy.complete for policy in policies))


def _counted(index: int, statement: Statement) -> Statement:
    return Statement(
        index,
        statement.effect,
        sid=statement.sid,
        principals=statement.principals,
        actions=statement.actions,
        resources=statement.resources,
        conditions=statement.conditions,
        route=statement.route,
    )


def with_elements(statement: Statement, *, actions: Patterns | None, resources: Patterns | None) -> Statement:
    """`statement` with these actions and resources for its own."""
    return Statement(
        statement.index,
        statement.effect,
        sid=statement.sid,
        principals=statement.principals,
        actions=actions,
        resources=resources,
        conditions=statement.conditions,
        route=statement.route,
    )


def with_conditions(statement: Statement, conditions: Iterable[Condition]) -> Statement:
    """`statement` with these conditions for its own."""
    return Statement(
        statement.index,
        statement.effect,
        sid=statement.sid,
        principals=statement.principals,
        actions=statement.actions,
        resources=statement.resources,
        conditions=tuple(conditions),
        route=statement.route,
    )


def with_values(patterns: Patterns, values: Iterable[str | Unknown]) -> Patterns:
    """`patterns` with these values for its own."""
    return Patterns(patterns.name, tuple(values), negated=patterns.negated, route=patterns.route, listed=True)


def placed(value: str | Unknown) -> str | Unknown:
    """`value` with something in place of holes that are the whole region, account or partition of an ARN; else as it is.

    What is allowed on all roles of an account that the source leaves open is allowed on all roles of some account, whichever it is.
    """
    found = _filled(value, None) if isinstance(value, str) and ("{" in value or "<" in value) else None
    return value if found is None else found


def named(value: str, name: Callable[[str], str]) -> str:
    """`value` with something in place of all holes: as by `placed`, and for what others say their `name`."""
    found = _filled(value, name)
    return value if found is None else found


def _filled(value: str, name: Callable[[str], str] | None) -> str | None:
    if not has_hole(value):
        return None
    fields = arn_fields(value)
    for position, field in enumerate(fields):
        if 0 < position < len(_PLACES) and _PLACES[position] and _is_hole(field):
            fields[position] = _PLACES[position]
        elif has_hole(field):
            if name is None:
                return None
            fields[position] = holes_filled(field, name)
    return ":".join(fields)


def _is_hole(field: str) -> bool:
    parts = split(field)
    return len(parts) == 1 and isinstance(parts[0], Hole)
