"""Does a role trust a role of IAM Identity Center by a name that does not last?

https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html.
"""

from __future__ import annotations

import re

from iamlint.access.fixed import entries
from iamlint.finding import Fix, Safety
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

_PINNED = re.compile(r"AWSReservedSSO_([\w+=,.@-]{1,32})_[0-9a-f]{16}\Z")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such role that an Allow names."""
    for statement, entry in entries(case.document.policy, Effect.ALLOW):
        found = _PINNED.search(entry.name) if entry.form in (Form.ROLE, Form.SESSION) else None
        if found is not None:
            pattern = f"arn:{entry.partition}:iam::{entry.account}:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_{found[1]}_*"
            yield case.finding(
                f"the role of permission set `{found[1]}` has another name when it is made again",
                Place(entry.route),
                label="ends in digits of its own",
                statement=statement.index,
                subject=entry.text,
                fix=Fix(Safety.MANUAL, f"trust the account, with `ArnLike` on `aws:PrincipalArn`: `{pattern}`"),
            )
