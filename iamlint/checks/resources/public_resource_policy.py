"""Does the policy of a resource let in any AWS account, or the whole internet?

What keeps a policy from being public: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html.
"""

from __future__ import annotations

from iamlint.access.acting import SOURCE_KEYS, source_conditions
from iamlint.access.owner import of_other_organization, strangers
from iamlint.access.search.question import action_is, caller_is, key_absent, key_elsewhere, key_is, key_public
from iamlint.access.sets.glob import exact
from iamlint.access.sets.value_sets import TextSet
from iamlint.access.sources import INSIDE, SAYS_WHOSE, accounts_of_strangers
from iamlint.finding import Fix, Label, Safety, Severity
from iamlint.knowledge.callers import CallerKind
from iamlint.knowledge.keys import KeyClass, key_class
from iamlint.policy.fixed import keys_of
from iamlint.policy.principal import names_many
from iamlint.policy.rewrite import value_at
from iamlint.policy.template import Template, is_template
from iamlint.text.tree import Mapping, Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iamlint.access.evaluation.request import Witness
    from iamlint.access.search.cube import Clause
    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.document import Document
    from iamlint.policy.statement import Statement
    from iamlint.text.tree import Value

_KEEPS_OUT = (KeyClass.IDENTITY, KeyClass.NETWORK)
_ADDRESS = "aws:sourceip"
# An API is public by design; what lets a request in is asked by its authorizers:
# https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
_API = "execute-api:"
# What a website and players of video need, what is done with the layer of a function, and what a request to the address of one carries:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteAccessPermissionsReqd.html,
# https://docs.aws.amazon.com/mediapackage/latest/userguide/endpoint-auth.html,
# https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
_PUBLISHED = frozenset(
    {"s3:getobject", "s3:getobjectversion", "mediastore:getobject", "mediapackagev2:getobject", "lambda:getlayerversion"}
)
_AUTH = "lambda:functionurlauthtype"
_BY_ADDRESS = frozenset({_AUTH, "lambda:invokedviafunctionurl"})
# What takes requests without credentials; of Lambda, only the address of a function does.
_UNSIGNED = ("s3:", "sqs:", "sns:", "es:", "lambda:invokefunctionurl", "lambda:*")
# Whom a network lets through is asked before the policy: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
_VPC_OPTIONS = "VPCOptions"
_IN_NETWORKS = dict.fromkeys(("AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain"), _VPC_OPTIONS)
# A service of a lattice is reached from the VPCs of its network alone: https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
_OF_LATTICE = "AWS::VpcLattice::AuthPolicy"
# What a template writes in the place of a policy has other names for it.
_NARROWER = {
    "AWS::Lambda::LayerVersionPermission": "name an account in `Principal`, or your organization in `OrganizationId`",
    "AWS::Serverless::Function": "write `AWS_IAM` for `AuthType`, unless the function itself asks who calls",
}
_NO_AUTH = TextSet((exact("NONE"),))


def check(case: Case) -> Iterator[Finding]:
    """A finding for each Allow by which a stranger gets in."""
    for statement in case.document.policy.statements:
        asked = _asked(statement)
        if statement.denies or statement.principals is None or not names_many(statement.principals) or not asked:
            continue
        unsigned = _let_in(case, statement, asked, CallerKind.ANONYMOUS) if _is_unsigned(statement, asked) else None
        witness = _let_in(case, statement, asked, CallerKind.USER, CallerKind.ROLE) or unsigned
        if witness is not None and _is_in_network(case.document):
            return
        if witness is not None:
            real = _let_in(case, statement, _examples(asked), CallerKind.USER, CallerKind.ROLE)
            who = "any AWS account" if unsigned is None else "anybody on the internet"
            yield _finding(case, statement, real or witness, who, Severity.HIGH if _is_meant(statement) else None)
            continue
        service = _by_service(case, statement, asked)
        if service is not None:
            yield _finding(case, statement, service, "any service, for whatever account,", Severity.HIGH)


def _is_in_network(document: Document) -> bool:
    """Whether a template, an answer of AWS or a plan puts the resource where only a network of its own reaches it."""
    if document.resource_type == _OF_LATTICE:
        return True
    if is_template(document.tree):
        resource = Template(document.tree).holding(document.route)
        return resource is not None and resource.properties.index(_IN_NETWORKS.get(resource.type, "")) is not None
    # Beside the policy, or beside what holds it with its state.
    around = [value_at(document.tree.root, document.route[:-up]) for up in (1, 2) if up <= len(document.route)]
    options = [value.get(name) for value in around if isinstance(value, Mapping) for name in (_VPC_OPTIONS, "vpc_options")]
    return any(map(_names_network, options))


def _names_network(options: Value) -> bool:
    """Whether the options are there and are not empty, as those of a domain without a network may be; Terraform's plans list them."""
    if not isinstance(options, Mapping):
        return isinstance(options, tuple) and bool(options)
    return bool(options.get("VPCId")) or _names_network(options.get("Options"))


def _asked(statement: Statement) -> list[str]:
    """The actions of the statement, in lower case, but for those of public APIs."""
    actions = statement.actions
    if actions is None:
        return []
    if actions.negated:
        return ["*"]
    return [value.lower() for value in actions.values if isinstance(value, str) and not value.lower().startswith(_API)]


def _is_unsigned(statement: Statement, asked: Sequence[str]) -> bool:
    """Whether the actions are such that credentials are not needed for them."""
    by_address = any(condition.key.lower() in _BY_ADDRESS for condition in statement.conditions)
    return all(action.startswith(_UNSIGNED) or (by_address and action.startswith("lambda:")) for action in asked)


def _examples(actions: Sequence[str]) -> list[str]:
    """Of each pattern an action that AWS has, if it has one."""
    from iamlint.knowledge.names import expand

    return [next(iter(expand(action)), action) if "*" in action or "?" in action else action for action in actions]


def _let_in(case: Case, statement: Statement, actions: Sequence[str], *kinds: CallerKind) -> Witness | None:
    """A stranger of these kinds who gets in by the statement for one of the actions."""
    policy, space = case.document.policy, case.access.space
    tested = keys_of(policy)
    question: list[Clause] = [action_is(*actions), caller_is(*kinds)]
    if CallerKind.ANONYMOUS not in kinds:
        question += strangers(space, policy, case.zone.inside)
        question += of_other_organization(space, policy, case.zone.organizations)
    elif _AUTH in tested:
        question.append(key_is(space, _AUTH, _NO_AUTH))
    for key in sorted(tested):
        if key == INSIDE:
            question.append(key_absent(space, key))
        elif key_class(key) in _KEEPS_OUT or key in SAYS_WHOSE:
            question.append(key_elsewhere(space, policy, key))
    if _ADDRESS in tested:
        question.append(key_public(space, _ADDRESS))
    return case.access.meets(question, statements=(statement.index,))


def _by_service(case: Case, statement: Statement, actions: Sequence[str]) -> Witness | None:
    """A service that gets in for a resource of an account which the policy does not fix, though it asks whose the resource is."""
    if not source_conditions(statement):
        return None
    policy, space = case.document.policy, case.access.space
    question = [action_is(*actions), caller_is(CallerKind.SERVICE), *accounts_of_strangers(space, policy)]
    for key in sorted(keys_of(policy) - SOURCE_KEYS):
        if key_class(key) in _KEEPS_OUT or key in SAYS_WHOSE:
            question.append(key_elsewhere(space, policy, key))
    return case.access.meets(question, statements=(statement.index,))


def _finding(case: Case, statement: Statement, witness: Witness, who: str, severity: Severity | None) -> Finding:
    principals, actions = statement.principals, statement.actions
    assert actions is not None
    first = str(actions.values[0])
    narrower = "write your account id in `aws:SourceArn`, or require `aws:SourceAccount` to be it"
    if witness.request.caller.kind is not CallerKind.SERVICE:
        asked = "name who is meant in `Principal`, or ask for `aws:PrincipalOrgID`, `aws:SourceArn` or `aws:SourceVpce`"
        narrower = _NARROWER.get(case.document.resource_type or "", asked)
    more = f" and {len(actions.values) - 1} more" if len(actions.values) > 1 else ""
    what = f"everything but `{first}`{more}" if actions.negated else f"`{first}`{more}"
    return case.finding(
        f"{who} can call {what}",
        Place(statement.route if principals is None else principals.route),
        label="everybody",
        secondary=(Label(Place(actions.route), "may do this"),),
        severity=severity,
        statement=statement.index,
        subject=first,
        witness=witness.request.as_written(),
        aws_codes=("ALLOW_WITH_NOT_PRINCIPAL",) if principals is not None and principals.negated else (),
        fix=Fix(Safety.MANUAL, narrower),
    )


def _is_meant(statement: Statement) -> bool:
    """Whether it opens what is often opened on purpose: what is published, or a function by its address."""
    if statement.actions is None or statement.actions.negated:
        return False
    if any(condition.key.lower() in _BY_ADDRESS for condition in statement.conditions):
        return True
    return all(isinstance(value, str) and value.lower() in _PUBLISHED for value in statement.actions.values)
