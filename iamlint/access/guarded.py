"""Does the policy of a resource keep anybody out who may read it by the policies of a role?"""

from __future__ import annotations

from iamlint.access.evaluation.compose import PolicySet, decide
from iamlint.access.evaluation.evaluate import Outcome, evaluate
from iamlint.access.evaluation.principals import Level
from iamlint.access.evaluation.request import Caller, Request
from iamlint.knowledge.callers import CallerKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from iamlint.policy.statement import Policy

_ORGANIZATION = "aws:principalorgid"
# What every call has that the role's holder makes from wherever he is, with a current SDK.
_CARRIED = {
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": "false",
    "s3:TlsVersion": "1.3",
    "s3:signatureversion": "AWS4-HMAC-SHA256",
    "s3:authType": "REST-HEADER",
}


def keeps_nobody_out(
    resource: Policy | None, own: Sequence[Policy], request: Request, organizations: Iterable[str], limits: Sequence[Policy]
) -> bool:
    """Whether the role may make the request, and any other of its account with the same policies (`own`) may, from wherever they are.

    A policy of the resource that names the role has kept somebody out: whoever wrote it chose its readers. `limits` are resource control
    policies.
    """
    caller = request.caller
    stranger = Caller(CallerKind.ROLE, "zzzz", account=caller.account, partition=caller.partition, session="session")
    tried = list(_organizations(resource, organizations))
    return all(
        any(_lets_in(resource, own, _made(request, one, organization), limits) for organization in tried) for one in (caller, stranger)
    )


def _lets_in(resource: Policy | None, own: Sequence[Policy], request: Request, limits: Sequence[Policy]) -> bool:
    decision = decide(PolicySet(identity=own, resource=resource), request)
    if not decision.allowed or decision.levels - {Level.ACCOUNT}:
        return False
    return all(evaluate(limit, request).outcome is not Outcome.EXPLICIT_DENY for limit in limits)


def _made(request: Request, caller: Caller, organization: str) -> Request:
    told = {"aws:PrincipalOrgID": organization, "aws:ResourceOrgID": organization} if organization else {}
    account = caller.account
    return Request(
        request.action,
        caller,
        request.resource,
        {**_CARRIED, "aws:ResourceAccount": account, "s3:ResourceAccount": account, "kms:CallerAccount": account, **told},
    )


def _organizations(policy: Policy | None, known: Iterable[str]) -> Iterator[str]:
    """The organizations that the account may be in: ours, those that the policy names, and none."""
    yield ""
    yield from known
    for statement in policy.statements if policy is not None else ():
        for condition in statement.conditions:
            if condition.key.lower() == _ORGANIZATION:
                yield from [value for value in condition.values if isinstance(value, str)]
