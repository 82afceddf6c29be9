"""Does a Deny of a resource control policy also stop services, or the organization's own users and roles?

Resource control policies are about services too: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html.
What AWS advises: https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/resource_control_policies.
"""

from __future__ import annotations

from iamlint.access.acting import SOURCE_KEYS
from iamlint.access.search.question import action_is, caller_is, key_absent, key_is
from iamlint.access.sets.fixed_sets import fixed_texts
from iamlint.finding import Fix, Safety
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import KeyClass, key_class
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.evaluation.request import Witness
    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition
    from iamlint.policy.statement import Statement

_WHO = frozenset("aws:principalorgid aws:principalorgpaths aws:principalaccount aws:principalarn aws:principalorgmasteraccountid".split())
_IS_SERVICE = "aws:principalisawsservice"
_BY_NAME = frozenset({"aws:principalservicename", "aws:principalservicenameslist"})
# What services do with their own principal, to what a resource control policy is about.
_BY_SERVICES = (
    "s3:PutObject s3:GetObject sqs:SendMessage kms:Decrypt kms:GenerateDataKey secretsmanager:GetSecretValue sts:AssumeRole "
    "logs:PutLogEvents ecr:BatchGetImage"
).split()

_NO_SERVICES = ("BoolIfExists", "aws:PrincipalIsAWSService", "false")
_ONLY_SERVICES = ("Bool", "aws:PrincipalIsAWSService", "true")
_SAYING = ("Null", "aws:SourceAccount", "false")
_ALONE = Fix(Safety.MANUAL, "ask it in a statement of its own, about services only")
_FOR_USERS, _FOR_MUTE = "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY", "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK"
_GUARDING = frozenset({KeyClass.IDENTITY, KeyClass.NETWORK, KeyClass.OWNER_CONTROLLED})


def check(case: Case) -> Iterator[Finding]:
    """A finding for each such Deny, about what it tests of who calls and for whom."""
    for statement in case.document.policy.statements:
        if statement.allows:
            continue
        tested = {condition.key.lower(): condition for condition in reversed(statement.conditions)}
        who, whose = sorted(_WHO & tested.keys()), sorted(SOURCE_KEYS & tested.keys())
        found = _services(case, statement, whose) if who else None
        if found is not None:
            yield _of_services(case, statement, tested[who[0]], found)
        if whose:
            yield from _of_sources(case, statement, tested[whose[0]])


def _services(case: Case, statement: Statement, whose: list[str]) -> Witness | None:
    """A call of a service, for us where it is asked for whom, that the Deny matches."""
    space, policy = case.access.space, case.document.policy
    ours = [key_is(space, key, fixed_texts(policy, key)) for key in whose]
    return case.access.matches(statement, [action_is(*_BY_SERVICES), caller_is(CallerKind.SERVICE), *ours])


def _of_services(case: Case, statement: Statement, condition: Condition, witness: Witness) -> Finding:
    return case.finding(
        f"services have no `{condition.key}`, so this Deny stops them too",
        Place(condition.route, on_key=True),
        label="the call of a service lacks it",
        statement=statement.index,
        subject=condition.key,
        witness=witness.request.as_written(),
        fix=_fix(case, condition, [_NO_SERVICES]),
        aws_codes=("RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY",),
    )


def _of_sources(case: Case, statement: Statement, condition: Condition) -> Iterator[Finding]:
    """What the Deny stops because it tests for whom a service acts, and the request is not a service's, or does not say."""
    keys = {tested.key.lower() for tested in statement.conditions}
    # Without source keys a request says nothing of whose resource it is for.
    silent = [key_absent(case.access.space, key) for key in sorted(SOURCE_KEYS)]
    others = keys - SOURCE_KEYS - {_IS_SERVICE}
    guarded = any(key_class(key) in _GUARDING for key in others)
    own = None if guarded else case.access.matches(statement, [caller_is(CallerKind.USER, CallerKind.ROLE), *silent])
    mute = None if _BY_NAME & keys else _mute(case, statement, silent)
    if own is not None:
        message = f"only services have `{condition.key}`, so this Deny stops every user and role"
        wanted = [_ONLY_SERVICES, _SAYING]
    elif mute is not None:
        message = f"not every call of a service has `{condition.key}`, and this Deny stops those that lack it"
        wanted = [_SAYING]
    witness = own or mute
    if witness is not None:
        yield case.finding(
            message,
            Place(condition.route, on_key=True),
            label="users and roles lack it" if own else "a service that acts for no resource lacks it",
            statement=statement.index,
            subject=condition.key,
            witness=witness.request.as_written(),
            fix=_ALONE if guarded else _fix(case, condition, wanted),
            aws_codes=(*([_FOR_USERS] if own else []), *([_FOR_MUTE] if mute else [])),
        )


def _mute(case: Case, statement: Statement, silent: list[Clause]) -> Witness | None:
    """A call of a service that does not say for whom it is."""
    return case.access.matches(statement, [action_is(*_BY_SERVICES), caller_is(CallerKind.SERVICE), *silent])


def _fix(case: Case, condition: Condition, wanted: list[tuple[str, str, str]]) -> Fix:
    """More conditions, which AWS advises; they let in who was shut out, so a reader decides."""
    from iamlint.policy.rewrite import value_at
    from iamlint.text.edit import AddMember
    from iamlint.text.tree import Mapping

    title = "add " + " and ".join([f"`{operator}`: `{key}` is `{value}`" for operator, key, value in wanted])
    route = condition.operator_route[:-1]
    block = value_at(case.document.tree.root, route)
    taken = {name.lower() for name, _ in block} if isinstance(block, Mapping) else set()
    if case.document.embedded or not isinstance(block, Mapping) or any(operator.lower() in taken for operator, _, _ in wanted):
        return Fix(Safety.MANUAL, title)
    changes = [AddMember(Place(route), operator, Mapping(((key, value),))) for operator, key, value in wanted]
    return Fix(Safety.UNSAFE, title, tuple(changes))
