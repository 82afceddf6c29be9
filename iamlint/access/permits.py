"""What may the holder of an identity policy do to things that nobody wrote down, and what only to those that the policy names?"""

from __future__ import annotations

from iamlint.access.alter import placed
from iamlint.access.evaluation.evaluate import Reading, condition_holds, evaluate
from iamlint.access.evaluation.request import Caller, Request
from iamlint.access.everything import HOLDER
from iamlint.access.nameless import ACCOUNT, NAME, among, resource_of
from iamlint.access.permit import Permit
from iamlint.access.roles import against, on_its_own
from iamlint.access.search.question import action_is, key_absent, key_elsewhere, key_is, resource_is
from iamlint.access.sets.glob import exact
from iamlint.access.sets.value_sets import TextSet
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import canonical_key
from iamlint.policy.fixed import keys_of, pins
from iamlint.policy.pattern import has_hole, has_variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from iamlint.access.access import Access
    from iamlint.access.search.cube import Clause
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Statement

_TOLD = "any-name"
_USER = Caller(CallerKind.USER, HOLDER.name, account=ACCOUNT)
# What a call has that somebody makes, and not a service for him.
_DIRECT = {"aws:ViaAWSService": "false", "aws:SecureTransport": "true"}
_CALLED_VIA = ("aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "kms:viaservice")
_BOUNDARY = "iam:permissionsboundary"
# Whose the thing is that a call is about. Roles are assumed in other accounts as well as here; all else that is asked about is of this one.
_OWNERS = frozenset({"aws:resourceaccount", "s3:resourceaccount"})
_ASSUME = "sts:"


def permits(access: Access, action: str, about: str = "", context: Mapping[str, str] | None = None) -> Iterator[Permit]:
    """How the policy allows `action` on what is like the ARN `about` (default: what AWS documents); what nobody named comes first.

    The call is made directly, on a thing without tags or boundary; of `context`, what the policy tests is what the request carries. Keys
    of the action's own service have values that the policy does not fix.
    """
    for one in sorted(_candidates(access, action, about), key=_is_narrow):
        found = _proved(access, one, context or {})
        if found is not None:
            yield found


def wide_permits(access: Access, action: str, about: str = "", context: Mapping[str, str] | None = None) -> Iterator[Permit]:
    """As `permits`, of things with names that nobody wrote down, and of the user who calls."""
    for one in _candidates(access, action, about):
        if one.wide or one.own:
            found = _proved(access, one, context or {})
            if found is not None:
                yield found


def wide_permit(access: Access, action: str, context: Mapping[str, str] | None = None) -> Permit | None:
    """The first of `permits`, where it is of things with names that nobody wrote down."""
    for one in _candidates(access, action, ""):
        if one.wide:
            found = _proved(access, one, context or {})
            if found is not None:
                return found
    return None


class _Candidate:
    """A Resource value (at `position`; None for NotResource) and one of the resources that it stands for, which is `own` if it calls."""

    __slots__ = ("_about", "action", "own", "position", "statement", "wide")

    def __init__(self, action: str, statement: Statement, position: int | None, about: str, *, wide: bool, own: bool = False) -> None:
        self.action = action
        self.statement = statement
        self.position = position
        self.wide = wide
        self.own = own
        self._about = about

    @property
    def arn(self) -> str:
        """The resource."""
        return self._about or resource_of(self.action)

    @property
    def value(self) -> str | Unknown:
        """What the policy says there; empty for NotResource."""
        resources = self.statement.resources
        return "" if self.position is None or resources is None else resources.values[self.position]

    def request(self, context: Mapping[str, str] | None = None) -> Request:
        """A call about it."""
        return Request(self.action, _USER if self.own else HOLDER, None if self.arn == "*" else self.arn, context)


def _is_narrow(one: _Candidate) -> bool:
    return not one.wide


def _candidates(access: Access, action: str, about: str) -> Iterator[_Candidate]:
    variables = access.policy.variables
    for statement in access.grants.naming(action):
        resources = statement.resources
        if resources is None or resources.negated:
            if resources is not None:
                yield _Candidate(action, statement, None, about, wide=True)
            continue
        for position, value in enumerate(resources.values):
            if value == "*":
                yield _Candidate(action, statement, position, about, wide=True)
            elif isinstance(value, str):
                arn, wide, own = among(value, about or resource_of(action), variables)
                if arn:
                    yield _Candidate(action, statement, position, arn, wide=wide, own=own)


def _proved(access: Access, one: _Candidate, context: Mapping[str, str]) -> Permit | None:
    if one.value == "*" and not one.statement.conditions and not against(access, one.action):
        # Nothing is asked of the request, and nothing takes it back.
        return _permit(one, lambda: _told(one.request()))
    if _is_bound(access, one, context):
        return None
    alone = on_its_own(access, one.statement, one.action)
    found = _request(alone, one, context)
    if found is None:
        return None
    return _permit(one, lambda: _likelier(alone, _told(request := found()), request))


def _permit(one: _Candidate, proof: Callable[[], Request]) -> Permit:
    opened = isinstance(one.value, str) and placed(one.value) != one.value
    return Permit(one.action, one.statement, one.position, proof, wide=one.wide, own=one.own, open=opened)


def _told(request: Request) -> Request:
    """The request about a thing with a name that reads well."""
    return request.about(request.resource and request.resource.replace(NAME, _TOLD))


def _likelier(alone: Access, request: Request, other: Request) -> Request:
    """The first of two requests if the policy allows it, else the second."""
    return request if evaluate(alone.policy, request).allowed else other


def _is_bound(access: Access, one: _Candidate, context: Mapping[str, str]) -> bool:
    """Whether a condition of the Allow is sure to refuse what is asked about: a look that spares making the policy, and most searches."""
    conditions = one.statement.conditions
    if not conditions:
        return False
    given = {key.lower(): value for key, value in {**_DIRECT, **context}.items()}
    start = one.action.partition(":")[0].lower() + ":"
    plain: Request | None = None
    for condition in conditions:
        key = condition.key.lower()
        if key in given or _is_lacking(key, one.action):
            plain = plain or one.request(given)
            if not condition_holds(condition, plain, access.policy.variables, Reading.CERTAIN):
                return True
        elif (key.startswith(start) and "requesttag/" not in key and pins(condition)) or (start != _ASSUME and _spares_own(condition)):
            return True
    return False


def _spares_own(condition: Condition) -> bool:
    """Whether the condition refuses what is in the account of the policy."""
    return condition.operator.base.negated and condition.key.lower() in _OWNERS and any(map(_may_be_own, condition.values))


def _may_be_own(account: str | Unknown) -> bool:
    """Whether the account of the policy is meant, and no other one: it is written as what AWS or a template fills in."""
    return not isinstance(account, str) or has_hole(account) or has_variable(account)


def _request(alone: Access, one: _Candidate, context: Mapping[str, str]) -> Callable[[], Request] | None:
    """What gives one that is allowed: plain if may be, or else found by a search, put off where a guess shows that there is one."""
    tested = keys_of(alone.policy)
    carried = {key: value for key, value in {**_DIRECT, **context}.items() if key.lower() in tested}
    plain = one.request(carried)
    if evaluate(alone.policy, plain).allowed:
        return lambda: plain
    settled = {key.lower() for key in carried}.union([key for key in tested if _is_lacking(key, one.action)])
    if tested <= settled or _is_of_caller(one.statement, one.action):
        return None
    from iamlint.access.guess import guessed

    guess = guessed(alone.policy, one.statement, plain, tested, settled)
    if guess is not None and evaluate(alone.policy, guess).allowed:
        return lambda: _searched(alone, one, carried, tested, plain) or guess
    found = _searched(alone, one, carried, tested, plain)
    return None if found is None else lambda: found


def _searched(alone: Access, one: _Candidate, carried: Mapping[str, str], tested: frozenset[str], plain: Request) -> Request | None:
    """One that is allowed and found by a search, made like `plain` if may be."""
    witness = alone.meets([action_is(one.action), resource_is(one.arn), *_asked(alone, one.action, carried, tested)])
    if witness is None:
        return None
    found = witness.request
    told = {canonical_key(found.names.get(key, key)): value for key, value in found.context.items()}
    return _likelier(alone, Request(one.action, plain.caller, plain.resource, told), found)


def _is_of_caller(statement: Statement, action: str) -> bool:
    """Whether a key of the service must have a value that follows from who calls, such as the user's own name in a database."""
    start = action.partition(":")[0].lower() + ":"
    return any(
        condition.key.lower().startswith(start) and not condition.operator.base.negated and any(map(_varies, condition.values))
        for condition in statement.conditions
    )


def _varies(value: object) -> bool:
    return isinstance(value, str) and has_variable(value)


def _is_lacking(key: str, action: str) -> bool:
    """Whether a request that somebody makes directly about a thing without tags, or a user or role without a boundary, lacks the key."""
    if key == _BOUNDARY:
        return "Boundary" not in action
    return "resourcetag/" in key or "existingobjecttag/" in key or key in _CALLED_VIA


def _asked(alone: Access, action: str, carried: Mapping[str, str], tested: frozenset[str]) -> Iterator[Clause]:
    space, given = alone.space, {key.lower(): value for key, value in carried.items()}
    start = action.partition(":")[0].lower() + ":"
    for key in sorted(tested):
        if key in given:
            yield key_is(space, key, TextSet((exact(given[key]),)))
        elif _is_lacking(key, action):
            yield key_absent(space, key)
        elif key.startswith(start) and "requesttag/" not in key:
            yield key_elsewhere(space, alone.policy, key)
