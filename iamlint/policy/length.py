"""How many characters has a policy, as IAM counts them: without blanks?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
"""

from __future__ import annotations

from iamlint.policy.pattern import Escaped, Hole, Variable, split
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import Mapping, Number, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.document import Document
    from iamlint.text.tree import Value

_BLANKS = b" \n\r\t"
# How many times as long as in YAML a policy can be in JSON: `[a]` grows most.
_MOST_GROWTH = 3


def length_beyond(document: Document, quota: int) -> int:
    """The policy's characters when they are more than `quota`, else 0; what the source fills in may be short, and counts for nothing."""
    data = document.tree.source.data
    if _MOST_GROWTH * len(data) <= quota:
        return 0
    text = document.tree.source.text
    json = text.lstrip().startswith("{")
    # Without its blanks a text has as many bytes as characters, or more. What is filled in, what is escaped, and what stands around the
    # policy can only make it shorter than the text.
    if json and len(data.translate(None, _BLANKS)) <= quota:
        return 0
    if json and not document.route and "\\" not in text:
        length = len("".join(text.split())) - _filled_in(text)
    else:
        length = length_of(value_at(document.tree.root, document.route))
    return length if length > quota else 0


def length_of(value: Value) -> int:
    """The characters of a value as JSON."""
    if isinstance(value, Tagged):
        return length_of(value.value)
    if isinstance(value, Mapping):
        # Two brackets, a colon for each member, and a comma for each but the last.
        return 2 + sum(length_of(key) + length_of(inner) + 2 for key, inner in value.members) - (1 if value.members else 0)
    if isinstance(value, tuple):
        return 2 + sum(length_of(inner) + 1 for inner in value) - (1 if value else 0)
    if isinstance(value, str):
        return 2 + _stored(value)
    return len(value.text) if isinstance(value, Number) else len(str(value).lower())


def _filled_in(text: str) -> int:
    """How many characters of a text in JSON are not the policy's but stand for what the source fills in."""
    # Without escapes, every second quotation mark begins a string.
    strings = [string for string in text.split('"')[1::2] if "{" in string or "<" in string]
    return sum([len("".join(string.split())) - _stored(string) for string in strings])


def _stored(value: str) -> int:
    """The fewest characters that a text has when the policy is stored."""
    return sum([len("".join(part.split())) if isinstance(part, str) else _least(part) for part in split(value)])


def _least(part: Variable | Hole | Escaped) -> int:
    """The fewest characters that a part of a text has when the policy is stored: IAM keeps variables as they are."""
    if isinstance(part, Variable):
        return len("${}") + len(part.key) + len(part.default or "")
    return len("${*}") if isinstance(part, Escaped) else 0
