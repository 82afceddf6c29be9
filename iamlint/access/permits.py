"""What may the holder of an identity policy do to things that nobody wrote down, and what only to those that the policy names?"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.alter import placed
from iamlint.access.evaluation.evaluate import Reading, condition_holds, evaluate
from iamlint.access.evaluation.request import Caller, Request
from iamlint.access.everything import HOLDER
from iamlint.access.permit import Permit
from iamlint.access.roles import against, on_its_own
from iamlint.access.search.question import action_is, key_absent, key_elsewhere, key_is, resource_is
from iamlint.access.sets.fits import fits
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

_ACCOUNT = "111122223333"
_NAME = "zzzz"
_TOLD = "any-name"
_USER = Caller(CallerKind.USER, HOLDER.name, account=_ACCOUNT)
# What a call has that somebody makes, and not a service for him.
_DIRECT = {"aws:ViaAWSService": "false", "aws:SecureTransport": "true"}
_CALLED_VIA = ("aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "kms:viaservice")
_BOUNDARY = "iam:permissionsboundary"
# Whose the thing is that a call is about. Roles are assumed in other accounts as well as here; all else that is asked about is of this one.
_OWNERS = frozenset({"aws:resourceaccount", "s3:resourceaccount"})
_ASSUME = "sts:"
# The resource that counts, where an action is about several.
_ABOUT = {
    **dict.fromkeys(("s3:GetObject", "s3:GetObjectVersion", "s3:PutObjectAcl"), "arn:aws:s3:::zzzz/zzzz"),
    "batch:SubmitJob": "arn:aws:batch:us-east-1:111122223333:job-definition/zzzz:1",
    "ec2:CreateTags": "arn:aws:ec2:us-east-1:111122223333:instance/zzzz",
    "ec2:RunInstances": "arn:aws:ec2:us-east-1:111122223333:instance/zzzz",
    "ec2:RequestSpotInstances": "arn:aws:ec2:us-east-1:111122223333:spot-instances-request/zzzz",
    "ecs:ExecuteCommand": "arn:aws:ecs:us-east-1:111122223333:task/zzzz/zzzz",
    "ssm:CreateAssociation": "arn:aws:ec2:us-east-1:111122223333:instance/zzzz",
    "ssm:SendCommand": "arn:aws:ec2:us-east-1:111122223333:instance/zzzz",
    "ssm:StartSession": "arn:aws:ec2:us-east-1:111122223333:instance/zzzz",
    "bedrock-agentcore:StartCodeInterpreterSession": "arn:aws:bedrock-agentcore:us-east-1:111122223333:code-interpreter-custom/zzzz",
    "bedrock-agentcore:StartBrowserSession": "arn:aws:bedrock-agentcore:us-east-1:111122223333:browser-custom/zzzz",
    "bedrock-agentcore:InvokeCodeInterpreter": "arn:aws:bedrock-agentcore:us-east-1:111122223333:code-interpreter-custom/zzzz",
}


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


@lru_cache(maxsize=512)
def resource_of(action: str) -> str:
    """The ARN of something that nobody wrote down and that `action` is about; `*` for an action without resources."""
    if action in _ABOUT:
        return _ABOUT[action]
    from iamlint.knowledge.authorization import action as documented
    from iamlint.knowledge.authorization import service

    known, owner = documented(action), service(action.partition(":")[0])
    if known is None or owner is None or not known.required_types:
        return "*"
    text = owner.resource_types[known.required_types[0]].arns[0]
    return _filled(text)


def _filled(text: str) -> str:
    fields = text.split("${")
    known = {"Partition": "aws", "Region": "us-east-1", "Account": _ACCOUNT}
    return fields[0] + "".join([known.get(name, _NAME) + rest for name, _, rest in (field.partition("}") for field in fields[1:])])


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
                arn, wide, own = _among(value, about or resource_of(action), variables)
                if arn:
                    yield _Candidate(action, statement, position, arn, wide=wide, own=own)


@lru_cache(maxsize=1 << 13)
def _among(value: str, about: str, variables: bool) -> tuple[str, bool, bool]:
    """A resource as by `_one_of`, with the holder's name where the value has a variable for it, and whether it is the holder."""
    if about == "*":
        return "", False, False
    filled = placed(value)
    own = variables and isinstance(filled, str) and "${aws:username}" in filled.lower()
    text = _of_holder(filled) if own and isinstance(filled, str) else filled
    if not isinstance(text, str) or has_hole(text) or (variables and has_variable(text)):
        return "", False, False
    return *_one_of(text, about), own and text.rpartition("/")[2] == HOLDER.name


def _of_holder(value: str) -> str:
    at = value.lower().index("${aws:username}")
    return value[:at] + HOLDER.name + value[at + len("${aws:username}") :]


def _one_of(value: str, about: str) -> tuple[str, bool]:
    """A resource that `value` stands for and that is of the type of `about`, and whether its name is that of `about`; empty for none."""
    fields, wanted = value.split(":", 5), about.split(":", 5)
    if len(fields) < 6:
        return (about, True) if fits(value, about) else ("", False)
    if not (fields[2] == wanted[2] or fits(fields[2], wanted[2])) or not fits(fields[0], "arn"):
        return "", False
    for place in (1, 3, 4):
        if fields[place] not in ("*", wanted[place]) and not fits(fields[place], wanted[place]):
            if not wanted[place] or "*" in fields[place] or "?" in fields[place]:
                return "", False
            wanted[place] = fields[place]
    start = wanted[5].partition(_NAME)[0]
    if fits(fields[5], wanted[5]):
        return ":".join(wanted), True
    if _NAME not in wanted[5] or not fields[5].startswith(start) or fields[5] == start:
        return "", False
    return ":".join([*wanted[:5], fields[5].replace("*", "x").replace("?", "x")]), False


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
    return request.about(request.resource and request.resource.replace(_NAME, _TOLD))


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
