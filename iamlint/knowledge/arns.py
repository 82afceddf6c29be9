"""Which resources does an ARN format stand for, and could a pattern in a policy mean one of them?

Formats are compiled field by field, because data differs from `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE` in every field: other
services, fixed regions, `aws` as the account, wildcards.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from iamlint.knowledge.data import table
from iamlint.knowledge.plain_arns import without_delimiters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")

_FIELDS = 6
_WILDCARD = re.compile(r"[*?]")

# One step of a compiled format: a character, or (empty) any number of characters, and which they may not be.
_Step = tuple[str, str | None]
_ANY = ""
_COLON: _Step = (":", None)
# The last tells most formats apart.
_SPARSE_FIRST = (5, 2, 4, 3, 1, 0)


class ArnFormat:
    """An ARN of the service authorization data, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`."""

    __slots__ = ("_fields", "_words", "fields", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        # The six of the ARN, placeholders in them.
        self.fields = tuple(text.split(":", _FIELDS - 1))
        self._fields: dict[int, tuple[_Step, ...]] = {}
        self._words: _Words | None = None

    def describes(self, resource: str) -> bool:
        """Whether an ARN, or a pattern of ARNs, has this format, each wildcard standing for text of its own field, as authors mean it.

        With fewer than six fields a wildcard has to stand for several: `arn:aws:s3*`. A policy variable can be any text.
        """
        resource = _without_variables(resource)
        fields = resource.split(":", _FIELDS - 1)
        if len(fields) < _FIELDS:
            return self.can_match(resource)
        if self._words is None:
            self._words = _Words(self.fields)
        if self._words.fit(fields):
            return True
        return all(fields[n] in ("*", self.fields[n]) or _meets(self._steps(n), fields[n]) for n in _SPARSE_FIRST)

    def can_match(self, resource: str) -> bool:
        """Whether some ARN of this format matches a pattern whose wildcards may stand for colons too, as IAM reads them.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html: a `*` at the end of a field expands
        beyond it.
        """
        steps = [step for n in range(len(self.fields)) for step in (*((_COLON,) if n else ()), *self._steps(n))]
        return _meets(steps, _without_variables(resource))

    def _steps(self, n: int) -> tuple[_Step, ...]:
        """Field `n`, compiled when it is first asked for."""
        found = self._fields.get(n)
        if found is None:
            refusing = without_delimiters(self.fields[2])
            last = n == len(self.fields) - 1
            found = self._fields[n] = _steps(self.fields[n], (lambda of: "/:" if of in refusing else "") if last else lambda _: ":")
        return found

    def __repr__(self) -> str:
        return f"ArnFormat({self.text!r})"


class _Words:
    """A format as the texts that stand between its placeholders: a look that mostly spares the closer one, step by step."""

    __slots__ = ("_fixed", "_head", "_rest")

    def __init__(self, fields: Sequence[str]) -> None:
        self._fixed = [(n, field) for n, field in enumerate(fields[:-1]) if not (field.startswith("${") and field.endswith("}"))]
        refusing = without_delimiters(fields[2])
        self._head, *rest = fields[-1].replace("*", "${}").split("${")
        # Of each placeholder what it may not hold, and the text behind it.
        self._rest = [("/:" if name in refusing else "", after) for name, _, after in (part.partition("}") for part in rest)]

    def fit(self, fields: Sequence[str]) -> bool:
        """Whether the format describes these fields, each wildcard in them read as a letter; False says nothing."""
        for n, text in self._fixed:
            if fields[n] not in (text, "*"):
                return False
        last = fields[-1]
        if not last.startswith(self._head):
            return last == "*"
        at = len(self._head)
        for refused, after in self._rest:
            end = last.find(after, at) if after else len(last)
            if end < 0 or (refused and any(char in last[at:end] for char in refused)):
                return False
            at = end + len(after)
        return at == len(last)


@cache
def arn_format(text: str) -> ArnFormat:
    """The format, compiled once."""
    return ArnFormat(text)


def is_documented(resource: str) -> bool | None:
    """Whether an ARN, or a pattern of ARNs, has a form that some service documents; None when none documents ARNs of that name.

    The field of the service has no wildcard. Some services document resources that have another one's name in their ARNs.
    """
    formats = _formats(resource.split(":", 3)[2])
    return any(found.describes(resource) for found in _likely(formats, resource)) if formats else None


def lacks(resource: str) -> tuple[int, ...]:
    """Which of the third and fourth fields (the region, the account) are empty although every documented form of the ARN has them."""
    fields = resource.split(":", _FIELDS - 1)
    empty = [place for place in (3, 4) if not fields[place]]
    if not empty:
        return ()
    forms = [found.fields for found in _likely(_formats(fields[2]), resource) if found.describes(resource)]
    return tuple([place for place in empty if forms and "" not in [form[place] for form in forms]])


def _likely(formats: Sequence[tuple[str, str]], resource: str) -> list[ArnFormat]:
    """The forms whose last field may begin as that of the resource does."""
    fields = resource.split(":", _FIELDS - 1)
    begins = _WILDCARD.split(fields[-1].partition("${")[0], maxsplit=1)[0]
    return [arn_format(text) for head, text in formats if head.startswith(begins) or begins.startswith(head)]


@cache
def _formats(name: str) -> Sequence[tuple[str, str]]:
    """The forms of ARNs that have this service in them, each with what its last field begins with."""
    texts: list[str] = table("arn_formats").get(name, [])
    return [(text.split(":", _FIELDS - 1)[-1].partition("${")[0].partition("*")[0], text) for text in texts]


def _without_variables(resource: str) -> str:
    return _PLACEHOLDER.sub("*", resource) if "${" in resource else resource


def _steps(field: str, refused: Callable[[str], str]) -> tuple[_Step, ...]:
    """The steps of a field; `refused` is what may not stand for a placeholder, which may be empty, as the region of global resources is."""
    steps: list[_Step] = []
    at = 0
    for placeholder in (*_PLACEHOLDER.finditer(field), None):
        literal = field[at : placeholder.start() if placeholder else None]
        steps += [(char, None) if char != "*" else (_ANY, refused("")) for char in literal]
        if placeholder is not None:
            at = placeholder.end()
            steps.append((_ANY, refused(placeholder[1])))
    return tuple(steps)


def _plainly_meets(steps: Sequence[_Step], resource: str) -> bool | None:
    """As `_meets`, by what stands before the first wildcard and the first placeholder; None where that does not tell."""
    wild = _WILDCARD.search(resource)
    head, tail = (resource, "") if wild is None else (resource[: wild.start()], resource[wild.start() :])
    stars = bool(tail) and not tail.strip("*")
    for at, (char, none) in enumerate(steps):
        if at == len(head):
            return stars or None
        if not char:
            return True if stars and not any(one in (none or "") for one in head[at:]) else None
        if char != head[at]:
            return False
    return len(head) == len(steps) if stars or not tail else None


def _meets(steps: Sequence[_Step], resource: str) -> bool:
    """Whether a text exists that both match: all positions in the pattern that a step can lead to are the bits of one number."""
    plainly = _plainly_meets(steps, resource)
    if plainly is not None:
        return plainly
    pattern = _pattern(resource)
    here = pattern.past_stars(1)
    for char, none in steps:
        if char:
            here = pattern.after(here, pattern.taking(char))
        else:
            allowed = pattern.taking_other_than(none or "")
            while (wider := here | pattern.after(here, allowed)) != here:
                here = wider
        if not here:
            return False
    return bool(here >> pattern.length & 1)


class _Pattern:
    """A pattern with its positions as bits."""

    __slots__ = ("_at", "_every", "_marks", "_stars", "length")

    def __init__(self, text: str) -> None:
        text = re.sub(r"\*+", "*", text)
        self.length = len(text)
        self._at: dict[str, int] = {}
        for position, char in enumerate(text):
            self._at[char] = self._at.get(char, 0) | 1 << position
        self._stars = self._at.pop("*", 0)
        self._marks = self._at.pop("?", 0)
        self._every = (1 << self.length) - 1 & ~self._stars

    def taking(self, char: str) -> int:
        """The positions that accept the character, stars aside."""
        return self._at.get(char, 0) | self._marks

    def taking_other_than(self, none: str) -> int:
        """The positions that accept some character that is not one of `none`, stars aside."""
        refused = 0
        for char in none:
            refused |= self._at.get(char, 0)
        return self._every & ~refused

    def after(self, here: int, accepting: int) -> int:
        """Where one more character leads."""
        return self.past_stars((here & accepting) << 1 | here & self._stars)

    def past_stars(self, here: int) -> int:
        """A star may stand for nothing."""
        return here | (here & self._stars) << 1


@lru_cache(maxsize=1024)
def _pattern(text: str) -> _Pattern:
    return _Pattern(text)
