"""Is another company's account let in by tags alone, which that company sets itself?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltag.
"""

from __future__ import annotations

from iamlint.access.search.question import action_is, is_stranger_of, key_absent, key_elsewhere
from iamlint.finding import Fix, Label, Safety
from iamlint.knowledge.callers import CallerKind
from iamlint.policy.fixed import foreign_accounts, keys_of
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.access import Access
    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_TAG = "aws:principaltag/"
# What else says who in the account calls, or for whom; a caller's organization may have rules about tags.
_ELSE = ("aws:userid", "aws:username", "aws:principalorgid", "aws:principalorgpaths")
_EXTERNAL_ID = "sts:externalid"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each account and statement where the caller's tags are all that is asked."""
    for statement, entry in foreign_accounts(case.document.policy, case.zone.inside):
        tags = _asked(statement)
        question = [action_is("sts:AssumeRole"), *is_stranger_of(entry.account, CallerKind.USER, CallerKind.ROLE)]
        witness = case.access.meets([*question, *_nothing_else(case.access)], statements={statement.index}) if tags else None
        if witness is not None:
            yield case.finding(
                f"account {entry.account} sets the tag that lets its identities in: `{tags[0].key}`",
                Place(tags[0].route, on_key=True),
                label="set by the other account",
                secondary=(Label(Place(entry.route), "of this account"),),
                statement=statement.index,
                subject=entry.account,
                witness=witness.request,
                fix=Fix(Safety.MANUAL, "name the role that calls, or ask for it with `ArnEquals` on `aws:PrincipalArn`"),
            )


def _asked(statement: Statement) -> list[Condition]:
    return [condition for condition in statement.conditions if condition.key.lower().startswith(_TAG)]


def _nothing_else(access: Access) -> Iterator[Clause]:
    """That the caller is of no organization that the policy names, and says no external id."""
    tested = keys_of(access.policy)
    for key in _ELSE:
        if key in tested:
            yield key_elsewhere(access.space, access.policy, key)
    if _EXTERNAL_ID in tested:
        yield key_absent(access.space, _EXTERNAL_ID)
