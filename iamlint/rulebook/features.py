"""What does a document have that a rule could be about?

A card can list under `needs` the words of which a document must have one before the rule is asked: most rules have nothing to say of
most policies, and the code of a rule that is not asked is not even loaded.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.policy.condition import plain_key
from iamlint.policy.document import Kind
from iamlint.policy.operator import Family, Quantifier
from iamlint.policy.principal import Form
from iamlint.text.tree import GROWTH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from iamlint.access.access import Access
    from iamlint.policy.condition import Unknown
    from iamlint.policy.document import Document
    from iamlint.policy.operator import Operator
    from iamlint.policy.principal import Principals
    from iamlint.policy.statement import Policy, Statement

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
# The text of an element with the one action that most trust policies name: see `Patterns.text`.
_ASSUME = "\nsts:assumerole"
_EXACT = ("StringEquals", "StringEqualsIgnoreCase")
# With fewer characters no policy of the kind is too long, nor one of another kind: see policy-too-long.
LEAST_QUOTAS = {Kind.IDENTITY: 10240, Kind.SCP: 10240, Kind.BOUNDARY: 6144, Kind.RCP: 5120, Kind.RESOURCE: 20480}
LEAST_QUOTA = 2048
_QUANTIFIERS = {Quantifier.ALL: "for-all-values", Quantifier.ANY: "for-any-value"}
SERVICES = tuple(
    """
access-analyzer account acm-pca airflow apprunner appsync backup batch bedrock-agentcore cloud9 cloudformation cloudtrail codeartifact
codebuild codedeploy cognito-identity config connect datapipeline dsql dynamodb ebs ec2 ec2-instance-connect ecr ecs eks elasticfilesystem
elasticmapreduce emr-containers es events gamelift glue grafana guardduty iam identitystore kinesis kms lambda lightsail logs organizations
ram rds rds-data rds-db redshift redshift-serverless rolesanywhere s3 sagemaker secretsmanager securityhub sns sqs ssm sso sso-directory
states sts
""".split()
)
"""The services with a word `action:SERVICE` for identity policies that allow some of their actions by name."""

_ACTIONS = {service: f"action:{service}" for service in SERVICES}

EXPECTED = "expected"
"""The word for a document of which settings say which calls are to work; no content tells."""

WORDS = frozenset(
    {
        EXPECTED,
        *_FORMS.values(),
        *_FAMILIES.values(),
        *_QUANTIFIERS.values(),
        *("condition", "empty", "if-exists", "literal-wildcard", "long", "negated", "variable", "odd-sid", "old-version", "wildcard"),
        *("any-service", "deny", "described-role", "other-action", "other-partition", "principal", "reserved-role"),
        *("set-source-identity", "tag-session"),
        *("not-principal", "not-action", "not-resource", "wildcard-action", "resource", "role-arn", "same-key", "arn-value"),
    }
)
"""The words; `key:NAME` (in lower case) is one for each key that conditions test, and `action:SERVICE` for each of `SERVICES`.

For a key such as `aws:RequestTag/team`, `key:aws:requesttag/` is one too. A `described-role` is told of beside its trust policy, and has a
`role-arn` where its ARN is there. `other-action` is for a trust policy that names, or a pattern of which matches, another action than
`sts:AssumeRole`. `same-key` is for a statement with several conditions on one key.
"""

OF_CONDITIONS = frozenset(
    {
        *_FAMILIES.values(),
        *_QUANTIFIERS.values(),
        *("arn-value", "condition", "empty", "if-exists", "literal-wildcard", "negated", "variable", "wildcard"),
    }
)
"""The words that may be for a condition, as each `key:NAME` is."""


def features(document: Document, access: Access) -> frozenset[str]:
    """The words that describe the document, which allows `access`."""
    found: set[str] = set() if document.policy.variables else {"old-version"}
    text = document.tree.source.text
    if document.policy.idle:
        found.add("empty")
    if len(text) * GROWTH[document.tree.language] > LEAST_QUOTAS.get(document.kind, LEAST_QUOTA):
        found.add("long")
    if document.kind is Kind.IDENTITY:
        grants = access.grants
        found.update(map(_ACTIONS.__getitem__, _ACTIONS.keys() & grants.services))
        if grants.may_be_of_any:
            found.add("any-service")
    elif document.kind is Kind.TRUST:
        _add_trust(document, found)
    statements = document.policy.statements
    _add_names([statement.sid for statement in statements if statement.sid is not None], found)
    _add_elements(statements, found)
    # Of most sources one look shows that no element has a variable, however it may be written.
    if (("$" in text and "${" in text) or "\\" in text) and any(map(_has_variable, statements)):
        found.add("variable")
    if document.policy.tests:
        _add_conditions(document.policy, found)
    return frozenset(found)


def _add_trust(document: Document, found: set[str]) -> None:
    if document.route:
        from iamlint.policy.owner import role_of

        found.add("described-role")
        if role_of(document) is not None:
            found.add("role-arn")
    text = "".join([statement.actions.text for statement in document.policy.statements if statement.actions is not None])
    if text.replace(_ASSUME, ""):
        found.add("other-action")
    if "tagsession" in text:
        found.add("tag-session")
    if "setsourceidentity" in text:
        found.add("set-source-identity")


def _add_names(sids: Sequence[str], found: set[str]) -> None:
    text = "".join(sids)
    if len(set(sids)) < len(sids) or (sids and not (text.isalnum() and text.isascii())):
        found.add("odd-sid")
    if "" in sids:
        found.update(("empty", "odd-sid"))


def _add_elements(statements: Sequence[Statement], found: set[str]) -> None:
    for statement in statements:
        if statement.denies:
            found.add("deny")
        actions, resources = statement.actions, statement.resources
        if actions is not None:
            text = actions.text
            if "*" in text or "?" in text or actions.open:
                found.add("wildcard-action")
            if actions.negated:
                found.add("not-action")
            if not actions.values:
                found.add("empty")
        if resources is not None:
            found.add("not-resource" if resources.negated else "resource")
            if not resources.values:
                found.add("empty")
        if statement.principals is not None:
            _add_principals(statement.principals, found)


def _has_variable(statement: Statement) -> bool:
    actions, resources = statement.actions, statement.resources
    return (actions is not None and "${" in actions.text) or (resources is not None and "${" in resources.text)


def _add_principals(principals: Principals, found: set[str]) -> None:
    found.add("principal" if principals.entries else "empty")
    if principals.negated:
        found.add("not-principal")
    if any(entry.partition not in ("", "aws") for entry in principals.entries):
        found.add("other-partition")
    if any("AWSReservedSSO_" in entry.text for entry in principals.entries):
        found.add("reserved-role")
    found.update([_FORMS[entry.form] for entry in principals.entries])
    if "unknown" in found and any(entry.form is Form.UNKNOWN and entry.type == "Federated" for entry in principals.entries):
        # Of such a provider can be known what the keys beside it say: see `supposed`.
        found.add("oidc")


def _add_conditions(policy: Policy, found: set[str]) -> None:
    for test in policy.tests:
        found |= words_of(*test)
    for statement in policy.statements:
        conditions = statement.conditions
        if len(conditions) > 1 and len({plain_key(condition.key) for condition in conditions}) < len(conditions):
            found.add("same-key")
            return


@lru_cache(maxsize=4096)
def words_of(operator: Operator, key: str, values: tuple[str | Unknown, ...]) -> frozenset[str]:
    """The words that describe a condition, which is such a test."""
    found = set(_words_of_key(operator, key))
    if not values:
        found.add("empty")
    text = " ".join([value for value in values if isinstance(value, str)])
    if "arn:" in text:
        found.add("arn-value")
    if "${" in text:
        found.add("variable")
    if "*" in text or "?" in text:
        found.add("literal-wildcard" if operator.base.positive in _EXACT else "wildcard")
    return frozenset(found)


@lru_cache(maxsize=1024)
def _words_of_key(operator: Operator, key: str) -> frozenset[str]:
    """Those of them that do not depend on the values."""
    found = {"condition", f"key:{key.lower()}", _FAMILIES[operator.base.family]}
    if "/" in key:
        found.add(f"key:{key.partition('/')[0].lower()}/")
    if operator.if_exists:
        found.add("if-exists")
    if operator.base.negated:
        found.add("negated")
    if operator.quantified:
        found.add(_QUANTIFIERS[operator.quantifier])
    return frozenset(found)
