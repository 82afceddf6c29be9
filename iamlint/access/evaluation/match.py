"""Does one value of a policy match one value of a request?

A direct transcription of the operators' documentation, kept apart from the symbolic engine so that it can judge it:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
"""

from __future__ import annotations

from functools import lru_cache

from iamlint.access.evaluation.scope import Scope, as_written, exactly, filled, glob, parts_of
from iamlint.policy.pattern import Escaped, Hole, Variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from iamlint.access.evaluation.scope import Part, Parts, Text

    Test: TypeAlias = Callable[[Text, str, Scope], bool]

_ARN_FIELDS = 6
_ANY_RESOURCE = "*"
_ANY_TEXT = ("*",)
_SHORT = 512


def equals(text: Text, value: str, scope: Scope) -> bool:
    """Whether `value` is `text`, whose wildcards are ordinary characters."""
    parts = filled(parts_of(text, scope.variables), scope)
    if parts is None:
        return False
    return parts[0] == value if len(parts) == 1 and isinstance(parts[0], str) else bool(exactly(parts)(value))


def equals_ignoring_case(text: Text, value: str, scope: Scope) -> bool:
    """Whether `value` is `text` in some case."""
    parts = filled(parts_of(text, scope.variables), scope)
    return parts is not None and bool(exactly(tuple(map(_lower, parts)))(value.lower()))


def _lower(part: Part) -> Part:
    if isinstance(part, Escaped):
        return Escaped(part.character.lower())
    return part.lower() if isinstance(part, str) else part


def like(text: Text, value: str, scope: Scope) -> bool:
    """Whether `value` matches the wildcards of `text`; they span everything, colons and slashes too."""
    parts = filled(parts_of(text, scope.variables), scope)
    return parts is not None and bool(glob(parts)(value))


def action_matches(text: Text, action: str, scope: Scope) -> bool:
    """Whether an Action element's `text` covers `action` (in lower case); variables are not honoured there."""
    if text == "*":
        return True
    if isinstance(text, str) and not ("{" in text or "<" in text or "?" in text or "*" in text[:-1]):
        # A name, or the beginning of one: no need to look at its parts.
        return action.startswith(text[:-1].lower()) if text[-1:] == "*" else text.lower() == action
    parts = filled(parts_of(text, False), scope)
    return parts is not None and bool(glob(tuple(map(_lower, parts)))(action))


def resource_matches(text: Text, resource: str | None, scope: Scope) -> bool:
    """Whether a Resource element's `text` covers `resource`; only `*` covers the request that has none.

    Wildcards stay in their field of the ARN, the sixth of which holds any further colons; fields that are missing are `*`:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html.
    """
    if text == _ANY_RESOURCE:
        return True
    parts = parts_of(text, scope.variables)
    if isinstance(text, str) and resource is not None and parts == (text,) and len(text) <= _SHORT:
        return _plainly_matches(parts, resource)
    open_ended = any(isinstance(part, Hole) for part in parts)
    if open_ended and scope.may and exactly(parts)(_ANY_RESOURCE):
        return True
    if resource is None:
        return False
    fields = _resource_fields(parts)
    if open_ended and len(fields) < _ARN_FIELDS:
        return _matches(parts, resource, scope)  # the hole may hold the fields that are not to be seen
    given = arn_fields(resource)
    fields += (_ANY_TEXT,) * (_ARN_FIELDS - len(fields))
    if given is None:
        return False
    for field, part in zip(fields, given, strict=True):  # noqa: SIM110  # asked too often for a generator
        if field != _ANY_TEXT and not _matches(field, part, scope):
            return False
    return True


@lru_cache(maxsize=4096)
def _plainly_matches(parts: Parts, resource: str) -> bool:
    """The same for a text in which nothing is to be filled in; what is short recurs."""
    given = arn_fields(resource)
    if given is None:
        return False
    # Fields that are missing take whatever is given.
    pairs = [(field, part) for field, part in zip(_resource_fields(parts), given, strict=False) if field not in (_ANY_TEXT, (part,))]
    return all(glob(field)(part) for field, part in pairs)


def arn_fields(text: str) -> tuple[str, ...] | None:
    """The six fields of an ARN, the last with any further colons; None for a text that has fewer."""
    fields = tuple(text.split(":", _ARN_FIELDS - 1))
    return fields if len(fields) == _ARN_FIELDS else None


def arn_matches(text: Text, value: str, scope: Scope) -> bool:
    """Whether `value` matches the ARN pattern `text` field by field; a text without six fields matches nothing."""
    given = arn_fields(value)
    parts = filled(parts_of(text, scope.variables), scope)
    if given is None or parts is None:
        return False
    fields = _fields(parts)
    if len(fields) == _ARN_FIELDS:
        return all(_matches(field, part, scope) for field, part in zip(fields, given, strict=True))
    return any(isinstance(part, Hole) for part in parts) and _matches(parts, value, scope)


def _matches(field: Parts, value: str, scope: Scope) -> bool:
    parts = filled(field, scope)
    if parts is None:
        return False
    return parts in ((value,), _ANY_TEXT) or bool(glob(parts)(value))


@lru_cache(maxsize=4096)
def _fields(parts: Parts) -> tuple[Parts, ...]:
    """`parts` split at their first five colons; those in a variable's or hole's own name do not count."""
    fields: list[list[Part]] = [[]]
    for part in parts:
        if isinstance(part, (Variable, Hole)):
            fields[-1].append(part)
            continue
        text = part.character if isinstance(part, Escaped) else part
        pieces = [Escaped(piece) if isinstance(part, Escaped) else piece for piece in text.split(":", _ARN_FIELDS - len(fields))]
        fields[-1].append(pieces[0])
        fields.extend([piece] for piece in pieces[1:])
    return tuple(tuple(field) for field in fields)


@lru_cache(maxsize=4096)
def _resource_fields(parts: Parts) -> tuple[Parts, ...]:
    """The fields of a resource, which honours variables in the sixth only."""
    fields = _fields(parts)
    return tuple(tuple(map(_unresolved, field)) for field in fields[: _ARN_FIELDS - 1]) + fields[_ARN_FIELDS - 1 :]


def _unresolved(part: Part) -> Part:
    return Escaped(str(as_written(part))) if isinstance(part, Variable) else part


# INVARIANT: every positive operator but Null has its test here or in `typed.TYPED`.
TEXTS: dict[str, Test] = {
    "StringEquals": equals,
    "StringEqualsIgnoreCase": equals_ignoring_case,
    "StringLike": like,
    "ArnEquals": arn_matches,
    "ArnLike": arn_matches,
}
"""The tests of operators that compare text as it is written."""
