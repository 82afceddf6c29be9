"""Which role can take on which other, by what both of them say?

A role needs leave on both sides: its own policies let it call `sts:AssumeRole`, and the other's trust policy lets it in.
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
"""

from __future__ import annotations

from iamlint.access.access import Access
from iamlint.access.alter import joined
from iamlint.access.evaluation.compose import PolicySet, decide
from iamlint.access.evaluation.evaluate import Outcome
from iamlint.access.evaluation.request import Caller, Request
from iamlint.access.search.question import account_in, action_is, caller_is, name_is, resource_is
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.sts import ASSUME_ROLE
from iamlint.policy.beside import policies_beside
from iamlint.policy.document import Kind
from iamlint.policy.owner import role_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.search.cube import Clause
    from iamlint.policy.document import Document
    from iamlint.policy.statement import Policy, Statement


class Role:
    """A role with both halves: `trust` is who may assume it, `policies` what it may do; `partial`: it may do more."""

    __slots__ = ("_own", "arn", "caller", "partial", "policies", "trust")

    def __init__(self, arn: str, caller: Caller, trust: Access, policies: tuple[Policy, ...], *, partial: bool) -> None:
        self.arn = arn
        self.partial = partial
        self.caller = caller
        self.trust = trust
        self.policies = policies
        self._own: Access | None = None

    @property
    def own(self) -> Access:
        """What its policies allow together; it has some."""
        if self._own is None:
            self._own = Access(joined(self.policies), Kind.IDENTITY)
        return self._own


class Step:
    """That one role takes on another: `request` is the proof, `statement` (of its own policies, if they have to) the leave."""

    __slots__ = ("request", "statement")

    def __init__(self, request: Request, statement: Statement | None) -> None:
        self.request = request
        self.statement = statement


def described_role(document: Document, trust: Access) -> Role | None:
    """The role of a trust policy, where the source has its ARN and all that limits it."""
    fields = role_of(document)
    if fields is None or not document.policy.complete:
        return None
    beside = policies_beside(document)
    if beside is None or beside.bounded:
        return None
    policies = tuple([found.policy for found in beside.documents])
    if not all(policy.complete for policy in policies):
        return None
    name = fields[5].removeprefix("role/")
    caller = Caller(CallerKind.ROLE, name, account=fields[4], partition=fields[1], session="session")
    return Role(":".join(fields), caller, trust, policies, partial=beside.partial)


def step(role: Role, other: Role) -> Step | None:
    """How `role` takes on `other`; None where no request is found that both sides let through."""
    owner = other.caller.account
    policies = PolicySet(identity=role.policies, resource=other.trust.policy, owner=owner)
    for request in _requests(role, other):
        decision = decide(policies, request)
        if decision.outcome is Outcome.ALLOWED:
            return Step(request, next((one for one in decision.statements if _is_of(one, role)), None))
    return None


def lets_in(other: Role, role: Role) -> bool:
    """Whether the trust policy of `other` lets `role` in, whatever that may do itself."""
    return other.trust.meets([action_is(ASSUME_ROLE), *_as(role)]) is not None


def may_call(role: Role, other: Role) -> bool:
    """Whether the policies of `role` let it call for `other`, as far as they are known."""
    return bool(role.policies) and role.own.meets([action_is(ASSUME_ROLE), *_as(role), resource_is(other.arn)]) is not None


def _as(role: Role) -> list[Clause]:
    return [caller_is(CallerKind.ROLE), account_in([role.caller.account]), name_is(role.caller.name)]


def _requests(role: Role, other: Role) -> Iterator[Request]:
    """The plain call, and one that each side by itself would let through."""
    plain = Request(ASSUME_ROLE, role.caller, other.arn)
    yield plain
    if not any(statement.conditions for policy in (*role.policies, other.trust.policy) for statement in policy.statements):
        return
    sides: list[tuple[Access, list[Clause]]] = [(other.trust, [])]
    if role.policies:
        sides.append((role.own, [resource_is(other.arn)]))
    for access, about in sides:
        witness = access.meets([action_is(ASSUME_ROLE), *_as(role), *about])
        if witness is not None:
            found = witness.request
            told = {found.names.get(key, key): value for key, value in found.context.items()}
            yield Request(ASSUME_ROLE, role.caller, other.arn, told)


def _is_of(statement: Statement, role: Role) -> bool:
    return any(statement is own for policy in role.policies for own in policy.statements)
