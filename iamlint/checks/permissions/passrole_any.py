"""May the holder of an identity policy hand any role to a service?"""

from __future__ import annotations

from functools import partial

from iamlint.access.evaluation.request import Request
from iamlint.access.everything import HOLDER, everything
from iamlint.access.grants import ask_for
from iamlint.access.roles import Reach, on_its_own, pass_role_codes, proof, reached_roles, retold
from iamlint.access.search.question import key_absent, key_is
from iamlint.access.sets.glob import Chars, Item, concatenation, exact, literal_item
from iamlint.access.sets.value_sets import TextSet
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.policy.fixed import conditions_on, keys_of
from iamlint.policy.operator import Family
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.access.access import Access
    from iamlint.access.evaluation.request import Witness
    from iamlint.access.roles import Reached
    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition

_ACTION = "iam:PassRole"
ACTIONS = frozenset({_ACTION})
ask_for(ACTIONS)
_PASSED_TO = "iam:PassedToService"
_TO = _PASSED_TO.lower()
_TAGS = ("aws:resourcetag/", "iam:resourcetag/")
_WIDE = (Reach.EVERY, Reach.ACCOUNT)
# A service that nobody wrote down.
_LETTERS = (literal_item("z"), literal_item("z"), Item(Chars("z"), loop=True))
_ANY_SERVICE = TextSet([concatenation(_LETTERS, [literal_item(char) for char in ".amazonaws.com"])])
_DOMAINS = (".amazonaws.com", ".amazonaws.com.cn")
# Services that run what the caller gives them (code, commands, templates, steps) with the role that is passed:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
_COMPUTE = frozenset(
    """
apprunner batch bedrock-agentcore build.apprunner cloudformation codebuild codedeploy codepipeline datapipeline ec2 ecs ecs-tasks eks
eks-fargate-pods elasticbeanstalk elasticmapreduce emr-serverless gamelift glue greengrass imagebuilder lambda omics pods.eks
sagemaker scheduler ssm states tasks.apprunner
""".split()
)


def check(case: Case) -> Iterator[Finding]:
    """A finding for each statement, about the value in it that reaches most."""
    reached_all = reached_roles(case.access, _ACTION)
    if not reached_all or everything(case.access) is not None:
        return
    told: set[int] = set()
    for reached in reached_all:
        if reached.statement.index in told or (reached.reach not in _WIDE and _is_of_service(reached)):
            continue
        access = on_its_own(case.access, reached.statement, _ACTION)
        found = _to_any_service(access, reached) or (_to_named(access, reached) if reached.reach in _WIDE else None)
        if found is not None:
            told.add(reached.statement.index)
            yield _finding(case, reached, access, *found)


def _asked(access: Access, services: TextSet | None) -> list[Clause]:
    """That the role has no tags, as far as the policy asks for some, and is passed to one of `services` (None: to any or none)."""
    clauses = [key_absent(access.space, key) for key in sorted(keys_of(access.policy)) if key.startswith(_TAGS)]
    return [*clauses, key_is(access.space, _TO, services)] if services is not None else clauses


def _to_any_service(access: Access, reached: Reached) -> tuple[Witness, Severity] | None:
    """A proof that a role can be passed to whatever service trusts it."""
    if any(map(_lists_services, reached.statement.conditions)):
        return None
    services = _ANY_SERVICE if _TO in keys_of(access.policy) else None
    likely = Request(_ACTION, HOLDER, context={_PASSED_TO: "zzz.amazonaws.com"} if services is not None else None)
    witness = proof(access, reached, partial(_asked, access, services), likely)
    if witness is None:
        return None
    return witness, Severity.HIGH if reached.reach in _WIDE else Severity.LOW


def _to_named(access: Access, reached: Reached) -> tuple[Witness, Severity] | None:
    """A proof that a role can be passed to a service that the policy names, and how much that is worth."""
    named = {value for _, condition in conditions_on(access.policy, _TO) for value in condition.values if isinstance(value, str)}
    running = sorted({_short(value) for value in named}.intersection(_COMPUTE))
    compute = [service + domain for service in running for domain in _DOMAINS]
    if compute:
        likely = Request(_ACTION, HOLDER, context={_PASSED_TO: compute[0]})
        witness = proof(access, reached, partial(_asked, access, TextSet(map(exact, compute))), likely)
        if witness is not None:
            return witness, Severity.MEDIUM
    likely = Request(_ACTION, HOLDER, context={_PASSED_TO: min(named)} if named else None)
    witness = proof(access, reached, partial(_asked, access, None), likely)
    return None if witness is None else (witness, Severity.LOW)


def _lists_services(condition: Condition) -> bool:
    """Whether a condition lets the role be passed to services that it names and to no other: most that test this key do."""
    operator = condition.operator
    return (
        condition.key.lower() == _TO
        and operator.base.family is Family.STRING
        and not operator.base.negated
        and not operator.quantified
        and all(isinstance(value, str) and value[:1].isalnum() and value[0] != "z" for value in condition.values)
    )


def _short(service: str) -> str:
    return service.lower().partition(".amazonaws")[0].rstrip("*.")


def _is_of_service(reached: Reached) -> bool:
    """Whether the name is one that AWS's consoles give to the roles they make for a service."""
    return reached.name.lstrip("*").startswith(("service-role/", "aws-service-role/", "AWS", "Aws", "aws-", "Amazon"))


def _finding(case: Case, reached: Reached, access: Access, witness: Witness, severity: Severity) -> Finding:
    statement = reached.statement
    service = witness.request.value(_TO)
    free = service is None or not _short(str(service)).strip("z")
    return case.finding(
        f"{_what(reached)} can be passed to " + ("any service that it trusts" if free else f"`{service}`"),
        reached.place,
        label=reached.label,
        secondary=() if statement.actions is None else (Label(Place(statement.actions.route), "granted here"),),
        severity=severity,
        statement=statement.index,
        subject=reached.value,
        witness=retold(access, reached, witness, _ACTION, "111122223333"),
        fix=Fix(Safety.MANUAL, "name the roles in `Resource`" + (", and the services in `iam:PassedToService`" if free else "")),
        aws_codes=pass_role_codes(statement) if severity is Severity.HIGH else (),
    )


def _what(reached: Reached) -> str:
    if reached.reach is Reach.ACCOUNT:
        return f"every role of {reached.owner}"
    return f"every role named `{reached.name}`" if reached.name else "every role"
