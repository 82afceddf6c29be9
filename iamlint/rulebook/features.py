"""What does a document have that a rule could be about?

A card can list under `needs` the words of which a document must have one before the rule is asked: most rules have nothing to say of
most policies, and the code of a rule that is not asked is not even loaded.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.policy.document import Kind
from iamlint.policy.operator import Family, Quantifier
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.access.access import Access
    from iamlint.policy.condition import Unknown
    from iamlint.policy.document import Document
    from iamlint.policy.operator import Operator
    from iamlint.policy.statement import Statement

_FORMS = {
    Form.EVERYONE: "everyone",
    Form.ACCOUNT: "account",
    Form.USER: "user",
    Form.ROLE: "role",
    Form.SESSION: "role",
    Form.FEDERATED_USER: "user",
    Form.SERVICE: "service",
    Form.OIDC: "oidc",
    Form.SAML: "saml",
    Form.CANONICAL: "canonical",
    Form.DELETED: "deleted",
    Form.UNKNOWN: "unknown",
    Form.INVALID: "invalid",
}
_FAMILIES = {
    Family.STRING: "string",
    Family.NUMERIC: "number",
    Family.DATE: "date",
    Family.BOOL: "bool",
    Family.BINARY: "binary",
    Family.IP: "address",
    Family.ARN: "arn",
    Family.NULL: "null",
}
_TEXTS = frozenset({str})
_EXACT = ("StringEquals", "StringEqualsIgnoreCase")
_QUANTIFIERS = {Quantifier.ALL: "for-all-values", Quantifier.ANY: "for-any-value"}
SERVICES = tuple(
    """
access-analyzer account acm-pca airflow apprunner appsync backup bedrock-agentcore cloud9 cloudformation cloudtrail codeartifact codebuild
cognito-identity config connect datapipeline dsql dynamodb ebs ec2 ec2-instance-connect ecr ecs elasticfilesystem elasticmapreduce
emr-containers es events gamelift glue grafana guardduty iam identitystore kinesis kms lambda lightsail logs organizations ram rds
rds-data rds-db redshift redshift-serverless rolesanywhere s3 sagemaker secretsmanager securityhub sns sqs ssm sso sso-directory states
sts
""".split()
)
"""The services with a word `action:SERVICE` for identity policies that allow some of their actions by name."""

_ACTIONS = {service: f"action:{service}" for service in SERVICES}

WORDS = frozenset(
    {
        *_FORMS.values(),
        *_FAMILIES.values(),
        *_QUANTIFIERS.values(),
        *("condition", "if-exists", "literal-wildcard", "variable", "old-version"),
        *("any-service", "deny", "described-role", "not-principal", "not-action", "not-resource", "wildcard-action", "resource"),
    }
)
"""The words; `key:NAME` (in lower case) is one for each key that conditions test, and `action:SERVICE` for each of `SERVICES`.

For a key such as `aws:RequestTag/team`, `key:aws:requesttag/` is one too. A `described-role` is told of beside its trust policy.
"""


def features(document: Document, access: Access) -> frozenset[str]:
    """The words that describe the document, which allows `access`."""
    found: set[str] = set() if document.policy.variables else {"old-version"}
    text = document.tree.source.text
    # Of most sources one look shows that no resource has a variable, however it may be written.
    variables = "${" in text or "\\" in text
    if document.kind is Kind.IDENTITY:
        found.update([_ACTIONS[service] for service in access.grants.services if service in _ACTIONS])
        if access.grants.may_be_of_any:
            found.add("any-service")
    elif document.kind is Kind.TRUST and document.route:
        found.add("described-role")
    for statement in document.policy.statements:
        _add_statement(statement, found, variables)
        for condition in statement.conditions:
            found |= _words_of(condition.operator, condition.key, condition.values)
    return frozenset(found)


def _add_statement(statement: Statement, found: set[str], variables: bool) -> None:
    principals, actions, resources = statement.principals, statement.actions, statement.resources
    if statement.effect is Effect.DENY:
        found.add("deny")
    if principals is not None:
        if principals.negated:
            found.add("not-principal")
        found.update([_FORMS[entry.form] for entry in principals.entries])
        if "unknown" in found and any(entry.form is Form.UNKNOWN and entry.type == "Federated" for entry in principals.entries):
            # Of such a provider can be known what the keys beside it say: see `supposed`.
            found.add("oidc")
    if actions is not None:
        if actions.negated:
            found.add("not-action")
        if variables and "${" in actions.text:
            found.add("variable")
        if "*" in actions.text or "?" in actions.text or not _TEXTS.issuperset(map(type, actions.values)):
            found.add("wildcard-action")
    if resources is not None:
        found.add("not-resource" if resources.negated else "resource")
        if variables and "${" in resources.text:
            found.add("variable")


@lru_cache(maxsize=4096)
def _words_of(operator: Operator, key: str, values: tuple[str | Unknown, ...]) -> frozenset[str]:
    """The words that describe a condition."""
    found = {"condition", f"key:{key.lower()}", _FAMILIES[operator.base.family]}
    if "/" in key:
        found.add(f"key:{key.partition('/')[0].lower()}/")
    if operator.if_exists:
        found.add("if-exists")
    if operator.quantifier is not Quantifier.NONE:
        found.add(_QUANTIFIERS[operator.quantifier])
    text = " ".join([value for value in values if isinstance(value, str)])
    if "${" in text:
        found.add("variable")
    if ("*" in text or "?" in text) and operator.base.positive in _EXACT:
        found.add("literal-wildcard")
    return frozenset(found)
