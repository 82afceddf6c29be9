"""May the holder of an identity policy decrypt with every key, or let others do so?"""

from __future__ import annotations

from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# A grant lets others decrypt: https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
_DECRYPTS = Powers("kms:Decrypt", "kms:ReEncryptFrom", "kms:CreateGrant")
ACTIONS = _DECRYPTS.actions


def check(case: Case) -> Iterator[Finding]:
    """One finding for the policy: high where no condition bounds what is decrypted."""
    chains = _DECRYPTS.held(case.access)
    if chains:
        bound = any(permit.statement.conditions for permit in chains[0])
        yield case.granting(
            f"the holder can decrypt with every KMS key that leaves it to IAM, with {listed(chains)}",
            chains[0],
            label="with any key",
            severity=Severity.MEDIUM if bound else Severity.HIGH,
            fix=Fix(Safety.MANUAL, "name the keys in `Resource`, or ask for the service that decrypts with `kms:ViaService`"),
        )
