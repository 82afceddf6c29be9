"""May the holder of an identity policy read every secret, or all of a store of data?"""

from __future__ import annotations

from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.powers import Chain
    from iamlint.case import Case
    from iamlint.finding import Finding

_SECRETS = Powers(
    *("secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:GetParameterHistory"),
)
_BULK = Powers(
    *("s3:GetObject", "s3:GetObjectVersion", "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"),
    *("dynamodb:PartiQLSelect", "dynamodb:ExportTableToPointInTime", "rds-data:ExecuteStatement", "rds-data:BatchExecuteStatement"),
    "ebs:GetSnapshotBlock",
)
ACTIONS = _SECRETS.actions | _BULK.actions
_STORED = {
    "secretsmanager": "every secret",
    "ssm": "every parameter",
    "s3": "every object",
    "dynamodb": "every table",
    "rds-data": "every database",
    "ebs": "every snapshot",
}
_LOWER = {Severity.HIGH: Severity.MEDIUM, Severity.MEDIUM: Severity.LOW}


def check(case: Case) -> Iterator[Finding]:
    """One finding about secrets, and one about data in bulk."""
    for powers, severity in (
        (_SECRETS, Severity.HIGH),
        (_BULK, Severity.MEDIUM),
    ):
        chains = powers.held(case.access)
        if chains:
            yield case.granting(
                f"the holder can read {_what(chains)}, with {listed(chains)}",
                chains[0],
                label="reads what is stored",
                severity=_LOWER[severity] if _is_bound(chains[0]) else severity,
                fix=Fix(Safety.MANUAL, "name in `Resource` what the holder needs"),
            )


def _what(chains: list[Chain]) -> str:
    """What is read, in words."""
    services = dict.fromkeys([chain[0].action.partition(":")[0] for chain in chains])
    *others, last = [_STORED[service] for service in services]
    return f"{', '.join(others)} and {last}" if others else last


def _is_bound(chain: Chain) -> bool:
    """Whether a condition bounds it, though not to anything that somebody named."""
    return any(permit.statement.conditions for permit in chain)
