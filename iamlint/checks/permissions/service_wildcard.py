"""Does an identity policy allow all actions of a service?"""

from __future__ import annotations

from iamlint.access.evaluation.evaluate import evaluate
from iamlint.access.everything import everything, unnamed
from iamlint.access.roles import service_linked_codes
from iamlint.access.sets.fits import fits
from iamlint.access.sets.glob import wildcard
from iamlint.access.whole import whole_groups, whole_services
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.whole import Whole
    from iamlint.case import Case
    from iamlint.finding import Finding

# Services that give out credentials or permissions, hold what others keep secret, run code with a role, or watch over the account.
_SENSITIVE = frozenset(
    """
iam sts organizations kms secretsmanager ssm s3 lambda ec2 cloudformation sso sso-directory identitystore rolesanywhere
cloudtrail config guardduty securityhub
""".split(),
)

# The messages between the agent of Systems Manager and the service. Who may use any of them needs all, and AWS's own policy for instances
# lists them one by one: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMManagedInstanceCore.html
_CHANNELS = frozenset({"ec2messages", "ssmmessages"})


def check(case: Case) -> Iterator[Finding]:
    """A finding for each service that is allowed as a whole."""
    found = [*whole_services(case.access), *whole_groups(case.access)]
    if not found or everything(case.access) is not None:
        return
    for whole in found:
        if whole.service not in _CHANNELS:
            yield _finding(case, whole)


def _finding(case: Case, whole: Whole) -> Finding:
    statement = case.document.policy.statements[0]
    for statement in case.document.policy.statements:
        if statement.index == whole.statement.index:
            break
    actions, resources = statement.actions, statement.resources
    assert actions is not None
    but = resources is not None and resources.negated
    at = actions.values.index(whole.pattern) if whole.pattern in actions.values else None
    severity = Severity.LOW if whole.resources else Severity.HIGH if _has_sensitive(case, whole.service) else None
    every = f"every service named `{whole.service}`" if whole.is_group else f"`{whole.service}`"
    return case.finding(
        f"every action of {every} is allowed on {_where(whole.resources, but=but)}",
        Place(actions.route if at is None else actions.value_route(at)),
        label="all of these services" if whole.is_group else f"all of {every}",
        secondary=()
        if resources is None
        else (Label(Place(resources.route), "on these" if whole.resources else "on all but these" if but else "on all resources"),),
        severity=severity,
        statement=statement.index,
        subject=whole.service,
        fix=Fix(Safety.MANUAL, "list the actions that are needed"),
        aws_codes=service_linked_codes(statement) if _holds_iam(whole) else (),
    )


def _holds_iam(whole: Whole) -> bool:
    """Whether all of IAM is allowed on every resource, which makes the roles of services too."""
    return not whole.resources and fits(whole.service, "iam")


def _has_sensitive(case: Case, service: str) -> bool:
    """Whether a sensitive service is meant; of those that a pattern fits, one that no other statement takes back."""
    if service in _SENSITIVE:
        return True
    fitting = sorted(filter(wildcard(service).matches, _SENSITIVE)) if "*" in service or "?" in service else ()
    return any(evaluate(case.document.policy, unnamed(one)).allowed for one in fitting)


def _where(resources: tuple[str, ...], *, but: bool) -> str:
    if not resources:
        return "every resource but those it names" if but else "every resource"
    more = f" and {len(resources) - 1} more" if len(resources) > 1 else ""
    return f"`{resources[0]}`{more}"
