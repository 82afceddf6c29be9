"""Is the external id one that others have or can guess?"""

from __future__ import annotations

from iamlint.finding import Fix, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.sts import ASSUME_ROLE
from iamlint.knowledge.vendors import vendor_of
from iamlint.policy.external_ids import weakness
from iamlint.policy.fixed import conditions_on, let_in, named_accounts
from iamlint.policy.pattern import has_variable
from iamlint.policy.principal import Form
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_ACCOUNTS = (Form.ACCOUNT, Form.USER, Form.ROLE, Form.SESSION, Form.FEDERATED_USER)
_PATTERNS = ("StringLike", "ArnLike", "ArnEquals")


def check(case: Case) -> Iterator[Finding]:
    """Each weak value of `sts:ExternalId` with which an account outside the zone gets in."""
    policy = case.document.policy
    if not any(conditions_on(policy, "sts:externalid")):
        return
    outside = _outside(case)
    known = _known(case, outside)
    for statement, condition in conditions_on(policy, "sts:externalid"):
        operator = condition.operator
        if operator.is_null or operator.base.negated is statement.allows:
            continue
        for position, value in enumerate(condition.values):
            why = _why_weak(condition, value, known) if isinstance(value, str) else None
            severity = _severity(case, condition, str(value), outside) if why is not None else None
            if severity is not None:
                yield _finding(case, statement, condition, position, f"the external id `{value}` is {why}", severity)


def _outside(case: Case) -> list[str]:
    """The accounts outside the zone that a principal, or a condition on the caller, names."""
    named = [entry.account for _, entry in let_in(case.document.policy) if entry.form in _ACCOUNTS]
    return [account for account in dict.fromkeys(named) if account and account not in case.zone.inside]


def _known(case: Case, outside: list[str]) -> tuple[str, ...]:
    """Numbers and names that everybody involved knows."""
    vendors = [vendor.name for account in outside if (vendor := vendor_of(account)) is not None]
    role = case.document.address.rpartition(".")[2].rpartition("/")[2]
    return (*named_accounts(case.document.policy), *case.zone.inside, *vendors, *((role,) if role else ()))


def _why_weak(condition: Condition, value: str, known: tuple[str, ...]) -> str | None:
    if value and not value.strip("*?"):
        return None  # any value at all: trust-external-id-wildcard, or for everybody trust-public-external-id-only
    wild = "*" in value or "?" in value
    # Without a pattern operator a wildcard is the character itself: condition-wildcard-without-like.
    return None if wild and condition.operator.base.positive not in _PATTERNS else weakness(value, known)


def _severity(case: Case, condition: Condition, value: str, outside: list[str]) -> Severity | None:
    """How bad it is that somebody outside gets in with the value; None when nobody does."""
    from iamlint.access.search.question import account_in, account_not_in, action_is, caller_is, key_is
    from iamlint.access.sets.fixed_sets import fixed_texts
    from iamlint.access.sets.glob import exact, wildcard
    from iamlint.access.sets.value_sets import TextSet

    glob = wildcard(value) if condition.operator.base.positive in _PATTERNS else exact(value)
    asked = [action_is(ASSUME_ROLE), caller_is(CallerKind.USER, CallerKind.ROLE)]
    if not has_variable(value):
        asked.append(key_is(case.access.space, "sts:ExternalId", TextSet((glob,))))
    if "*" in value or "?" in value:
        # A pattern is weak for what it takes beside the values that are written out.
        written = fixed_texts(case.document.policy, "sts:externalid")
        asked.append(key_is(case.access.space, "sts:ExternalId", written.complement()))
    strangers = account_not_in([*outside, *named_accounts(case.document.policy), *case.zone.inside])
    if case.access.meets((*asked, strangers)) is not None:
        return Severity.HIGH
    found = [account for account in outside if case.access.meets((*asked, account_in([account]))) is not None]
    if not found:
        return None
    vendors = [vendor_of(account) for account in found]
    return Severity.MEDIUM if any(vendor is not None and not vendor.aws for vendor in vendors) else case.severity


def _finding(case: Case, statement: Statement, condition: Condition, position: int, message: str, severity: Severity) -> Finding:
    return case.finding(
        message,
        Place(condition.value_route(position)),
        severity=severity,
        statement=statement.index,
        subject=str(condition.values[position]),
        fix=Fix(Safety.MANUAL, "ask the owner of the account for a value that is yours alone, such as a UUID"),
    )
