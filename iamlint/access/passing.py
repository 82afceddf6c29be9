"""Which Allows ask for what their callers may not pass, and which let them pass whatever they like?

To pass session tags or a source identity a caller needs a permission of its own beside the call that assumes the role:
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required,
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html.
"""

from __future__ import annotations

from iamlint.access.access import Access
from iamlint.access.companions import is_given
from iamlint.access.search.callers import named_by
from iamlint.access.search.question import action_is, caller_is, fresh_values, key_absent, key_is
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.sts import ASSUME_ACTIONS
from iamlint.policy.fixed import keys_of, let_in
from iamlint.policy.principal import Form
from iamlint.policy.statement import Patterns, Policy, Statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from iamlint.access.evaluation.request import Witness
    from iamlint.access.search.cube import Clause
    from iamlint.policy.condition import Condition
    from iamlint.policy.principal import Principal


_CALLING = (Form.ACCOUNT, Form.USER, Form.ROLE, Form.SESSION)


class Free:
    """That an identity of another account, named by `entry`, may call `action` with a value that nobody wrote down: `witness`."""

    __slots__ = ("entry", "statement", "witness")

    def __init__(self, statement: Statement, entry: Principal, witness: Witness) -> None:
        self.statement = statement
        self.entry = entry
        self.witness = witness


def freely_passed(access: Access, action: str, key: str, inside: Collection[str]) -> Iterator[Free]:
    """The first principal of each foreign account and Allow whose callers pass by `action` whatever they like for `key`.

    Roles that IAM Identity Center made pass what it says. Raises Undecided.
    """
    policy, told = access.policy, set()
    for statement, entry in let_in(policy):
        if entry.form not in _CALLING or not entry.account or entry.account in inside or "AWSReservedSSO_" in entry.name:
            continue
        if (statement.index, entry.account) in told:
            continue
        question = [action_is(action), named_by(entry), caller_is(CallerKind.USER, CallerKind.ROLE)]
        if key in keys_of(policy):
            question.append(key_is(access.space, key, fresh_values()))
        witness = access.meets(question, statements=(statement.index,))
        if witness is not None:
            told.add((statement.index, entry.account))
            yield Free(statement, entry, witness)


class Unpassable:
    """An Allow whose conditions, or a Deny's, ask some of its principals for what `action` passes, which nothing gives them."""

    __slots__ = ("action", "asking", "entries", "statement")

    def __init__(self, statement: Statement, action: str, asking: tuple[Condition, ...], entries: tuple[Principal, ...]) -> None:
        self.statement = statement
        self.action = action
        self.asking = asking
        self.entries = entries


def unpassable(access: Access, action: str, keys: frozenset[str]) -> Iterator[Unpassable]:
    """The Allows that can only be used with one of `keys` in the request, by callers who may not call `action`; raises Undecided."""
    policy = access.policy
    if not policy.complete:
        return
    for statement in policy.statements:
        principals = statement.principals
        if statement.denies or principals is None or principals.negated:
            continue
        asking = _asking(policy, statement, keys)
        if asking:
            entries = [entry for entry in principals.entries if not is_given(access, (named_by(entry),), action)]
            shut_out = tuple([entry for entry in entries if _must_pass(access, statement, named_by(entry), keys)])
            if shut_out:
                yield Unpassable(statement, action, asking, shut_out)


def _asking(policy: Policy, statement: Statement, keys: frozenset[str]) -> tuple[Condition, ...]:
    """The conditions on `keys` of the statement, else those of the Denies."""
    denies = [other for other in policy.statements if other.denies]
    own = tuple([condition for condition in statement.conditions if condition.key.lower() in keys])
    return own or tuple([condition for other in denies for condition in other.conditions if condition.key.lower() in keys])


def _must_pass(access: Access, statement: Statement, who: Clause, keys: frozenset[str]) -> bool:
    """Whether such callers can assume the role by the statement, and only with one of `keys`."""
    question, only = (who, action_is(*ASSUME_ACTIONS)), (statement.index,)
    bare = [key_absent(access.space, key) for key in sorted(keys)]
    if access.meets((*question, *bare), certain=False, statements=only) is not None:
        return False
    return access.meets(question, certain=False, statements=only) is not None


def is_let_in_without(access: Access, found: Unpassable, keys: frozenset[str]) -> bool:
    """Whether other statements let in all whom the statement shuts out."""
    bare = [key_absent(access.space, key) for key in sorted(keys)]
    return all(access.meets((named_by(entry), action_is(*ASSUME_ACTIONS), *bare)) is not None for entry in found.entries)


def would_give(access: Access, found: Unpassable) -> bool:
    """Whether the statement would allow its action too, were it listed: of some keys only the call itself knows."""
    statement, given = found.statement, found.statement.actions
    if given is None or given.negated:
        return False
    actions = Patterns(given.name, (*given.values, found.action), negated=False, route=given.route, listed=True)
    amended = Statement(
        statement.index,
        statement.effect,
        sid=statement.sid,
        principals=statement.principals,
        actions=actions,
        resources=statement.resources,
        conditions=statement.conditions,
        route=statement.route,
    )
    statements = tuple([amended if other is statement else other for other in access.policy.statements])
    mended = Access(Policy(access.policy.version, access.policy.id, statements), access.kind)
    return all(mended.meets((named_by(entry), action_is(found.action)), certain=False) is not None for entry in found.entries)
