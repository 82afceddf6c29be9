"""Names the policy of a resource what only another policy could name?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity,
https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html (unsupported action in policy, unsupported
resource ARN in policy).
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.knowledge.attached import has_own_policies, service_of
from iamlint.policy.arn import arn_fields
from iamlint.policy.document import Kind
from iamlint.policy.pattern import has_hole
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Patterns, Policy, Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each element that names such a thing, about the first one in it."""
    document = case.document
    told = service_of(document.resource_type) if document.kind is Kind.RESOURCE else ""
    about = told or (_told_by_actions(document.policy) if document.kind is Kind.RESOURCE else "")
    for statement in document.policy.statements:
        yield from _federated(case, statement)
        if told:
            yield from _actions(case, statement, told)
        if about:
            yield from _resources(case, statement, about)


def _told_by_actions(policy: Policy) -> str:
    """The service of which all actions of the policy are, if it is one whose policies are about nothing else; else empty."""
    services: set[str] = set()
    for statement in policy.statements:
        actions = statement.actions
        if actions is None or actions.negated:
            return ""
        services.update([_service(value, 0) if isinstance(value, str) else "" for value in actions.values])
    found = services.pop() if len(services) == 1 else ""
    return found if has_own_policies(found) else ""


def _service(value: str, field: int) -> str:
    """A field of an action or an ARN in lower case; empty where it is open or there is none."""
    parts = arn_fields(value)
    name = parts[field].lower() if len(parts) > field + 1 else ""
    return "" if "*" in name or "?" in name or has_hole(name) else name


def _federated(case: Case, statement: Statement) -> Iterator[Finding]:
    principals = statement.principals
    entry = next((entry for entry in principals.entries if entry.type == "Federated"), None) if principals is not None else None
    if entry is None or (statement.actions is not None and "\nsts:" in statement.actions.text):
        return
    yield case.finding(
        "only the trust policy of a role can name a federated principal",
        Place(entry.route),
        label="comes in by a role",
        statement=statement.index,
        subject=entry.text,
        fix=Fix(Safety.MANUAL, "name the role that the provider's users assume, and what is asked of them in its trust policy"),
        aws_codes=("FEDERATED_PRINCIPAL_NOT_SUPPORTED",),
    )


def _actions(case: Case, statement: Statement, own: str) -> Iterator[Finding]:
    actions = statement.actions
    position = _foreign(actions, own, 0)
    if actions is not None and position is not None:
        yield case.finding(
            f"`{actions.values[position]}` is nothing that can be done to `{case.document.resource_type}`",
            Place(actions.value_route(position)),
            label=f"not of `{own}`",
            statement=statement.index,
            subject=str(actions.values[position]),
            fix=Fix(Safety.MANUAL, f"take it out, or write the action of `{own}` that is meant"),
            aws_codes=("UNSUPPORTED_ACTION_IN_POLICY",),
        )


def _resources(case: Case, statement: Statement, own: str) -> Iterator[Finding]:
    resources = statement.resources
    position = _foreign(resources, own, 2)
    if resources is not None and position is not None:
        yield case.finding(
            f"`{resources.values[position]}` cannot be what this policy is attached to",
            Place(resources.value_route(position)),
            label=f"the policy is about `{own}`",
            statement=statement.index,
            subject=str(resources.values[position]),
            fix=Fix(Safety.MANUAL, "write the ARN of the resource that has the policy"),
            aws_codes=("UNSUPPORTED_RESOURCE_ARN_IN_POLICY",),
        )


def _foreign(patterns: Patterns | None, own: str, field: int) -> int | None:
    """The first value that names another service."""
    if patterns is None or patterns.negated:
        return None
    for position, value in enumerate(patterns.values):
        if isinstance(value, str) and (field == 0 or value.startswith("arn:")) and _service(value, field) not in ("", own):
            return position
    return None
