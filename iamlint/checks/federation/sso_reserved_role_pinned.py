"""Does a role trust a role of IAM Identity Center by a name that does not last?

https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html.
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.fixed import entries
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

_BEGINNING = "AWSReservedSSO_"
_DIGITS = frozenset("0123456789abcdef")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such role that an Allow names."""
    for statement, entry in entries(case.document.policy, Effect.ALLOW):
        name = _permission_set(entry.name) if entry.form in (Form.ROLE, Form.SESSION) else ""
        if name:
            pattern = f"arn:{entry.partition}:iam::{entry.account}:role/aws-reserved/sso.amazonaws.com*/{_BEGINNING}{name}_*"
            yield case.finding(
                f"the role of permission set `{name}` has another name when it is made again",
                Place(entry.route),
                label="ends in digits of its own",
                statement=statement.index,
                subject=entry.text,
                fix=Fix(Safety.MANUAL, f"trust the account, with `ArnLike` on `aws:PrincipalArn`: `{pattern}`"),
            )


def _permission_set(role: str) -> str:
    """Whose role it is: what stands between the beginning of all such names and 16 digits; empty for another role."""
    name = role.rpartition("/")[2]
    middle, _, digits = name.removeprefix(_BEGINNING).rpartition("_")
    return middle if name.startswith(_BEGINNING) and len(digits) == 16 and _DIGITS.issuperset(digits) else ""
