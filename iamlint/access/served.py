"""For whose resources do services act by requests that only the newer of two policies allows?

For anybody's, where they say whose they are and are not asked; for those of accounts from outside that the policy names.
"""

from __future__ import annotations

from iamlint.access.acting import ACCOUNT, ARN, SOURCE_KEYS
from iamlint.access.newcomers import Newcomer
from iamlint.access.search.question import key_is
from iamlint.access.sets.glob import exact, wildcard
from iamlint.access.sets.value_sets import TextSet
from iamlint.access.sources import used_by
from iamlint.knowledge.sts import ASSUME_ROLE
from iamlint.policy.document import Kind
from iamlint.policy.fixed import account_of, conditions_on, entries
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.newcomers import Arrivals
    from iamlint.access.search.cube import Clause
    from iamlint.policy.principal import Principal


def served(arrivals: Arrivals) -> Iterator[Newcomer]:
    """Services that act for strangers, each once for anybody, else once for each account."""
    told: set[str] = set()
    for _, entry in entries(arrivals.change.new, Effect.ALLOW):
        if entry.form is not Form.SERVICE or entry.text in told:
            continue
        told.add(entry.text)
        found = _anybody(arrivals, entry)
        if found is not None:
            yield found
        else:
            yield from _accounts(arrivals, entry)


def _anybody(arrivals: Arrivals, entry: Principal) -> Newcomer | None:
    """A service that says for whose resources it acts, and is not asked for them."""
    from iamlint.knowledge.services import always_sends_source_keys, checks_pass_role

    if arrivals.kind is Kind.TRUST and (checks_pass_role(entry.name) or not always_sends_source_keys(entry.name)):
        return None
    keys = [key for key in arrivals.tested if key in SOURCE_KEYS or key == "sts:externalid"]
    actions = _actions(arrivals, entry)
    asked = [*used_by((entry,), actions), *[clause for key in keys for clause in arrivals.elsewhere(key)]]
    found = arrivals.gained(asked, arrivals.allows()) if actions else None
    if found is None:
        return None
    return Newcomer(entry.text, f"service `{entry.name}`, for anybody's resources,", found[0], first=found[1], entry=entry)


def _accounts(arrivals: Arrivals, entry: Principal) -> Iterator[Newcomer]:
    """A service that acts for resources of accounts that are named and not ours."""
    from iamlint.knowledge.vendors import vendor_of

    actions = _actions(arrivals, entry)
    for account, (key, naming) in _named(arrivals, entry).items() if actions else ():
        vendor = vendor_of(account)
        if account in arrivals.home.accounts or (vendor is not None and vendor.aws):
            continue
        asked = [*used_by((entry,), actions), *_of_account(arrivals, account, key)]
        found = arrivals.gained(asked, arrivals.allows() & naming)
        if found is not None:
            who = f"service `{entry.name}`, for resources of account {account},"
            yield Newcomer(f"{entry.text} for {account}", who, found[0], first=found[1], entry=entry)


def _named(arrivals: Arrivals, service: Principal) -> dict[str, tuple[str, set[int]]]:
    """The accounts of resources that Allows of the service name, each with the key that it is a value of, and those Allows."""
    naming = {one.index for one, entry in entries(arrivals.change.new, Effect.ALLOW) if entry.text == service.text}
    found: dict[str, tuple[str, set[int]]] = {}
    for key in (ACCOUNT, ARN):
        for statement, condition in conditions_on(arrivals.change.new, key):
            for account in [account_of(value) for value in condition.values if isinstance(value, str)]:
                if account and statement.index in naming:
                    found.setdefault(account, (key, set()))[1].add(statement.index)
    return found


def _of_account(arrivals: Arrivals, account: str, named: str) -> Iterator[Clause]:
    """All that the request says of the resource agrees with its account, and nothing says that it is one of our organization."""
    space = arrivals.change.space
    arns = [wildcard(text) for text in _texts(arrivals, ARN) if account_of(text) in ("", account)]
    own = {ACCOUNT: TextSet((exact(account),)), ARN: TextSet(arns)}
    for key, values in own.items():
        if key in arrivals.tested:
            yield key_is(space, key, values, absent=key != named)
    for key in SOURCE_KEYS - own.keys():
        if key in arrivals.tested:
            yield from arrivals.elsewhere(key)


def _texts(arrivals: Arrivals, key: str) -> list[str]:
    """What the newer policy compares a key with."""
    return [text for _, condition in conditions_on(arrivals.change.new, key) for text in condition.values if isinstance(text, str)]


def _actions(arrivals: Arrivals, entry: Principal) -> tuple[str, ...]:
    from iamlint.knowledge.uses import uses

    return (ASSUME_ROLE,) if arrivals.kind is Kind.TRUST else tuple(uses(entry.name))
