"""Which services does an Allow name, and which of its conditions ask for whose resources they act?"""

from __future__ import annotations

from iamlint.policy.principal import Form

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.condition import Condition
    from iamlint.policy.principal import Principal
    from iamlint.policy.statement import Statement

ACCOUNT, ARN = "aws:sourceaccount", "aws:sourcearn"
SOURCE_KEYS = frozenset({ACCOUNT, ARN, "aws:sourceorgid", "aws:sourceorgpaths"})
"""The keys that say for whose resource a service acts."""


def services_of(statement: Statement) -> tuple[Principal, ...]:
    """The services that an Allow names."""
    principals = statement.principals
    if principals is None or principals.negated or statement.denies:
        return ()
    return tuple([entry for entry in principals.entries if entry.form is Form.SERVICE])


def source_conditions(statement: Statement) -> tuple[Condition, ...]:
    """The conditions of a statement on the resource that a service acts for."""
    return tuple([condition for condition in statement.conditions if condition.key.lower() in SOURCE_KEYS])
