"""Whose trust policy is it, and what does the source say of that role?"""

from __future__ import annotations

from iamlint.policy.arn import split_arn
from iamlint.policy.pattern import has_hole
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


def role_in(document: Document, account: str) -> tuple[str, ...] | None:
    """The six fields of the ARN that the role of a template has in `account`; None where the template does not write out its name."""
    role = described(document)
    if role is None or role.get("Arn") is not None:
        return None
    name, path = role.get("RoleName"), role.get("Path") if role.index("Path") is not None else "/"
    if not isinstance(name, str) or not isinstance(path, str) or has_hole(name) or has_hole(path):
        return None
    return ("arn", "aws", "iam", "", account, f"role{path}{name}") if path.startswith("/") and path.endswith("/") else None
