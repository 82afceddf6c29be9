"""Must two companies send the same external id to get into our roles?

https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html: an external id is between us and one company.
"""

from __future__ import annotations

from iamlint.finding import Confidence, Fix, Label, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.sts import ASSUME_ROLE
from iamlint.knowledge.vendors import vendor_of
from iamlint.policy.external_ids import weakness
from iamlint.policy.fixed import conditions_on, let_in
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.evaluation.request import Request
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement
    from iamlint.text.tree import Route

_KEY = "sts:externalid"
_PATTERNS = ("StringLike", "ArnLike", "ArnEquals")


class _Use:
    """That `account` may get into a role with the external id `value`, and not without; `request` is the proof, once there is one.

    `any_case` says that the case of its letters does not matter.
    """

    __slots__ = ("account", "any_case", "case", "company", "principal", "request", "route", "statement", "value")

    def __init__(self, case: Case, statement: Statement, account: str, principal: Route, condition: Condition, position: int) -> None:
        self.case = case
        self.statement = statement
        self.principal = principal
        self.account = account
        self.value = str(condition.values[position])
        self.any_case = condition.operator.base.positive == "StringEqualsIgnoreCase"
        self.route = condition.value_route(position)
        self.request: Request | None = None
        vendor = vendor_of(account)
        self.company = vendor.name if vendor is not None else ""

    def is_proved(self) -> bool:
        """Whether it is so, which takes two searches."""
        self.request = _proof(self.case, self.account, self.value)
        return self.request is not None

    def shares(self, other: _Use) -> bool:
        """Whether who has the one's external id has the other's."""
        return self.value == other.value or self.any_case or other.any_case

    @property
    def who(self) -> str:
        """The account, with its owner where that is known."""
        return f"account {self.account}" + (f" ({self.company})" if self.company else "")

    def where(self, other: _Use) -> str:
        """Which role it is, as it has to be told apart from that of `other`."""
        here, there = self.case.document, other.case.document
        if here is there:
            return "here too"
        name = here.tree.source.name
        return f"for `{here.address}`" if here.tree is there.tree and here.address else f"in {name}"


def check(cases: Sequence[Case]) -> Iterator[Finding]:
    """A finding for each external id and account, about the first other company that has to send the same."""
    uses: dict[str, list[_Use]] = {}
    for case in cases:
        for use in _uses(case):
            uses.setdefault(use.value.lower(), []).append(use)
    for alike in uses.values():
        if len({use.account for use in alike}) > 1:
            yield from _shared([use for use in alike if use.is_proved()])


def _shared(uses: Sequence[_Use]) -> Iterator[Finding]:
    """The findings about uses of one external id, but for the case of its letters."""
    for position, use in enumerate(uses):
        earlier = [one for one in uses[:position] if one.shares(use)]
        other = next((one for one in earlier if _is_other_company(one, use)), None)
        if other is not None and all(one.account != use.account for one in earlier):
            yield _finding(use, other)


def _uses(case: Case) -> Iterator[_Use]:
    """With which external ids accounts outside the zone may get into a role."""
    policy = case.document.policy
    for statement, condition in conditions_on(policy, _KEY):
        if condition.operator.base.negated is not statement.denies:
            continue
        patterns = condition.operator.base.positive in _PATTERNS
        for position, value in enumerate(condition.values):
            if not isinstance(value, str) or has_hole(value) or (patterns and ("*" in value or "?" in value)):
                continue
            # What others have or can guess is another rule's matter.
            if has_variable(value) or weakness(value, ()) is not None:
                continue
            for account, principal in _accounts(case, statement).items():
                yield _Use(case, statement, account, principal, condition, position)


def _accounts(case: Case, statement: Statement) -> dict[str, Route]:
    """The accounts outside the zone that the statement lets in (of a Deny: that any does), each with its place."""
    found: dict[str, Route] = {}
    for where, entry in let_in(case.document.policy):
        vendor = vendor_of(entry.account) if entry.account else None
        if not entry.account or entry.account in case.zone.inside or (vendor is not None and vendor.aws):
            continue
        if where is statement or statement.denies:
            found.setdefault(entry.account, entry.route)
    return found


def _proof(case: Case, account: str, value: str) -> Request | None:
    """A request of the account that gets in with the external id, where none does but with those that are written."""
    from iamlint.access.search.question import account_in, action_is, caller_is, key_elsewhere, key_is
    from iamlint.access.sets.glob import exact
    from iamlint.access.sets.value_sets import TextSet

    access = case.access
    asked = [action_is(ASSUME_ROLE), caller_is(CallerKind.USER, CallerKind.ROLE), account_in([account])]
    found = access.meets([*asked, key_is(access.space, _KEY, TextSet((exact(value),)))])
    if found is None or access.meets([*asked, key_elsewhere(access.space, case.document.policy, _KEY)]) is not None:
        return None
    return found.request


def _is_other_company(one: _Use, other: _Use) -> bool:
    """Whether two accounts are of two companies, as far as can be told: of one statement they are only where both are known."""
    if one.account == other.account:
        return False
    if one.company and other.company:
        return one.company != other.company
    return one.case.document is not other.case.document or one.statement.index != other.statement.index


def _finding(use: _Use, other: _Use) -> Finding:
    known = bool(use.company and other.company)
    labels = [Label(Place(use.principal), "for this account")]
    if other.case.document is use.case.document:
        labels.append(Label(Place(other.principal), "and for this one"))
    return use.case.finding(
        f"{use.who} sends the external id `{use.value}`, which {other.who} sends {other.where(use)}",
        Place(use.route),
        label="no longer a secret of one company",
        secondary=tuple(labels),
        severity=None if known else Severity.LOW,
        confidence=Confidence.HIGH if known else Confidence.MEDIUM,
        statement=use.statement.index,
        subject=use.account,
        witness=use.request,
        fix=Fix(Safety.MANUAL, "have an external id of its own from each company"),
    )
