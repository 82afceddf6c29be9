"""Do all policies that bear on a request allow it together?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html, and for requests between accounts
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html.
"""

from __future__ import annotations

from iamlint.access.evaluation.evaluate import Decision, Outcome, Reading, evaluate_for
from iamlint.access.evaluation.principals import Level
from iamlint.access.evaluation.scope import Scope
from iamlint.knowledge.callers import IAM_CALLERS, CallerKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from iamlint.access.evaluation.request import Caller, Request
    from iamlint.policy.statement import Policy

    Levels: TypeAlias = tuple[tuple[Policy, ...], ...]

# Roles under this path are service-linked: https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html.
_SERVICE_LINKED = "aws-service-role/"
# Without an Allow in the trust or key policy these are refused, whatever the caller's own policies say:
# https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html.
_RESOURCE_POLICY_NEEDED = ("sts:assumerole", "kms:")
_UNLIMITED = frozenset({Level.DIRECT, Level.WILDCARD})


class PolicySet:
    """The policies that bear on requests of one caller for one resource.

    `identity` are the caller's own, its groups' included; `boundary` its permissions boundary; `session` the policies passed for its
    session, None when there were none. `scps` and `rcps` hold, for each level from the organization's root down to the account, what is
    attached there: the former in the caller's organization, the latter in the resource's. `resource` is the resource's own policy and
    `owner` its account (None: the caller's); `management` is the organization's management account, which neither restricts.
    """

    __slots__ = ("boundary", "identity", "management", "owner", "rcps", "resource", "scps", "session")

    def __init__(
        self,
        *,
        identity: Iterable[Policy] = (),
        boundary: Policy | None = None,
        session: Sequence[Policy] | None = None,
        scps: Iterable[Sequence[Policy]] = (),
        rcps: Iterable[Sequence[Policy]] = (),
        resource: Policy | None = None,
        owner: str | None = None,
        management: str | None = None,
    ) -> None:
        self.identity = tuple(identity)
        self.boundary = boundary
        self.session = None if session is None else tuple(session)
        self.scps: Levels = tuple(tuple(level) for level in scps)
        self.rcps: Levels = tuple(tuple(level) for level in rcps)
        self.resource = resource
        self.owner = owner
        self.management = management


class _Layer:
    """What policies that count as one decide: whether one allows (None: there are no such policies) and which statements deny."""

    __slots__ = ("allowing", "decisions", "name")

    def __init__(self, name: str, decisions: tuple[Decision, ...] | None) -> None:
        self.name = name
        self.decisions = decisions or ()
        self.allowing = None if decisions is None else [decision for decision in decisions if decision.outcome is Outcome.ALLOWED]

    @property
    def passes(self) -> bool:
        """Whether the layer lets the request through; one without policies does."""
        return self.allowing is None or bool(self.allowing)


def decide(policies: PolicySet, request: Request, *, reading: Reading = Reading.CERTAIN) -> Decision:
    """What `policies` together decide about `request`, and why."""
    reader = _Reader(policies, request, reading)
    identity, boundary, session, resource = reader.identity(), reader.boundary(), reader.session(), reader.resource()
    guardrails = (*reader.scps(), *reader.rcps())
    for layer in (*guardrails, identity, boundary, session, resource):
        for decision in layer.decisions:
            if decision.outcome is Outcome.EXPLICIT_DENY:
                return Decision(Outcome.EXPLICIT_DENY, decision.statements, reason=f"{layer.name} denies")
    for layer in guardrails:
        if not layer.passes:
            return _refused(f"{layer.name} does not allow")
    levels = frozenset[Level]().union(*(decision.levels for decision in resource.allowing or ()))
    caller = request.caller
    if caller.kind not in IAM_CALLERS:
        return _allowed(levels, (resource,)) if levels else _refused(f"{resource.name} does not allow, and the caller has no other")
    if policies.owner is None or policies.owner == caller.account:
        return _same_account(request, levels, (identity, boundary, session), resource)
    return _all_of((resource, identity, boundary, session), levels)


def _same_account(request: Request, levels: frozenset[Level], own: tuple[_Layer, _Layer, _Layer], resource: _Layer) -> Decision:
    """A request within one account: the resource policy's word is enough for whom it names, else the caller's policies must allow."""
    _, boundary, session = own
    if levels & _UNLIMITED:
        return _allowed(levels, (resource,))
    if Level.ROLE in levels and boundary.passes and session.passes:
        return _allowed(levels, (resource, boundary, session))
    needed = request.resource is not None and request.action.lower().startswith(_RESOURCE_POLICY_NEEDED)
    return _all_of((resource, *own) if needed else own, levels)


def _all_of(layers: tuple[_Layer, ...], levels: frozenset[Level]) -> Decision:
    for layer in layers:
        if not layer.passes:
            return _refused(f"{layer.name} does not allow")
    return _allowed(levels, layers)


def _allowed(levels: frozenset[Level], layers: Iterable[_Layer]) -> Decision:
    allowing = [(layer, decision) for layer in layers for decision in layer.allowing or ()]
    names = dict.fromkeys(layer.name for layer, _ in allowing)
    statements = tuple(statement for _, decision in allowing for statement in decision.statements)
    return Decision(Outcome.ALLOWED, statements, levels, f"allowed by {', '.join(names)}" if names else "the root user needs no policy")


def _refused(reason: str) -> Decision:
    return Decision(Outcome.IMPLICIT_DENY, reason=reason)


class _Reader:
    """Evaluates the policies that apply to the request, layer by layer."""

    __slots__ = ("policies", "reading", "request")

    def __init__(self, policies: PolicySet, request: Request, reading: Reading) -> None:
        self.policies = policies
        self.request = request
        self.reading = reading

    def _layer(self, name: str, policies: Iterable[Policy] | None) -> _Layer:
        bounded = self.policies.boundary is not None and self.request.caller.kind in IAM_CALLERS
        may = self.reading is Reading.POSSIBLE
        if policies is None:
            return _Layer(name, None)
        return _Layer(name, tuple(evaluate_for(policy, Scope(self.request, policy.variables, may, bounded)) for policy in policies))

    def identity(self) -> _Layer:
        """The caller's own policies; the root user has none and may do everything in its account."""
        kind = self.request.caller.kind
        policies = self.policies.identity if kind in IAM_CALLERS and kind is not CallerKind.ROOT else None
        return self._layer("the identity policy", policies)

    def boundary(self) -> _Layer:
        boundary = self.policies.boundary
        return self._layer(
            "the permissions boundary", None if boundary is None or self.request.caller.kind not in IAM_CALLERS else (boundary,)
        )

    def session(self) -> _Layer:
        return self._layer("the session policy", self.policies.session if self.request.caller.kind in IAM_CALLERS else None)

    def resource(self) -> _Layer:
        """The resource's policy; an Allow of it that names nobody allows nothing."""
        policy = self.policies.resource
        layer = self._layer("the resource policy", () if policy is None else (policy,))
        named = [decision for decision in layer.decisions if decision.outcome is not Outcome.ALLOWED or decision.levels]
        return _Layer(layer.name, tuple(named))

    def scps(self) -> tuple[_Layer, ...]:
        """The levels of service control policies, which limit the identities of member accounts, but no service-linked role."""
        caller = self.request.caller
        if caller.kind not in IAM_CALLERS or caller.account == self.policies.management or _is_service_linked(caller):
            return ()
        return tuple(self._layer(f"service control level {n}", level) for n, level in enumerate(self.policies.scps, 1))

    def rcps(self) -> tuple[_Layer, ...]:
        """The levels of resource control policies, which limit access to resources of member accounts, but no service-linked role."""
        owner = self.policies.owner or self.request.caller.account
        if owner == self.policies.management or _is_service_linked(self.request.caller):
            return ()
        return tuple(self._layer(f"resource control level {n}", level) for n, level in enumerate(self.policies.rcps, 1))


def _is_service_linked(caller: Caller) -> bool:
    return caller.kind is CallerKind.ROLE and caller.name.startswith(_SERVICE_LINKED)
