"""Has a policy more characters than IAM takes?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length,
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html.
"""

from __future__ import annotations

from iamlint.finding import Fix, Safety
from iamlint.policy.document import Kind
from iamlint.policy.pattern import Escaped, Hole, Variable, split
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import Mapping, Number, Place, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from iamlint.case import Case
    from iamlint.finding import Finding
    from iamlint.text.tree import Value

# How many characters each kind may have, and whose quota that is. What is attached to a role inline may be the longest identity policy.
_QUOTAS = {
    Kind.TRUST: (2048, "a trust policy may have unless its quota was raised", "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA"),
    Kind.IDENTITY: (10240, "the inline policies of a role may have, which is the most", "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
    Kind.BOUNDARY: (6144, "a managed policy may have", "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
    Kind.SESSION: (2048, "a session policy may have", ""),
    Kind.SCP: (10240, "a service control policy may have", "POLICY_SIZE_EXCEEDS_SCP_QUOTA"),
    Kind.RCP: (5120, "a resource control policy may have", "POLICY_SIZE_EXCEEDS_RCP_QUOTA"),
}

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html,
# https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
_OF_RESOURCES = {
    "AWS::S3::Bucket": (20480, "the policy of a bucket may have", "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"),
    "AWS::KMS::Key": (32768, "the policy of a key may have", "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"),
}

_BLANKS = b" \n\r\t"
_MOST_GROWTH = 3


def check(case: Case) -> Iterator[Finding]:
    """A finding for a policy over its quota."""
    document = case.document
    quota, whose, code = _QUOTAS.get(document.kind) or _OF_RESOURCES.get(document.resource_type or "", (0, "", ""))
    data = document.tree.source.data
    # Without its blanks a text has as many bytes as characters, or more; from YAML to JSON, `[a]` grows most.
    if not quota or _MOST_GROWTH * len(data) <= quota:
        return
    text = document.tree.source.text
    json = text.lstrip().startswith("{")
    if json and len(data.translate(None, _BLANKS)) <= quota:
        return
    # What is filled in, what is escaped, and what stands around the policy can only make it shorter than the text.
    length = len("".join(text.split())) if json else quota + 1
    if length > quota and json and not document.route and "\\" not in text:
        length -= _filled_in(text)
    elif length > quota:
        length = _length(value_at(document.tree.root, document.route))
    if length > quota:
        yield case.finding(
            f"the policy has {length:,} characters without blanks, more than the {quota:,} that {whose}",
            Place(document.route),
            subject="length",
            fix=Fix(Safety.MANUAL, "split it, or say the same in fewer statements"),
            aws_codes=(code,) if code else (),
        )


def _filled_in(text: str) -> int:
    """How many characters of a text in JSON, blanks aside, are not the policy's but stand for what the source fills in."""
    # Without escapes, every second quotation mark begins a string.
    strings = [string for string in text.split('"')[1::2] if "{" in string or "<" in string]
    return sum([len("".join(string.split())) - _stored(string) for string in strings])


def _length(value: Value) -> int:
    """The characters of a value as JSON, blanks aside, as IAM counts them."""
    if isinstance(value, Tagged):
        return _length(value.value)
    if isinstance(value, Mapping):
        # Two brackets, a colon for each member, and a comma for each but the last.
        return 2 + sum(_length(key) + _length(inner) + 2 for key, inner in value.members) - (1 if value.members else 0)
    if isinstance(value, tuple):
        return 2 + sum(_length(inner) + 1 for inner in value) - (1 if value else 0)
    if isinstance(value, str):
        return 2 + _stored(value)
    return len(value.text) if isinstance(value, Number) else len(str(value).lower())


def _stored(value: str) -> int:
    """The fewest characters, blanks aside, that a text has when the policy is stored: what the source fills in may be short."""
    return sum([len("".join(part.split())) if isinstance(part, str) else _least(part) for part in split(value)])


def _least(part: Variable | Hole | Escaped) -> int:
    """The fewest characters that a part of a text has when the policy is stored: IAM keeps variables as they are."""
    if isinstance(part, Variable):
        return len("${}") + len(part.key) + len(part.default or "")
    return len("${*}") if isinstance(part, Escaped) else 0
