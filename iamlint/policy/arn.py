"""What are the fields of an ARN?

Formats: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html.
"""

from __future__ import annotations

# https://docs.aws.amazon.com/general/latest/gr/aws-arns-and-namespaces.html; the isolated partitions are read by their common beginning.
_PARTITIONS = frozenset({"aws", "aws-cn", "aws-us-gov", "aws-eusc"})
_ISOLATED = "aws-iso"
AWS_ITSELF = frozenset({"aws", "aws-managed", "cloudfront", "aws-marketplace", "third-party", "amazon", "partner"})
"""What stands for an account in the ARNs of things that AWS owns, or has in its keeping."""


# What template tools put in braces has colons of its own (`${AWS::Partition}`), as policy variables have (`${aws:username}`).
_IN_BRACES = r":(?![^{}]*\})"
_HOLE = r"\$\{[^{}]*::[^{}]*\}"
_COLON = "\x1f"


def arn_fields(text: str, *, variables: bool = True) -> list[str]:
    """The fields of an ARN or a pattern of ARNs, six at most; a colon in braces separates nothing.

    Without `variables` (in policies of the version of 2008) what looks like a policy variable is text like any other.
    """
    if "${" not in text or not (variables or "::" in text):
        return text.split(":", 5)
    import re

    if variables:
        return re.split(_IN_BRACES, text, maxsplit=5)
    masked = re.sub(_HOLE, lambda found: found[0].replace(":", _COLON), text)
    return [field.replace(_COLON, ":") for field in masked.split(":", 5)]


def split_arn(text: str) -> tuple[str, str, str, str, str, str] | None:
    """`arn`, partition, service, region, account and resource (which may hold colons); None when `text` has fewer fields."""
    fields = arn_fields(text)
    if len(fields) != 6 or fields[0] != "arn":
        return None
    return (fields[0], fields[1], fields[2], fields[3], fields[4], fields[5])


def is_partition(text: str) -> bool:
    """Whether `text` names a partition of AWS."""
    return text in _PARTITIONS or text == _ISOLATED or text.startswith(_ISOLATED + "-")


def is_account(text: str) -> bool:
    """Whether `text` is an account id: twelve digits."""
    return len(text) == 12 and text.isascii() and text.isdigit()
