"""What parts does a policy's text have: literal runs, wildcards, policy variables, and holes that the source leaves open?

Policy variables: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html.
"""

from __future__ import annotations

import re
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Variable:
    """`${key}` or `${key, 'default'}`: the value of a request key, `default` when the request lacks it."""

    __slots__ = ("default", "key")

    def __init__(self, key: str, default: str | None) -> None:
        self.key = key
        self.default = default

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Variable) and (self.key, self.default) == (other.key, other.default)

    def __hash__(self) -> int:
        return hash((self.key, self.default))

    def __repr__(self) -> str:
        return f"Variable({self.key!r}, {self.default!r})"


class Hole:
    """A run of text that the source does not determine, as `var.account_id` in `${var.account_id}`; `label` is what it says."""

    __slots__ = ("label",)

    def __init__(self, label: str) -> None:
        self.label = label

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hole) and self.label == other.label

    def __hash__(self) -> int:
        return hash(("hole", self.label))

    def __repr__(self) -> str:
        return f"Hole({self.label!r})"


class Escaped:
    """A character that IAM takes literally: `${*}`, `${?}` or `${$}`."""

    __slots__ = ("character",)

    def __init__(self, character: str) -> None:
        self.character = character

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Escaped) and self.character == other.character

    def __hash__(self) -> int:
        return hash(("escaped", self.character))

    def __repr__(self) -> str:
        return f"Escaped({self.character!r})"


# A variable names a request key (`aws:username`, `www.amazon.com:user_id`); anything else in braces was meant for a template: of Jinja
# (`{{ x }}`), of Hiera, SAM and Terraform (`%{x}`), of the Serverless Framework's plugins and Octopus (`#{x}`).
# Both are compiled by `re` when first used.
_BRACED = r"\$\{([^{}]*)\}|\{\{[^{}]*\}\}|<[A-Za-z][A-Za-z0-9_ .'-]*>|[%#]\{[^{}]+\}"
# What the Serverless Framework fills in, of which some looks like keys: https://www.serverless.com/framework/docs/guides/variables
_OF_FRAMEWORK = ("self:", "opt:", "sls:", "env:", "cf:", "ssm:/", "param:", "aws:accountId", "aws:region")
_VARIABLE = r"\s*([A-Za-z][A-Za-z0-9.\-_/]*:[^\s:,'${}][^,'${}]*?)\s*(?:,\s*'([^']*)'\s*)?\Z"


_SHORT = 512


def split(text: str) -> tuple[str | Variable | Hole | Escaped, ...]:
    """`text` as its parts, in order; wildcards stay inside the literal runs, whose meaning the operator decides."""
    if "{" not in text and "<" not in text:
        return (text,)
    return _split_short(text) if len(text) <= _SHORT else _split(text)


@lru_cache(maxsize=4096)
def _split_short(text: str) -> tuple[str | Variable | Hole | Escaped, ...]:
    """As `_split`; what is short recurs, and can be remembered at little cost."""
    return _split(text)


def _split(text: str) -> tuple[str | Variable | Hole | Escaped, ...]:
    parts: list[str | Variable | Hole | Escaped] = []
    end = 0
    for match in re.finditer(_BRACED, text):
        if match.start() > end:
            parts.append(text[end : match.start()])
        parts.append(_part(match))
        end = match.end()
    if end < len(text) or not parts:
        parts.append(text[end:])
    return tuple(parts)


def _part(match: re.Match[str]) -> Variable | Hole | Escaped:
    inside = match[1]
    if inside is None:
        return Hole(match[0].strip("%#{}<>").strip())
    if inside in ("*", "?", "$"):
        return Escaped(inside)
    variable = re.match(_VARIABLE, inside)
    if variable is None or "::" in inside or inside.startswith(_OF_FRAMEWORK):
        return Hole(inside.strip())
    return Variable(variable[1], variable[2])


def holes_filled(text: str, filling: Callable[[str], str]) -> str:
    """`text` with what `filling` makes of its label in the place of each hole."""

    def filled(match: re.Match[str]) -> str:
        part = _part(match)
        return filling(part.label) if isinstance(part, Hole) else match[0]

    return re.sub(_BRACED, filled, text)


def has_hole(text: str) -> bool:
    """Whether some part of `text` is not determined by the source."""
    if "{" not in text and "<" not in text:
        return False
    return any(isinstance(part, Hole) for part in split(text))


def has_variable(text: str) -> bool:
    """Whether some part of `text` is a policy variable."""
    if "${" not in text:
        return False
    return any(isinstance(part, Variable) for part in split(text))


def with_wildcards(text: str) -> str:
    """`text` with a `*` for each variable and hole, whose values nobody knows, and so without the colons of their names."""
    if "{" not in text and "<" not in text:
        return text
    return "".join([part if isinstance(part, str) else "x" if isinstance(part, Escaped) else "*" for part in split(text)])


def in_order(runs: Sequence[str], text: str) -> bool:
    """Whether `text` begins with the first of `runs` (two at least), ends with the last, and has the others between, in this order."""
    first, last = runs[0], runs[-1]
    if not (text.startswith(first) and text.endswith(last)):
        return False
    start, end = len(first), len(text) - len(last)
    # The first place of a run is as good as any later one: it leaves the most room for the next.
    for run in runs[1:-1]:
        found = text.find(run, start, end)
        if found < 0:
            return False
        start = found + len(run)
    return start <= end
