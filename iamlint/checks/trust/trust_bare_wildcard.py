"""Is everybody written without the key `AWS` in a trust policy?

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.principal import Form
from iamlint.text.tree import Mapping, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

_BARE = "*"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each `Principal` that is the bare text `*`."""
    for statement in case.document.policy.statements:
        principals = statement.principals
        bare = principals is not None and any(entry.type == _BARE and entry.form is Form.EVERYONE for entry in principals.entries)
        if principals is None or principals.negated or not bare:
            continue
        from iamlint.text.edit import SetValue

        place = Place(principals.route)
        changes = () if case.document.embedded else (SetValue(place, Mapping((("AWS", "*"),))),)
        yield case.finding(
            "a trust policy names everybody without the key `AWS`",
            place,
            label="AWS's own validation calls this an error",
            statement=statement.index,
            subject=_BARE,
            # Everybody includes those that no key names.
            fix=Fix(Safety.UNSAFE if changes else Safety.MANUAL, 'write `{"AWS": "*"}`', changes),
            aws_codes=("ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL",),
        )
