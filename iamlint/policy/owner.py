"""Whose trust policy is it, and what does the source say of that role?"""

from __future__ import annotations

from iamlint.policy.arn import split_arn
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.document import Document
    from iamlint.text.tree import Route, Value


def described(document: Document) -> Mapping | None:
    """What the source says of the role, where its trust policy is a part of that, as in answers of IAM; None where it stands alone."""
    parent = value_at(document.tree.root, document.route[:-1]) if document.route else None
    return parent if isinstance(parent, Mapping) else None


def fact(document: Document, *names: str) -> tuple[Route, Value] | None:
    """What the source says of the role under the first of `names` that is there, and where."""
    role = described(document)
    if role is None:
        return None
    places = [position for position in map(role.index, names) if position is not None]
    return ((*document.route[:-1], places[0]), role.members[places[0]][1]) if places else None


def role_of(document: Document) -> tuple[str, ...] | None:
    """The six fields of the role's ARN; None where the source does not have it."""
    role = described(document)
    arn = role.get("Arn") if role is not None else None
    fields = split_arn(arn) if isinstance(arn, str) else None
    return fields if fields is not None and fields[2] == "iam" and fields[5].startswith("role/") else None
