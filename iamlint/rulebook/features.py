"""What does a document have that a rule could be about?

A card can list under `needs` the words of which a document must have one before the rule is asked: most rules have nothing to say of
most policies, and the code of a rule that is not asked is not even loaded.
"""

from __future__ import annotations

from iamlint.policy.operator import Family, Quantifier
from iamlint.policy.principal import Form
from iamlint.policy.statement import Effect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.policy.condition import Condition
    from iamlint.policy.document import Document
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
_EXACT = ("StringEquals", "StringEqualsIgnoreCase")
_QUANTIFIERS = {Quantifier.ALL: "for-all-values", Quantifier.ANY: "for-any-value"}

WORDS = frozenset(
    {
        *_FORMS.values(),
        *_FAMILIES.values(),
        *_QUANTIFIERS.values(),
        *("condition", "if-exists", "literal-wildcard", "variable", "old-version"),
        *("deny", "not-principal", "not-action", "not-resource", "wildcard-action", "resource"),
    }
)
"""The words; `key:NAME` (in lower case) is one for each key that conditions test, too."""


def features(document: Document) -> frozenset[str]:
    """The words that describe the document."""
    found: set[str] = set() if document.policy.variables else {"old-version"}
    for statement in document.policy.statements:
        found.update(_of_statement(statement))
        for condition in statement.conditions:
            found.update(_of_condition(condition))
    return frozenset(found)


def _of_statement(statement: Statement) -> Iterator[str]:
    if statement.effect is Effect.DENY:
        yield "deny"
    if statement.principals is not None:
        if statement.principals.negated:
            yield "not-principal"
        for entry in statement.principals.entries:
            yield _FORMS[entry.form]
            if entry.form is Form.UNKNOWN and entry.type == "Federated":
                yield "oidc"
    if statement.actions is not None:
        if statement.actions.negated:
            yield "not-action"
        text = statement.actions.text
        if "*" in text or "?" in text or not all(isinstance(value, str) for value in statement.actions.values):
            yield "wildcard-action"
    if statement.resources is not None:
        yield "not-resource" if statement.resources.negated else "resource"
        if "${" in statement.resources.text:
            yield "variable"


def _of_condition(condition: Condition) -> Iterator[str]:
    yield "condition"
    yield f"key:{condition.key.lower()}"
    operator = condition.operator
    yield _FAMILIES[operator.base.family]
    if operator.if_exists:
        yield "if-exists"
    if operator.quantifier is not Quantifier.NONE:
        yield _QUANTIFIERS[operator.quantifier]
    texts = [value for value in condition.values if isinstance(value, str)]
    if any("${" in text for text in texts):
        yield "variable"
    if operator.base.positive in _EXACT and any("*" in text or "?" in text for text in texts):
        yield "literal-wildcard"
