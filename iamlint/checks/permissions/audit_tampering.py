"""May the holder of an identity policy switch off what records its calls?"""

from __future__ import annotations

from iamlint.access.powers import Powers, listed
from iamlint.finding import Fix, Safety, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# What ends a record, or sends it elsewhere, or no longer looks at it: https://attack.mitre.org/techniques/T1562/008/
_RECORDS = Powers(
    *("cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "cloudtrail:UpdateTrail", "cloudtrail:PutEventSelectors"),
    *("cloudtrail:DeleteEventDataStore", "cloudtrail:StopEventDataStoreIngestion"),
    *("guardduty:DeleteDetector", "guardduty:UpdateDetector"),
    *("guardduty:DisassociateFromAdministratorAccount", "guardduty:DisassociateFromMasterAccount"),
    *("config:StopConfigurationRecorder", "config:DeleteConfigurationRecorder", "config:DeleteDeliveryChannel"),
    *("securityhub:DisableSecurityHub", "securityhub:BatchDisableStandards", "securityhub:DisassociateFromAdministratorAccount"),
)
_LOGS = Powers("logs:DeleteLogGroup")
ACTIONS = _RECORDS.actions | _LOGS.actions


def check(case: Case) -> Iterator[Finding]:
    """A finding for what watches the account, and one for log groups, among which the trail's may be."""
    for powers, severity, what in (
        (_RECORDS, Severity.HIGH, "the holder can switch off what watches the account"),
        (_LOGS, Severity.MEDIUM, "the holder can delete every log group"),
    ):
        chains = powers.held(case.access)
        if chains:
            yield case.granting(
                f"{what}: {listed(chains)}",
                chains[0],
                label="nobody sees what comes after",
                severity=severity,
                fix=Fix(Safety.MANUAL, "leave it to the role that runs the records, and deny it to all others"),
            )
