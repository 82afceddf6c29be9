"""Does a policy lack what is needed, whatever its conditions and unknowns turn out to be?

Here each Allow applies as if its conditions held, and a Deny with conditions as if they did not. What is refused even so is refused always.
"""

from __future__ import annotations

from iamlint.access.access import Access
from iamlint.access.alter import with_conditions, with_elements, with_statements, with_values
from iamlint.access.evaluation.evaluate import Reading, evaluate
from iamlint.access.evaluation.request import Request
from iamlint.access.everything import HOLDER
from iamlint.access.search.question import action_is, resource_is
from iamlint.policy.condition import Unknown
from iamlint.policy.document import Kind
from iamlint.policy.pattern import has_variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.evaluation.evaluate import Decision
    from iamlint.access.intent import Need
    from iamlint.policy.statement import Policy, Statement


class Lack:
    """A request that is needed and refused; `denying` are the Denies (counted from 0) that refuse it, none where no Allow is about it.

    `some`: what is needed is allowed on others of the resources.
    """

    __slots__ = ("denying", "request", "some")

    def __init__(self, request: Request, denying: tuple[int, ...], *, some: bool) -> None:
        self.request = request
        self.denying = denying
        self.some = some


def eased(policy: Policy) -> Policy:
    """The policy as it allows most: without conditions of Allows and Denies that have some, and with any value for each variable."""
    statements = [statement for statement in policy.statements if statement.allows or not statement.conditions]
    return with_statements(policy, [_eased(statement, policy.variables) for statement in statements])


def lacking(policy: Policy, need: Need) -> Lack | None:
    """What an `eased` policy refuses of the need; raises Undecided."""
    if need.resource is None or not ("*" in need.resource or "?" in need.resource):
        tries = [Request(need.action, HOLDER, resource) for resource in _meant(need)]
        decisions = [_decision(policy, request) for request in tries]
        return None if any(decision.allowed for decision in decisions) else Lack(tries[0], _denying(decisions[0]), some=False)
    access = Access(policy, Kind.IDENTITY)
    asked = [action_is(need.action), resource_is(need.resource)]
    found = access.covers(asked, certain=False)
    if found is None:
        return None
    request = Request(need.action, HOLDER, found.request.resource)
    decision = _decision(policy, request)
    return Lack(request, _denying(decision), some=access.meets(asked, certain=False) is not None)


def _meant(need: Need) -> list[str | None]:
    """What a request can be about; of an action without resources AWS's own examples have `arn:aws:s3:::*` as well as `*`.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/walkthrough1.html
    """
    if need.resource is not None:
        return [need.resource]
    service = need.action.partition(":")[0]
    return [None, f"arn:aws:{service}:::zzzz/zzzz", f"arn:aws:{service}:us-east-1:111122223333:zzzz/zzzz"]


def _decision(policy: Policy, request: Request) -> Decision:
    return evaluate(policy, request, reading=Reading.POSSIBLE)


def _denying(decision: Decision) -> tuple[int, ...]:
    return tuple([statement.index for statement in decision.statements])


def _eased(statement: Statement, variables: bool) -> Statement:
    resources = statement.resources
    if variables and resources is not None and "${" in resources.text:
        resources = with_values(resources, map(_opened, resources.values))
    return with_conditions(with_elements(statement, actions=statement.actions, resources=resources), ())


def _opened(value: str | Unknown) -> str | Unknown:
    """A value whose variables may be anything: what is unknown is read so."""
    return Unknown(value) if isinstance(value, str) and has_variable(value) else value
