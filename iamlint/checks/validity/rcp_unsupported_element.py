"""Has a resource control policy what AWS does not take in one?

https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
"""

from __future__ import annotations

from iamlint.finding import Confidence, Fix, Safety
from iamlint.policy.pattern import has_hole
from iamlint.policy.principal import Form
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.statement import Patterns, Statement


def check(case: Case) -> Iterator[Finding]:
    """A finding for each element of a statement that is not taken."""
    for statement in case.document.policy.statements:
        yield from _principal(case, statement)
        actions = statement.actions
        if statement.allows and not _is_full_access(statement):
            yield _finding(
                case,
                statement,
                Place(statement.route),
                "a resource control policy can allow nothing but everything: it is there to deny",
                "write what is not to be done as a Deny",
                "RCP_SYNTAX_ERROR_ALLOW",
            )
        elif actions is not None and actions.negated:
            message, help = "`NotAction` is not taken in a resource control policy", "list the actions that are denied in `Action`"
            yield _finding(case, statement, Place(actions.route, on_key=True), message, help, "RCP_SYNTAX_ERROR_NOTACTION")
        elif actions is not None and statement.denies:
            yield from _services(case, statement, actions)


def _principal(case: Case, statement: Statement) -> Iterator[Finding]:
    principals = statement.principals
    if principals is None:
        return
    everybody = all(entry.form in (Form.EVERYONE, Form.UNKNOWN) for entry in principals.entries)
    if principals.negated or not everybody:
        message = "a resource control policy is about everybody: `Principal` can only be `*`"
        help = 'write `"Principal": "*"`, and say in the condition whom it is about'
        yield _finding(case, statement, Place(principals.route), message, help, "RCP_SYNTAX_ERROR_PRINCIPAL")


def _is_full_access(statement: Statement) -> bool:
    """Whether it is like that of the policy which AWS attaches by itself."""
    actions, resources = statement.actions, statement.resources
    return (
        not statement.conditions
        and actions is not None
        and actions.values == ("*",)
        and resources is not None
        and resources.values == ("*",)
    )


def _services(case: Case, statement: Statement, actions: Patterns) -> Iterator[Finding]:
    from iamlint.knowledge.authorization import service

    for position, value in enumerate(actions.values):
        name = value.partition(":")[0] if isinstance(value, str) and not has_hole(value) else ""
        found = service(name) if name and "*" not in name and "?" not in name else None
        if found is not None and not found.supports_rcp:
            message = f"resource control policies have no effect on {found.name}"
            help = "take the action out, or deny it in a service control policy"
            place = Place(actions.value_route(position))
            yield _finding(case, statement, place, message, help, "RCP_SYNTAX_ERROR_ACTION", Confidence.MEDIUM)


def _finding(
    case: Case, statement: Statement, place: Place, message: str, help: str, code: str, confidence: Confidence = Confidence.HIGH
) -> Finding:
    return case.finding(
        message,
        place,
        confidence=confidence,
        statement=statement.index,
        subject=code,
        fix=Fix(Safety.MANUAL, help),
        aws_codes=(code,),
    )
