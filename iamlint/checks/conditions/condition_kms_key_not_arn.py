"""Is a key that holds the ARN of a KMS key compared with something else?

https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms: the value must be the ARN of a key.
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.operator import Family
from iamlint.policy.pattern import has_hole, has_variable
from iamlint.text.tree import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.policy.condition import Condition, Unknown
    from iamlint.policy.statement import Statement

# Of other keys AWS does not say that they never hold the id or an alias of a KMS key.
_KEYS = frozenset(
    {
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "s3express:x-amz-server-side-encryption-aws-kms-key-id",
        "s3tables:kmskeyarn",
        "s3vectors:kmskeyarn",
        "secretsmanager:kmskeyarn",
    }
)
_ARN = "arn:[^:]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+"


def check(case: Case) -> Iterator[Finding]:
    """A finding for each condition on such a key, about the first value that is no ARN of a KMS key."""
    for statement in case.document.policy.statements:
        for condition in statement.conditions:
            if condition.key.lower() in _KEYS and condition.operator.base.family in (Family.STRING, Family.ARN):
                wrong = [position for position, value in enumerate(condition.values) if _is_no_key(value)]
                if wrong:
                    yield _finding(case, statement, condition, wrong)


def _is_no_key(value: str | Unknown) -> bool:
    """Whether no ARN of a KMS key is like the value; what is unknown may be one."""
    from iamlint.access.sets.glob import format_glob, wildcard
    from iamlint.access.sets.pick import pick

    if not isinstance(value, str) or has_hole(value) or has_variable(value):
        return False
    return pick([frozenset({wildcard(value)}), frozenset({format_glob(_ARN)})], frozenset()) is None


def _finding(case: Case, statement: Statement, condition: Condition, wrong: list[int]) -> Finding:
    value = str(condition.values[wrong[0]])
    return case.finding(
        f"`{condition.key}` is the ARN of a KMS key, and `{value}` is none: {_outcome(statement, condition, wrong)}",
        Place(condition.value_route(wrong[0])),
        label="an alias" if "alias/" in value else "not the ARN of a key",
        statement=statement.index,
        subject=value,
        fix=Fix(Safety.MANUAL, "write the ARN of the key: `arn:aws:kms:REGION:ACCOUNT:key/ID`"),
        aws_codes=("INVALID_KMS_KEY_VALUE",),
    )


def _outcome(statement: Statement, condition: Condition, wrong: list[int]) -> str:
    if len(wrong) < len(condition.values):
        return "this value does nothing beside the others"
    negated = condition.operator.base.negated
    if statement.denies:
        return "the Deny hits every key" if negated else "the Deny hits no key"
    return "every key is allowed" if negated else "no key is allowed"
