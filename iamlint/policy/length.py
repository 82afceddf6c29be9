"""How many characters has a policy, as IAM counts them: without blanks?

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import Counter

from iamlint.policy.alternatives import values_of
from iamlint.policy.pattern import Escaped, Hole, Variable, split
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import GROWTH, Mapping, Number, Tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from iamlint.policy.document import Document
    from iamlint.text.tree import Value

_BLANKS = b" \n\r\t"
# What begins all that a source fills in.
_SIGNS = ("$", "{{", "<", "%{", "#{")


def length_beyond(document: Document, quota: int) -> int:
    """The policy's characters when they are more than `quota`, else 0; what the source fills in may be short, and counts for nothing."""
    data = document.tree.source.data
    json = document.tree.language == "json"
    if len(data) * GROWTH[document.tree.language] <= quota:
        return 0
    # Without its blanks a text has as many bytes as characters, or more. What is filled in, what is escaped, and what stands around the
    # policy can only make it shorter than the text.
    dense = data.translate(None, _BLANKS) if json else data
    if json and len(dense) <= quota:
        return 0
    text = document.tree.source.text
    if json and not document.route and "\\" not in text:
        policy = dense.removeprefix(BOM_UTF8).decode()
        length = _beside_blanks(policy) - _filled_in(text, [sign for sign in _SIGNS if sign in policy])
    else:
        length = length_of(value_at(document.tree.root, document.route))
    return length if length > quota else 0


def length_of(value: Value) -> int:
    """The characters of a value as JSON; where a condition of a template decides between two, those of the shorter one."""
    if isinstance(value, (Tagged, Mapping)) and (values := values_of(value)):
        return min(map(length_of, values))
    if isinstance(value, Tagged):
        return length_of(value.value)
    if isinstance(value, Mapping):
        # Two brackets, a colon for each member, and a comma for each but the last.
        return 2 + sum(length_of(key) + length_of(inner) + 2 for key, inner in value.members) - (1 if value.members else 0)
    if isinstance(value, tuple):
        return 2 + _inside(value) + (len(value) - 1 if value else 0)
    if isinstance(value, str):
        return 2 + _stored(value)
    return len(value.text) if isinstance(value, Number) else len(str(value).lower())


def _inside(values: tuple[Value, ...]) -> int:
    """The characters of the values of a list."""
    try:
        texts = "".join(values)  # type: ignore[arg-type]  # lists of other values raise, at no cost for the many
    except TypeError:
        texts = "{"
    # What nothing is filled in to can be measured in one.
    return 2 * len(values) + _stored(texts) if "{" not in texts and "<" not in texts else sum([length_of(value) for value in values])


def _beside_blanks(json: str) -> int:
    """How many characters of a text in JSON, without JSON's own blanks, are not blanks."""
    return len(json) if json.isascii() else len("".join(json.split()))


def _filled_in(json: str, signs: Iterable[str]) -> int:
    """How many characters of a text in JSON, which has no escapes, are not the policy's but stand for what the source fills in."""
    strings: dict[int, str] = {}
    for sign in signs:
        at = json.find(sign)
        while at >= 0:
            # Outside of strings there is none of these.
            start, end = json.rfind('"', 0, at) + 1, json.index('"', at)
            strings[start] = json[start:end]
            at = json.find(sign, end)
    # A few variables recur in many places.
    return sum([times * (len("".join(string.split())) - _stored(string)) for string, times in Counter(strings.values()).items()])


def _stored(value: str) -> int:
    """The fewest characters that a text has when the policy is stored."""
    if "{" not in value and "<" not in value:
        return len("".join(value.split()))
    return sum([len("".join(part.split())) if isinstance(part, str) else _least(part) for part in split(value)])


def _least(part: Variable | Hole | Escaped) -> int:
    """The fewest characters that a part of a text has when the policy is stored: IAM keeps variables as they are."""
    if isinstance(part, Variable):
        return len("${}") + len(part.key) + len(part.default or "")
    return len("${*}") if isinstance(part, Escaped) else 0
