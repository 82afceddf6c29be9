"""Can every certificate of every trust anchor get the role from IAM Roles Anywhere?

https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
"""

from __future__ import annotations

from iamlint.access.acting import ARN
from iamlint.access.companions import naming
from iamlint.finding import Fix, Label, Safety
from iamlint.policy.fixed import keys_of
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding

_SERVICE = "rolesanywhere.amazonaws.com"
# An anchor whose id nobody wrote down.
_ANY_ANCHOR = "arn:aws[a-z-]*:rolesanywhere:[a-z0-9-]+:[0-9]{12}:trust-anchor/zz[z]*"
_CERTIFICATE = ("aws:principaltag/x509", "aws:requesttag/x509")
_IDENTITY = "sts:sourceidentity"


def check(case: Case) -> Iterator[Finding]:
    """Each Allow that lets in a certificate that nobody described, of an anchor that nobody named."""
    for statement, entry in naming(case.access, _SERVICE):
        from iamlint.access.sources import assumed_by

        question = (*assumed_by((entry,)), *_any_certificate(case))
        witness = case.access.meets(question, statements=(statement.index,))
        if witness is not None:
            narrow = ARN in {condition.key.lower() for condition in statement.conditions}
            yield case.finding(
                "any certificate of any trust anchor in the account can get the role",
                Place(entry.route),
                label="hands out the role",
                secondary=tuple(
                    [
                        Label(Place(condition.route), "fits every anchor")
                        for condition in statement.conditions
                        if narrow and condition.key.lower() == ARN
                    ]
                ),
                statement=statement.index,
                subject=entry.text,
                witness=witness.request,
                fix=Fix(Safety.MANUAL, "require `aws:SourceArn` to be your trust anchor, and an `aws:PrincipalTag/x509Subject/…`"),
            )


def _any_certificate(case: Case) -> Iterator[Clause]:
    from iamlint.access.search.question import fresh_values, key_absent, key_is
    from iamlint.access.sets.glob import format_glob
    from iamlint.access.sets.value_sets import TextSet

    space, tested = case.access.space, keys_of(case.document.policy)
    if ARN in tested:
        yield key_is(space, ARN, TextSet((format_glob(_ANY_ANCHOR),)))
    for key in sorted(tested):
        if key.startswith(_CERTIFICATE):
            # What a certificate lacks is as good as what nobody wrote down.
            yield (*key_is(space, key, fresh_values()), *key_absent(space, key))
    if _IDENTITY in tested:
        yield key_is(space, _IDENTITY, fresh_values())
