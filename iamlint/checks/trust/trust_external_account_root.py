"""Is a role open to a whole account of somebody else, for whomever that account chooses?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts.
"""

from __future__ import annotations

from iamlint.access.search.question import action_is, is_stranger_of, key_elsewhere
from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.vendors import vendor_of
from iamlint.policy.fixed import foreign_accounts, keys_of
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding

# Keys that say which identity calls, or that its organization is one that the policy names.
_WHO = ("aws:userid", "aws:username", "aws:principalorgid", "aws:principalorgpaths")


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such account of a statement that nothing narrows down to some of its identities."""
    access, told = case.access, set()
    narrowing = [key for key in keys_of(case.document.policy) if key in _WHO or key.startswith("aws:principaltag/")]
    for statement, entry in foreign_accounts(case.document.policy, case.zone.inside):
        if (statement.index, entry.account) in told:
            continue
        vendor = vendor_of(entry.account)
        question = [action_is("sts:AssumeRole"), *is_stranger_of(entry.account, CallerKind.USER, CallerKind.ROLE)]
        question += [key_elsewhere(access.space, case.document.policy, key) for key in narrowing]
        witness = None if vendor is not None and vendor.aws else access.meets(question, statements={statement.index})
        if witness is None:
            continue
        told.add((statement.index, entry.account))
        owner = f"account {entry.account}" + (f" ({vendor.name})" if vendor else "")
        yield case.finding(
            f"{owner} decides which of its identities can assume the role",
            Place(entry.route),
            label="all of the account",
            severity=Severity.INFO if vendor else None,
            statement=statement.index,
            subject=entry.account,
            witness=witness.request,
            fix=Fix(Safety.MANUAL, "name the role that calls, or ask for it with `ArnEquals` on `aws:PrincipalArn`"),
        )
