"""Can the IAM users of an account that a role trusts as a whole assume it without MFA?"""

from __future__ import annotations

from iamlint.access.search.question import action_is, is_stranger_of, key_absent, key_elsewhere, key_is
from iamlint.access.sets.glob import exact
from iamlint.access.sets.value_sets import TextSet
from iamlint.finding import Fix, Safety
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.vendors import vendor_of
from iamlint.policy.fixed import entries, keys_of
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.access import Access
    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding

_USER_ID = "aws:userid"
_PRESENT, _AGE = "aws:multifactorauthpresent", "aws:multifactorauthage"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each account and statement; vendors' machines have no MFA."""
    for statement, entry in entries(case.document.policy, Effect.ALLOW):
        if entry.form is not Form.ACCOUNT or not entry.account or vendor_of(entry.account) is not None:
            continue
        question = [action_is("sts:AssumeRole"), *is_stranger_of(entry.account, CallerKind.USER), *_lacking(case.access)]
        witness = case.access.meets(question, statements={statement.index})
        if witness is not None:
            yield case.finding(
                f"the IAM users of account {entry.account} can assume the role without MFA",
                Place(entry.route),
                label="its users too",
                statement=statement.index,
                subject=entry.account,
                witness=witness.request,
                fix=Fix(Safety.MANUAL, "require `aws:MultiFactorAuthPresent` to be `true` with `Bool`, or name roles"),
            )


def _lacking(access: Access) -> Iterator[Clause]:
    """That the request has no MFA, and is that of a user whom the policy does not fix."""
    tested, space = keys_of(access.policy), access.space
    if _USER_ID in tested:
        yield key_elsewhere(space, access.policy, _USER_ID)
    if _PRESENT in tested:
        yield key_is(space, _PRESENT, TextSet((exact("true"),), complemented=True), absent=True)
    if _AGE in tested:
        yield key_absent(space, _AGE)
