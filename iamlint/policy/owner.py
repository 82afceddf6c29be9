"""Whose trust policy is it, as far as the source says?"""

from __future__ import annotations

from iamlint.policy.arn import split_arn
from iamlint.policy.rewrite import value_at
from iamlint.text.tree import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iamlint.policy.document import Document


def role_of(document: Document) -> tuple[str, ...] | None:
    """The six fields of the role's ARN, where its trust policy stands beside it, as in answers of IAM; None where it does not."""
    parent = value_at(document.tree.root, document.route[:-1]) if document.route else None
    arn = parent.get("Arn") if isinstance(parent, Mapping) else None
    fields = split_arn(arn) if isinstance(arn, str) else None
    return fields if fields is not None and fields[2] == "iam" and fields[5].startswith("role/") else None
