"""Is there a role that nobody has used for a long time?

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage_delete.html: IAM tells when each role was last used, of the last 400 days.
"""

from __future__ import annotations

from iamlint.access.outside import lets_in_outsiders
from iamlint.access.sets.values import instant
from iamlint.finding import Fix, Safety, Severity
from iamlint.policy.owner import fact, role_of
from iamlint.text.tree import Mapping, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.document import Document

_DAY = 86400
_LONG = 90
_REMEMBERED = 400
# What marks a role that is for emergencies, which nobody hopes to use.
_EMERGENCY = ("breakglass", "emergency")


def check(case: Case) -> Iterator[Finding]:
    """A finding for a role that was not used in the last 90 days, though it was there."""
    role, used, made = role_of(case.document), fact(case.document, "RoleLastUsed"), fact(case.document, "CreateDate")
    if role is None or used is None or role[5].startswith("role/aws-service-role/") or _is_for_emergencies(case.document):
        return
    route, last = used
    date = last.get("LastUsedDate") if isinstance(last, Mapping) else None
    if date is None and _is_listed(case.document):
        return
    text = date if date is not None else made[1] if made is not None else None
    moment = instant(text) if isinstance(text, str) else None
    days = int((case.now - float(moment)) // _DAY) if moment is not None else 0
    if days <= _LONG:
        return
    name = role[5].removeprefix("role/")
    yield case.finding(
        f"`{name}` was last used {days} days ago"
        if date is not None
        else f"`{name}` was not used in the last {min(days, _REMEMBERED)} days",
        Place(route),
        label="by nobody since",
        severity=Severity.MEDIUM if lets_in_outsiders(case.access, case.zone.inside) else None,
        subject="used",
        fix=Fix(Safety.MANUAL, "delete it, or let nobody in, and see whether somebody misses it"),
    )


def _is_listed(document: Document) -> bool:
    """Whether the source is a list of roles, which leaves the date out: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html"""
    root = document.tree.root
    return isinstance(root, Mapping) and root.index("Roles") is not None


def _is_for_emergencies(document: Document) -> bool:
    tags = fact(document, "Tags")
    for tag in tags[1] if tags is not None and isinstance(tags[1], tuple) else ():
        for text in (tag.get("Key"), tag.get("Value")) if isinstance(tag, Mapping) else ():
            if isinstance(text, str) and any(word in text.lower().replace("-", "").replace("_", "") for word in _EMERGENCY):
                return True
    return False
