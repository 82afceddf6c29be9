"""What does a policy's text stand for when it is read against a request?

Policy variables: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

from iamlint.policy.condition import Unknown
from iamlint.policy.pattern import Escaped, Hole, Variable, in_order, split

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from iamlint.access.evaluation.request import Request

    Part: TypeAlias = str | Variable | Hole | Escaped
    Parts: TypeAlias = tuple[Part, ...]
    Text: TypeAlias = str | Unknown


class Scope:
    """What a policy's text is read against: the request, and whether the policy's Version honours variables.

    With `may`, a text that the source leaves open matches what it matches for some value of the unknown; without, it matches nothing.
    `bounded` says that the caller has a permissions boundary.
    """

    __slots__ = ("bounded", "may", "request", "variables")

    def __init__(self, request: Request, variables: bool, may: bool, bounded: bool = False) -> None:
        self.request = request
        self.variables = variables
        self.may = may
        self.bounded = bounded

    @property
    def opposite(self) -> Scope:
        """The scope for what stands under a negation."""
        return Scope(self.request, self.variables, not self.may, self.bounded)


@lru_cache(maxsize=4096)
def parts_of(text: Text, variables: bool) -> Parts:
    """The parts of `text`; where variables are not honoured, `${...}` is plain text."""
    if isinstance(text, Unknown):
        return (Hole(text.label),)
    parts = split(text)
    return parts if variables else tuple(as_written(part) for part in parts)


def as_written(part: Part) -> Part:
    """A part as plain text; a hole stays one, whatever the Version."""
    match part:
        case Variable(key=key, default=None):
            return f"${{{key}}}"
        case Variable(key=key, default=default):
            return f"${{{key}, '{default}'}}"
        case Escaped(character=character):
            return f"${{{character}}}"
        case _:
            return part


def filled(parts: Parts, scope: Scope) -> Parts | None:
    """`parts` with the values of variables in their places; None when they match nothing."""
    if len(parts) == 1 and parts[0].__class__ is str:
        return parts
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Hole) and not scope.may:
            return None
        if isinstance(part, Variable):
            value = _variable_value(part, scope.request)
            if value is None:
                return None
            found.append(Escaped(value))  # AWS does not say whether a `*` in it is a wildcard; we read it literally
        else:
            found.append(part)
    return tuple(found)


def _variable_value(variable: Variable, request: Request) -> str | None:
    value = request.value(variable.key.lower())
    if value is None:
        return variable.default
    return value if isinstance(value, str) else None  # a key with several values cannot be a variable


@lru_cache(maxsize=4096)
def glob(parts: Parts) -> Callable[[str], object]:
    """The test whether a text matches `parts`, in which `*` is any run of characters and `?` one character."""
    runs = [""]
    marks = False
    for part in parts:
        if isinstance(part, str):
            first, *more = part.split("*")
            runs[-1] += first
            runs += more
            marks = marks or "?" in part
        elif isinstance(part, Escaped):
            if part.character == "?" or marks:
                return _pattern(parts)
            runs[-1] += part.character
        else:
            runs.append("")
    return _pattern(parts) if marks else _runs(runs)


def _runs(runs: list[str]) -> Callable[[str], object]:
    """The test whether a text has `runs` in order, the first at its start and the last at its end."""
    return runs[0].__eq__ if len(runs) == 1 else partial(in_order, runs)


def _pattern(parts: Parts) -> Callable[[str], object]:
    """As `glob`, for parts in which single characters are open too."""
    runs = [""]
    for part in parts:
        if isinstance(part, str):
            for piece in re.split(r"([*?])", part):
                if piece == "*":
                    runs.append("")
                else:
                    runs[-1] += "." if piece == "?" else re.escape(piece)
        elif isinstance(part, Escaped):
            runs[-1] += re.escape(part.character)
        else:
            runs.append("")
    return _regex(runs)


@lru_cache(maxsize=4096)
def exactly(parts: Parts) -> Callable[[str], object]:
    """The test whether a text equals `parts`, in which a hole is any run of characters."""
    runs = [""]
    for part in parts:
        if isinstance(part, Hole):
            runs.append("")
        else:
            runs[-1] += part.character if isinstance(part, Escaped) else str(part)
    return _runs(runs)


def _regex(runs: list[str]) -> Callable[[str], object]:
    """The test whether a text has these runs of fixed length in order, the first at its start and the last at its end."""
    if len(runs) == 1:
        return re.compile(runs[0], re.DOTALL).fullmatch
    # The first place of a middle run is as good as any later one, so no other is tried and hostile patterns cost little.
    middle = "".join(f"(?>.*?{run})" for run in runs[1:-1] if run)
    return re.compile(f"{runs[0]}{middle}.*{runs[-1]}", re.DOTALL).fullmatch


def is_open(text: Text) -> bool:
    """Whether the source leaves some of `text` open."""
    return isinstance(text, Unknown) or (("{" in text or "<" in text) and any(isinstance(part, Hole) for part in parts_of(text, True)))


def is_open_key(key: str) -> bool:
    """Whether the source leaves a condition's key open: it has a hole, or a template's function stands there."""
    return is_open(key) or key == "Ref" or key.startswith(("!", "Fn::"))
